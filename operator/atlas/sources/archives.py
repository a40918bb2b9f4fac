"""Migration directories in archives on a disk: read whole, within the limits of those that are pushed. None is written."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import ARCHIVE_SUFFIXES, from_entries
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, Unsupported
from atlas.sources.local import read_directory

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.engine.directory import Directory
    from atlas.wire.archive import Entry

_OTHER_SUFFIXES: Final = (".zip", ".7z", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".sql.gz")


def is_archive(path: Path) -> bool:
    """Whether a path means an archive: by its name, unless a folder has it. Those that cannot be read count."""
    return path.name.endswith((*ARCHIVE_SUFFIXES, *_OTHER_SUFFIXES)) and not path.is_dir()


def read_folder_or_archive(path: Path) -> Directory:
    """The directory at ``path``, with files of atlas; its sum is not checked here. Raises as ``read_archive``."""
    return from_entries(read_archive(path)) if is_archive(path) else read_directory(path)


def read_archive(path: Path) -> tuple[Entry, ...]:
    """The files of an archive, in their order.

    Raises:
        Unsupported: It is of a kind that is not read.
        DirectoryError: It cannot be read, is none, is too large, or holds something else than files with flat names.
    """
    from atlas.wire.archive import unpack

    if not path.name.endswith(ARCHIVE_SUFFIXES):
        raise Unsupported(
            f"{path}: archives of this kind are not supported: expected {', '.join(ARCHIVE_SUFFIXES)} or a folder"
        )
    content = _content(path)
    try:
        return unpack(content)
    except DirectoryError as error:
        raise DirectoryError(
            f"{path}: {error}; 'tar -C FOLDER -czf {path.name} .' makes one of a folder"
        ) from error


def _content(path: Path) -> bytes:
    from atlas.wire.archive import DEFAULT_LIMITS

    limit_bytes = DEFAULT_LIMITS.tar_bytes
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            raise DirectoryError(f"sql/migrate: {quote(str(path))} is not a dir")
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise DirectoryError(f"sql/migrate: open {path}: {(error.strerror or str(error)).lower()}") from error
    if len(content) > limit_bytes:
        raise DirectoryError(f"{path}: the archive is larger than {limit_bytes} bytes")
    return content
