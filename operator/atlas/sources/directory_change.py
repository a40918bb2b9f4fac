"""A change of several files of a directory, at once or not at all, whatever becomes of the process.

What is to be done is written down first, into a file beside them. From that moment on the directory is the new one to
whoever reads it with :func:`atlas.sources.local.read_directory`, and the next command that writes finishes what a killed
one has left. Other programs see a directory that does not match its sum meanwhile, and refuse it.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import SUM_NAME, DirectoryChange, MigrationFile, check_file_name
from atlas.errors import DirectoryError
from atlas.sources.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANGE_NAME: Final = ".atlas-change"
_FILE_MODE: Final = 0o644
_SUFFIX: Final = ".sql"


def change_directory(path: Path, change: DirectoryChange) -> None:
    """Carry out a change in the folder ``path``.

    Raises:
        OSError: It could not be written down: nothing has changed. Or it could not be finished, and the next command
            that writes will.
        DirectoryError: A change that a killed command has left cannot be read.
    """
    with _alone(path):
        _finish(path)
        write_whole(path / CHANGE_NAME, _encoded(change), mode=_FILE_MODE)
        _finish(path)


def settle(path: Path) -> None:
    """Finish the change that a killed command has left, if there is one. May run again after any end.

    Raises:
        OSError: It cannot be finished.
        DirectoryError: It cannot be read, or would write through a link.
    """
    if pending_change(path) is not None:
        with _alone(path):
            _finish(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let no other process of this machine change the folder meanwhile; a killed one keeps nobody waiting."""
    import fcntl

    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _finish(path: Path) -> None:
    change = pending_change(path)
    if change is None:
        return
    for name in (
        *(name for pair in change.renamed for name in pair),
        *(file.name for file in change.written),
    ):
        if (path / name).is_symlink():
            raise DirectoryError(f"{path / name} is a link: expected a file, as it is about to be changed")
    for current, following in change.renamed:
        if (path / current).exists():
            (path / current).rename(path / following)
    for name in change.removed:
        (path / name).unlink(missing_ok=True)
    for file in change.written:
        write_whole(path / file.name, file.content, mode=_FILE_MODE)
    write_whole(path / SUM_NAME, change.sum_text.encode("utf-8", "surrogateescape"), mode=_FILE_MODE)
    (path / CHANGE_NAME).unlink(missing_ok=True)


def pending_change(path: Path) -> DirectoryChange | None:
    """What a killed command has left to be done, None for nothing.

    Raises:
        DirectoryError: It cannot be read.
    """
    try:
        content = (path / CHANGE_NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DirectoryError(f"sql/migrate: read file {CHANGE_NAME}: {error.strerror}") from error
    import json

    try:
        return _decoded(json.loads(content))
    except (ValueError, TypeError, DirectoryError) as error:
        raise DirectoryError(
            f"{path / CHANGE_NAME} is not what a command has written there: look at the directory, remove this file and "
            "run 'atlas migrate hash'"
        ) from error


def _encoded(change: DirectoryChange) -> bytes:
    import json

    document = {
        "renamed": [list(pair) for pair in change.renamed],
        "removed": list(change.removed),
        "written": {file.name: b64encode(file.content).decode() for file in change.written},
        "sum": change.sum_text,
    }
    return json.dumps(document, indent=1).encode()


def _decoded(document: dict[str, object]) -> DirectoryChange:
    match document:
        case {"renamed": list(renamed), "removed": list(removed), "written": dict(written), "sum": str(text)}:
            return DirectoryChange(
                renamed=tuple((_file_name(current), _file_name(following)) for current, following in renamed),
                removed=tuple(map(_file_name, removed)),
                written=tuple(
                    MigrationFile(_file_name(name), b64decode(content)) for name, content in written.items()
                ),
                sum_text=text,
            )
        case _:
            raise ValueError("no change")


def _file_name(name: object) -> str:
    """A name of a migration file, without folders: the file may come from anywhere."""
    if not isinstance(name, str) or not name.endswith(_SUFFIX):
        raise ValueError("no name of a migration file")
    check_file_name(name)
    return name
