"""Transactions that a file of a tool opens by itself, and statements that no transaction can hold.

A run of ours has a transaction around each file, in which the file's row is written. One pair of BEGIN and COMMIT around
all statements says the same and is taken out; anything else would end our transaction before its row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import cuts
from atlas.engine.formats.folder import refused
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.formats.draft import Draft
    from atlas.engine.scan import Statement

_MAYBE: Final = re.compile(r"\b(?:BEGIN|COMMIT|ROLLBACK|START\s+TRANSACTION|END|SAVEPOINT)\b", re.IGNORECASE)
_WORK: Final = r"(?:\s+(?:WORK|TRANSACTION))?"
_OPENS: Final = re.compile(
    rf"(?:BEGIN(?:\s+(?:DEFERRED|IMMEDIATE|EXCLUSIVE))?{_WORK}|START\s+TRANSACTION)\s*;?", re.IGNORECASE
)
_CLOSES: Final = re.compile(rf"(?:COMMIT|END){_WORK}\s*;?", re.IGNORECASE)
_OTHERS: Final = re.compile(
    r"(?:BEGIN(?:\s+(?:DEFERRED|IMMEDIATE|EXCLUSIVE|WORK|TRANSACTION|ISOLATION|READ)\b.*)?|START\s+TRANSACTION\b.*"
    rf"|(?:COMMIT|END|ROLLBACK|ABORT){_WORK}(?:\s+AND\s+(?:NO\s+)?CHAIN)?)\s*;?",
    re.IGNORECASE | re.DOTALL,
)
_ALONE: Final = re.compile(
    r"(?:CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY|DROP\s+INDEX\s+CONCURRENTLY|REINDEX\b.*\bCONCURRENTLY"
    r"|REINDEX\s+(?:DATABASE|SYSTEM)|VACUUM|(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE)|ALTER\s+SYSTEM)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAYBE_ALONE: Final = re.compile(
    r"\b(?:CONCURRENTLY|REINDEX|VACUUM|DATABASE|TABLESPACE|SYSTEM)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement, and the line of the tool's file that it starts in, from 1."""

    text: str
    line: int
    start: int
    """Bytes from the beginning of the lines."""


def within_ours(draft: Draft) -> Draft:
    """The draft without the pair of BEGIN and COMMIT around it.

    Raises:
        Unsupported: it opens or ends a transaction in another way.
    """
    if not _MAYBE.search("\n".join(draft.lines)):
        return draft
    found = _statements(draft)
    marks = [each for each in found if _OTHERS.fullmatch(each.text)]
    if not marks:
        return draft
    is_pair = [marks[0], marks[-1]] == [found[0], found[-1]] and len(marks) == 2  # noqa: PLR2004
    if is_pair and _OPENS.fullmatch(marks[0].text) and _CLOSES.fullmatch(marks[1].text):
        lines = _without(draft.lines, marks)
        note = f"{draft.source}: {marks[0].text.rstrip(';')} and {marks[1].text.rstrip(';')} around all statements"
        return replace(draft, lines=lines, in_transaction=True, notes=(*draft.notes, note))
    where = marks[1] if is_pair or (len(marks) > 1 and marks[0] == found[0]) else marks[0]
    raise refused(
        draft.source,
        where.line,
        f'"{where.text.rstrip(";").strip()}"',
        "a file runs in a transaction of its own, in which its row is written; take the statement out, or make two "
        "files of this one",
    )


def stands_alone(draft: Draft) -> tuple[int, int]:
    """How many statements the draft has, and how many of them no transaction can hold."""
    if not _MAYBE_ALONE.search("\n".join(draft.lines)):
        return 0, 0
    found = _statements(draft)
    return len(found), sum(bool(_ALONE.match(each.text)) for each in found)


def _statements(draft: Draft) -> list[_Found]:
    found: list[_Found] = []
    for piece in draft.pieces:
        text = "\n".join(draft.lines[piece.start : piece.end])
        before = len("\n".join([*draft.lines[: piece.start], ""]).encode())
        if piece.is_whole or piece.delimiter != ";":
            continue
        found.extend(_placed(_read(text), text, piece.start, before))
    return found


def _read(text: str) -> Sequence[Statement]:
    """As scanners that know bodies cut it; of those that do not where a transaction looks like a body: BEGIN WORK … END."""
    without_bodies, *with_bodies = cuts(text)
    found = next((each for each in with_bodies if each is not None), without_bodies) or ()
    if any(_OTHERS.fullmatch(each.text.split(";", 1)[0]) and ";" in each.text[:-1] for each in found):
        return without_bodies or found
    return found


def _placed(statements: Sequence[Statement], text: str, first_line: int, before: int) -> list[_Found]:
    data = text.encode()
    return [
        _Found(each.text, first_line + 1 + data.count(b"\n", 0, each.position), before + each.position)
        for each in statements
    ]


def _without(lines: Sequence[str], marks: Sequence[_Found]) -> tuple[str, ...]:
    data = "\n".join(lines).encode()
    for mark in reversed(marks):
        length = len(mark.text.encode())
        blank = re.sub(rb"[^\n]", b"", data[mark.start : mark.start + length])
        data = data[: mark.start] + blank + data[mark.start + length :]
    return tuple(data.decode().split("\n"))
