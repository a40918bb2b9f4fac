"""Migration directories of other tools on a disk: the files that the tool would look at, read whole.

A path may be that of an archive; then its files are read instead of a folder's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import ATLAS_FORMAT, SUM_NAME
from atlas.engine.formats import ToolFolder, folder_of, read_folder
from atlas.errors import DirectoryError
from atlas.sources.archives import is_archive, read_archive, read_folder_or_archive
from atlas.sources.local import check_directory, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from atlas.engine.directory import Directory

_READ: Final = (".sql", ".sql.conf")
_WITH_FOLDERS: Final = ("flyway", "liquibase")


def read_directory_as(path: Path, tool: str) -> Directory:
    """The directory at ``path``, of ``atlas`` or of another tool; its sum is not checked here for ``atlas``.

    Raises:
        DirectoryError: The folder or a file cannot be read, or is none of the tool's.
        ChecksumMismatch: ``atlas.sum`` is not that of the tool's files.
        Unsupported: What the tool does with a file and we cannot.
    """
    if tool == ATLAS_FORMAT:
        return read_folder_or_archive(path)
    return read_folder(tool, read_tool_folder(path, tool))


def read_tool_folder(path: Path, tool: str) -> ToolFolder:
    """Everything that the tool may look at: the folder, and for some the folders in it that are not hidden.

    Raises:
        DirectoryError: The folder or a file cannot be read.
    """
    if is_archive(path):
        return folder_of(read_archive(path))
    check_directory(path)
    try:
        names = sorted(_names(path, "", with_folders=tool in _WITH_FOLDERS))
    except OSError as error:
        raise DirectoryError(f"sql/migrate: open {path}: {(error.strerror or str(error)).lower()}") from error
    read = {name: read_file(path, name) for name in names if name.endswith(_READ)}
    others = tuple(name for name in names if name not in read and name != SUM_NAME)
    sum_text = read_file(path, SUM_NAME).decode("utf-8", "surrogateescape") if SUM_NAME in names else None
    return ToolFolder(read, others, sum_text)


def _names(path: Path, prefix: str, *, with_folders: bool) -> Iterator[str]:
    with os.scandir(path) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield prefix + entry.name
            elif with_folders and not entry.name.startswith("."):
                yield from _names(path / entry.name, f"{prefix}{entry.name}/", with_folders=True)
