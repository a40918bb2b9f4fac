"""Processes that change a directory and are killed right before one event: a name that goes or comes, a write.

Each of the folders ``0``, ``1``, … is changed by a process of its own, which dies before the event of that number.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from atlas.engine.directory import (
    Directory,
    DirectoryChange,
    MigrationFile,
    moved_to_end,
    with_change,
    with_content,
    without_files,
)
from atlas.sources.local import change_files, read_directory

EVENTS = ("os.rename", "os.remove", "os.chmod")


def change_of(directory: Directory, kind: str) -> DirectoryChange:
    first, second = directory.files[:2]
    match kind:
        case "rebase":
            versions = iter("89")
            return moved_to_end(directory, (first, second), lambda *_: next(versions))
        case "rm":
            return without_files(directory, (first, second))
        case _:
            return with_content(directory, MigrationFile(first.name, b"edited;\n"))


def changed_and_killed(path: Path, change: DirectoryChange, at: int) -> bool:
    """Whether the process came to its end."""
    if process := os.fork():
        return os.waitpid(process, 0)[1] != signal.SIGKILL
    left = iter(range(at))

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        is_write = event == "open" and bool(int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR))
        if (event in EVENTS or is_write) and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    change_files(path, change)
    os._exit(0)


def main(folder: Path, kind: str) -> None:
    directory = read_directory(folder / "0")
    change = change_of(directory, kind)
    for file in with_change(directory, change).files:
        sys.stdout.write(f"{file.name} {file.text.strip()}\n")
    sys.stdout.flush()
    for at in range(len(list(folder.iterdir()))):
        if changed_and_killed(folder / str(at), change, at):
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
