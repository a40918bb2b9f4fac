"""Where a test run writes its files: in memory where the machine has such a folder with room, so that nobody waits for a disk.

No test is about what a disk keeps when the power goes: the death of a process loses nothing that the kernel has.
"""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

FOLDER = "/dev/shm"
ROOM_BYTES = 4 << 30
"""A whole run with two workers needs about a quarter of this; containers often have 64 MB there."""


def write_to_memory(environ: MutableMapping[str, str], folder: str = FOLDER) -> None:
    """Make ``folder`` the one of temporary files, for this process and those it starts, unless a person chose another."""
    if "TMPDIR" not in environ and has_room(folder):
        environ["TMPDIR"] = folder
        tempfile.tempdir = None  # it is asked for once and remembered


def has_room(folder: str) -> bool:
    """Tell whether files of a run fit there and programs among them may be run."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    runs_programs = not found.f_flag & os.ST_NOEXEC
    return runs_programs and os.access(folder, os.W_OK) and found.f_bavail * found.f_frsize >= ROOM_BYTES
