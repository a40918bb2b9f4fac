"""The directory itself: files in byte order of their names, and the text of ``atlas.sum`` if there is one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atlas.engine.directory.migration_file import SUFFIX, MigrationFile, check_file_name
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

SUM_NAME: Final = "atlas.sum"


@dataclass(frozen=True, slots=True)
class Directory:
    """Files in byte order of name (not of version); make one with :func:`directory_of`.

    ``sum_text`` is ``atlas.sum`` as found, None without one; nothing says that it fits (``validate`` does).
    """

    files: tuple[MigrationFile, ...]
    sum_text: str | None = None

    @property
    def checkpoints(self) -> tuple[MigrationFile, ...]:
        """The checkpoint files, in order."""
        return tuple(file for file in self.files if file.is_checkpoint)

    @property
    def migrations(self) -> tuple[MigrationFile, ...]:
        """The files that are no checkpoints, in order."""
        return tuple(file for file in self.files if not file.is_checkpoint)

    def file_of_version(self, version: str) -> MigrationFile | None:
        """Return the last file of this version; two files may share one."""
        return next((file for file in reversed(self.files) if file.version == version), None)


def directory_of(files: Iterable[MigrationFile], sum_text: str | None = None) -> Directory:
    """Return a directory of these files, sorted.

    Raises:
        DirectoryError: two files have one name, or a name is not one of a file.
    """
    ordered = sorted(files, key=lambda file: file.name)
    for file in ordered:
        check_file_name(file.name)
    for file, following in pairwise(ordered):
        if file.name == following.name:
            raise DirectoryError(f"migration file {quote(file.name)} is there twice; names must be unique")
    return Directory(tuple(ordered), sum_text)


def from_entries(entries: Iterable[tuple[str, bytes]]) -> Directory:
    """Return the directory that an archive holds; entries other than ``*.sql`` and ``atlas.sum`` are left out.

    Raises:
        DirectoryError: a name with a folder in it, or a name twice.
    """
    files: list[MigrationFile] = []
    sum_text: str | None = None
    for name, content in entries:
        check_file_name(name)
        if name == SUM_NAME:
            if sum_text is not None:
                raise DirectoryError(f"{SUM_NAME} is there twice; names must be unique")
            sum_text = content.decode("utf-8", "surrogateescape")
        elif name.endswith(SUFFIX):
            files.append(MigrationFile(name, content))
    return directory_of(files, sum_text)


def to_entries(directory: Directory) -> tuple[tuple[str, bytes], ...]:
    """Return name and content of ``atlas.sum``, if there is one, and of every file in order."""
    files = tuple((file.name, file.content) for file in directory.files)
    if directory.sum_text is None:
        return files
    return ((SUM_NAME, directory.sum_text.encode("utf-8", "surrogateescape")), *files)
