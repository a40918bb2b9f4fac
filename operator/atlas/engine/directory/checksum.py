"""``atlas.sum``: how it is computed, read and compared. Bytes count: line endings are never normalised."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from atlas.engine.directory.directory import SUM_NAME
from atlas.engine.scan.quote import quote
from atlas.engine.scan.source import WHITE_SPACE
from atlas.errors import ChecksumMismatch, DirectoryError
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.directory.directory import Directory
    from atlas.engine.scan import Statement

__all__ = [
    "SUM_NAME",
    "SumEntry",
    "SumFile",
    "compute_sum",
    "hash_of",
    "parse_sum",
    "statement_hashes",
    "validate",
]

_PREFIX: Final = "h1:"
_MISMATCH: Final = "checksum mismatch"


@dataclass(frozen=True, slots=True)
class SumEntry:
    """A file's line: ``hash`` (base64) is of this file and everything before it."""

    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class SumFile:
    """``total`` (base64) is of the entries; entries stand in the order of the files."""

    total: str
    entries: tuple[SumEntry, ...]

    @property
    def text(self) -> str:
        """The content of ``atlas.sum``, with its last line end."""
        lines = (f"{entry.name} {_PREFIX}{entry.hash}\n" for entry in self.entries)
        return f"{_PREFIX}{self.total}\n{''.join(lines)}"


def compute_sum(directory: Directory) -> SumFile:
    """Return what ``atlas.sum`` must be for these files."""
    running = sha256()
    entries: list[SumEntry] = []
    for file in directory.files:
        running.update(_bytes(file.name))
        if file.is_in_sum:
            running.update(file.content)
            entries.append(SumEntry(file.name, _base64(running.digest())))
    return _sum_of(entries)


def parse_sum(text: str) -> SumFile:
    """Read ``atlas.sum``.

    Raises:
        ChecksumMismatch: a line has no hash, or the first line is not the hash of the others.
    """
    lines = text.removesuffix("\n").split("\n")
    first, *others = (line.removesuffix("\r") for line in lines)
    entries: list[SumEntry] = []
    for line in others:
        name, mark, value = line.partition(_PREFIX)
        if not mark:
            raise ChecksumMismatch("checksum file format invalid")
        entries.append(SumEntry(name.strip(WHITE_SPACE), value))
    found = _sum_of(entries)
    if first.removeprefix(_PREFIX) != found.total:
        raise ChecksumMismatch(_MISMATCH)
    return found


def validate(directory: Directory) -> SumFile:
    """Return the directory's sum if ``atlas.sum`` agrees with it; no files need no ``atlas.sum``.

    Raises:
        ChecksumMismatch: ``detail`` names the first line that differs, as in ``L3: 2_b.sql was added``.
    """
    computed = compute_sum(directory)
    if directory.sum_text is None:
        if directory.files:
            raise ChecksumMismatch("checksum file not found")
        return computed
    stored = parse_sum(directory.sum_text)
    if stored.total != computed.total:
        raise ChecksumMismatch(_MISMATCH, detail=_difference(stored.entries, computed.entries))
    return computed


def _difference(stored: tuple[SumEntry, ...], computed: tuple[SumEntry, ...]) -> str:
    places = {entry.name: place for place, entry in enumerate(computed)}
    for place, entry in enumerate(stored):
        if place < len(computed) and computed[place] == entry:
            continue
        line = f"L{place + 2}"
        if entry.name not in places:
            return f"{line}: {entry.name} was removed"
        if places[entry.name] == place or place >= len(computed):
            return f"{line}: {entry.name} was edited"
        return f"{line}: {computed[place].name} was added"
    return f"L{len(stored) + 2}: {computed[len(stored)].name} was added"


def hash_of(sum_file: SumFile, name: str) -> str:
    """Return the hash that a revision of this file stores.

    Raises:
        DirectoryError: the file is left out of ``atlas.sum`` by its directive, so it cannot be executed.
    """
    for entry in sum_file.entries:
        if entry.name == name:
            return entry.hash
    raise DirectoryError(f"sql/migrate: scanning checksum from {quote(name)}: checksum not found")


def statement_hashes(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return for each statement the hash (base64) of its text and all texts before it."""
    running = sha256()
    hashes: list[str] = []
    for statement in statements:
        running.update(_bytes(statement.text))
        hashes.append(_base64(running.digest()))
    return tuple(hashes)


def _sum_of(entries: list[SumEntry]) -> SumFile:
    text = "".join(entry.name + entry.hash for entry in entries)
    return SumFile(_base64(sha256(_bytes(text)).digest()), tuple(entries))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode("ascii")
