"""Finds the programs of a database server, and the system user they want to be run by."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
from pathlib import Path


class ProgramError(LookupError):
    """A server is not installed; the message says how to get it."""


def find_program(name: str, *, patterns: tuple[str, ...], how_to_get: str) -> Path:
    """Return a program of PATH, else the newest that matches a pattern of folders.

    Raises:
        ProgramError: it is nowhere.
    """
    on_path = shutil.which(name)
    if on_path:
        return Path(on_path)
    for pattern in patterns:
        for folder in sorted(glob.glob(pattern), key=release_of, reverse=True):  # noqa: PTH207 - an absolute pattern
            if os.access(Path(folder, name), os.X_OK):
                return Path(folder, name)
    raise ProgramError(f"{name} is not installed: {how_to_get}")


def release_of(folder: str) -> list[int]:
    """Return the numbers in a path, so that 17 comes after 9."""
    return [int(part) for part in Path(folder).parts if part.isdigit()]


def server_user(name: str) -> str | None:
    """Return the user to run a server as: ``name`` for root, whom servers refuse; nobody else can choose."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        raise ProgramError(
            f"there is no user {name} to run the server as: install its distribution package"
        ) from None
