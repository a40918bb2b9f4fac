"""Versions as text: files of ours stand in byte order of their names, and rows are compared by version, as text.

Tools that count have 2 before 10. Where text has it the other way, a directory cannot be read as it is; ``migrate import``
writes the versions with zeros in front, and numbers names that hold no version at all.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, Unsupported
from atlas.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.engine.formats.draft import Draft

_MARKS: Final = ("R", "r")
"""What makes a version of one that runs again: the Go tools' letter where their order is right, else one behind ``_``."""


def check_numbers(drafts: Sequence[Draft]) -> None:
    """Raise DirectoryError for two files of one number: their tool refuses them."""
    for draft, following in pairwise(drafts):
        if draft.numbers and draft.numbers == following.numbers:
            raise DirectoryError(f"{following.source}: expected another version than that of {draft.source}")


def misplaced(drafts: Sequence[Draft]) -> tuple[Draft, Draft] | None:
    """The first two neighbours that text would have the other way, or not apart; None where all stand right."""
    return next(
        (
            (draft, following)
            for draft, following in pairwise(drafts)
            if not (draft.version < following.version and draft.name < following.name)
        ),
        None,
    )


def check_order(tool: str, drafts: Sequence[Draft]) -> None:
    """Refuse what cannot be run as it is.

    Raises:
        Unsupported: a file that runs again, or versions that stand in another order as text.
    """
    repeatable = next((draft for draft in drafts if not draft.version), None)
    if repeatable:
        raise Unsupported(
            f"{repeatable.source}: a file that runs again whenever it changes is not supported: a file runs once; "
            "'atlas migrate import' gives it a version of its own"
        )
    found = misplaced(drafts)
    if found:
        first, second = found
        raise Unsupported(
            f"{second.source}: {tool} runs it after {first.source}, and text orders the versions "
            f"{quote(first.version)} and {quote(second.version)}, or the names, the other way: "
            "'atlas migrate import' makes a directory that is in order"
        )


def in_order(drafts: Sequence[Draft], digits: int = 0) -> tuple[Draft, ...]:
    """The drafts with versions that text orders as the tool does: their own ones where it can be.

    ``digits`` is how many the first number of a version has at least: with 14, versions of a time come behind all.

    Raises:
        DirectoryError: digits are asked for, and a version is no number or stands in another order as one.
    """
    versioned = tuple(draft for draft in drafts if draft.version)
    repeatable = tuple(draft for draft in drafts if not draft.version)
    if digits:
        versioned = _padded(tuple(_counted(draft) for draft in versioned), digits)
        found = misplaced(versioned)
        if found:
            raise DirectoryError(
                f"{found[1].source}: runs after {found[0].source}, so --digits has no meaning here"
            )
    elif misplaced(versioned):
        versioned = _padded(versioned) if all(draft.numbers for draft in versioned) else _numbered(versioned)
    marked = [(*versioned, *_marked(repeatable, versioned, mark)) for mark in _MARKS]
    return next((each for each in marked if not misplaced(each)), marked[-1])


def _counted(draft: Draft) -> Draft:
    if not draft.numbers and not (draft.version.isascii() and draft.version.isdecimal()):
        raise DirectoryError(
            f"{draft.source}: the version {quote(draft.version)} is no number: leave --digits out"
        )
    return draft if draft.numbers else replace(draft, numbers=(int(draft.version),))


def _padded(drafts: Sequence[Draft], digits: int = 0) -> tuple[Draft, ...]:
    """Each number as wide as the widest in its place, and as many numbers as the longest version has."""
    columns = max((len(draft.numbers) for draft in drafts), default=0)
    rows = [(*draft.numbers, *[0] * (columns - len(draft.numbers))) for draft in drafts]
    widths = [max(len(str(row[column])) for row in rows) for column in range(columns)]
    widths[:1] = [max(digits, width) for width in widths[:1]]
    return tuple(
        replace(draft, version=".".join(_zeros(row, widths))) for draft, row in zip(drafts, rows, strict=True)
    )


def _zeros(row: Iterable[int], widths: Iterable[int]) -> Iterable[str]:
    return (str(number).zfill(width) for number, width in zip(row, widths, strict=True))


def _numbered(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    width = len(str(len(drafts)))
    return tuple(
        replace(draft, version=str(number).zfill(width), description=draft.source.removesuffix(".sql"))
        for number, draft in enumerate(drafts, 1)
    )


def _marked(repeatable: Sequence[Draft], versioned: Sequence[Draft], mark: str) -> tuple[Draft, ...]:
    last = versioned[-1].version if versioned else "0"
    width = len(str(len(repeatable)))
    return tuple(
        replace(draft, version=f"{last}{mark}{str(number).zfill(width) if len(repeatable) > 1 else ''}")
        for number, draft in enumerate(repeatable, 1)
    )
