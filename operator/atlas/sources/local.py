"""Migration directories on a disk: read whole, written file by file, each file at once or not at all."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import SUM_NAME, Directory, MigrationFile, directory_of, with_change
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError
from atlas.sources.directory_change import CHANGE_NAME, change_directory, pending_change, settle
from atlas.sources.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.engine.directory import DirectoryChange, SumFile

_FILE_MODE: Final = 0o644
_DIRECTORY_MODE: Final = 0o755


def read_directory(path: Path) -> Directory:
    """Read every ``*.sql`` directly under ``path``, and ``atlas.sum`` if it is there.

    A change that a killed command has written down and not finished counts as done.

    Raises:
        DirectoryError: the folder or a file cannot be read, or a file's name is not UTF-8.
    """
    check_directory(path)
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        raise DirectoryError(f"sql/migrate: open {path}: {_cause(error)}") from error
    files = [MigrationFile(name, read_file(path, name)) for name in names if name.endswith(".sql")]
    sum_text = read_file(path, SUM_NAME).decode("utf-8", "surrogateescape") if SUM_NAME in names else None
    directory = directory_of(files, sum_text)
    change = pending_change(path) if CHANGE_NAME in names else None
    return with_change(directory, change) if change else directory


def create_directory(path: Path) -> None:
    """Make the folder and its parents; an existing one is left as it is.

    Raises:
        DirectoryError: it cannot be made, or something else has this name.
    """
    try:
        path.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise DirectoryError(f"sql/migrate: mkdir {path}: {_cause(error)}") from error


def write_sum(path: Path, sum_file: SumFile) -> None:
    """Write ``atlas.sum`` into the folder ``path``; readers see the old file or the new one."""
    write_bytes(path / SUM_NAME, sum_file.text.encode("utf-8", "surrogateescape"))


def write_file(path: Path, file: MigrationFile) -> None:
    """Write one migration file into the folder ``path``, as :func:`write_sum`."""
    directory_of([file])  # refuses a name that would leave the folder
    write_bytes(path / file.name, file.content)


def change_files(path: Path, change: DirectoryChange) -> None:
    """Change files of the folder ``path`` and its ``atlas.sum``: all of them, or none.

    Raises:
        DirectoryError: the change could not be written down, or not be finished; the next command that writes to the
            folder finishes it then.
    """
    try:
        change_directory(path, change)
    except OSError as error:
        raise DirectoryError(
            f"sql/migrate: write {error.filename or path / SUM_NAME}: {_cause(error)}"
        ) from error


def check_directory(path: Path) -> None:
    """Raise DirectoryError unless there is a folder at ``path``."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise DirectoryError(f"sql/migrate: stat {path}: {_cause(error)}") from error
    if not stat.S_ISDIR(mode):
        raise DirectoryError(f"sql/migrate: {quote(str(path))} is not a dir")


def read_file(path: Path, name: str) -> bytes:
    """The bytes of a file of a directory; raises DirectoryError."""
    try:
        return (path / name).read_bytes()
    except OSError as error:
        raise DirectoryError(f"sql/migrate: read file {quote(name)}: {_cause(error)}") from error


def write_bytes(target: Path, content: bytes) -> None:
    """Write a file that readers see whole; raises DirectoryError."""
    try:
        settle(target.parent)
        write_whole(target, content, mode=_FILE_MODE)
    except OSError as error:
        raise DirectoryError(f"sql/migrate: write {target}: {_cause(error)}") from error


def _cause(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
