"""What a pushed directory must be: ordered, and equal to its ``atlas.sum``."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from atlas.errors import ChecksumMismatch
from atlas.wire.archive import SUM_FILE, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUFFIX = ".sql"
_IGNORED = re.compile(rb"[ -~]*atlas:sum +ignore(?:\n|\Z)")


def checked_directory(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The files with ``atlas.sum`` first and the others in byte order of their names.

    Raises ``ChecksumMismatch`` where ``atlas.sum`` is missing beside migration files, or differs from them.
    """
    ordered = tuple(sorted(entries, key=lambda entry: (entry.name != SUM_FILE, entry.name.encode())))
    files = [entry for entry in ordered if entry.name.endswith(_SUFFIX)]
    stored = next((entry.content for entry in ordered if entry.name == SUM_FILE), None)
    if stored is None and files:
        raise ChecksumMismatch("checksum file not found")
    if stored is not None and stored.split(b"\n", 1)[0].strip() != _total(files):
        raise ChecksumMismatch("checksum mismatch")
    return ordered


def version_of(entries: Sequence[Entry]) -> str:
    """The version of the last migration file, '' where there is none."""
    names = [entry.name for entry in entries if entry.name.endswith(_SUFFIX)]
    return names[-1].removesuffix(_SUFFIX).partition("_")[0] if names else ""


def _total(files: Sequence[Entry]) -> bytes:
    running, total = hashlib.sha256(), hashlib.sha256()
    for name, content in files:
        running.update(name.encode())
        if _IGNORED.match(content):
            continue
        running.update(content)
        total.update(name.encode() + b64encode(running.digest()))
    return b"h1:" + b64encode(total.digest())
