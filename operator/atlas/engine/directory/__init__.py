"""A migration directory as data: its files in order, their directives, and ``atlas.sum``.

Names, order, hashes and messages are the Go tools', byte for byte: a directory is hashed by one side and
verified by the other. Nothing here reads a disk (``sources``) or an archive (``wire``).
"""

from atlas.engine.directory.change import (
    DirectoryChange,
    chosen_files,
    moved_to_end,
    with_change,
    with_content,
    without_files,
)
from atlas.engine.directory.checksum import (
    SUM_NAME,
    SumEntry,
    SumFile,
    compute_sum,
    hash_of,
    parse_sum,
    statement_hashes,
    validate,
)
from atlas.engine.directory.directory import Directory, directory_of, from_entries, to_entries
from atlas.engine.directory.migration_file import (
    MigrationFile,
    TxMode,
    add_directive,
    check_file_name,
    checkpoint_file,
    generated_version,
    new_file_name,
)
from atlas.engine.directory.txtar import Checks
from atlas.engine.directory.url import (
    ARCHIVE_SUFFIXES,
    ATLAS_FORMAT,
    DirectoryURL,
    check_format,
    parse_directory_url,
)

__all__ = [
    "ARCHIVE_SUFFIXES",
    "ATLAS_FORMAT",
    "SUM_NAME",
    "Checks",
    "Directory",
    "DirectoryChange",
    "DirectoryURL",
    "MigrationFile",
    "SumEntry",
    "SumFile",
    "TxMode",
    "add_directive",
    "check_file_name",
    "check_format",
    "checkpoint_file",
    "chosen_files",
    "compute_sum",
    "directory_of",
    "from_entries",
    "generated_version",
    "hash_of",
    "moved_to_end",
    "new_file_name",
    "parse_directory_url",
    "parse_sum",
    "statement_hashes",
    "to_entries",
    "validate",
    "with_change",
    "with_content",
    "without_files",
]
