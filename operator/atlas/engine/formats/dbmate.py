"""dbmate: one file with ``-- migrate:up`` and ``-- migrate:down``; the first section is sent to the server whole."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import Draft, Piece
from atlas.engine.formats.folder import malformed, refused

if TYPE_CHECKING:
    from atlas.engine.formats.folder import ToolFolder

_NAME: Final = re.compile(r"(?P<version>[0-9]+)(?:_(?P<title>.*))?\.sql")
_TAKEN: Final = re.compile(r"[0-9].*\.sql")
_SECTION: Final = re.compile(r"--\s*migrate:(?P<way>up|down)(?P<options>\s.*)?")
_OPTIONS: Final = {"transaction:true": True, "transaction:false": False}


def summed(folder: ToolFolder) -> tuple[str, ...]:
    """The files of ``atlas.sum``, in its order."""
    return folder.sql_names


def drafts(folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool, and those that it passes over.

    Raises:
        DirectoryError: a file that dbmate refuses, or two of one version, of which it could record only one.
        Unsupported: an option of a section that we do not know.
    """
    taken = [name for name in folder.sql_names if _TAKEN.fullmatch(name)]
    made = tuple(_draft(folder, name) for name in taken)
    for draft, following in pairwise(made):
        if draft.version == following.version:
            raise malformed(following.source, 0, f"expected another version than that of {draft.source}")
    return made, tuple(name for name in folder.sql_names if name not in taken)


def _draft(folder: ToolFolder, name: str) -> Draft:
    match = _NAME.fullmatch(name)
    if match is None:
        raise malformed(name, 0, "expected a name with a number for a version, VERSION_NAME.sql")
    lines = folder.text(name).split("\n")
    marks = [
        (number, found) for number, line in enumerate(lines) if (found := _SECTION.fullmatch(line.rstrip()))
    ]
    start, end, in_transaction = _up(name, lines, marks)
    kept = tuple(line if start <= number < end else "" for number, line in enumerate(lines))
    return Draft(
        source=name,
        version=match["version"],
        description=match["title"] or "",
        lines=kept,
        pieces=(Piece(start, end),),
        in_transaction=in_transaction,
    )


def _up(name: str, lines: list[str], marks: list[tuple[int, re.Match[str]]]) -> tuple[int, int, bool]:
    """The lines of the section (from 0, its own line not among them), and whether it runs in a transaction."""
    ways = [mark["way"] for _, mark in marks]
    if not ways or ways[0] != "up":
        raise malformed(
            name, marks[0][0] + 1 if marks else 0, "expected a line '-- migrate:up' before all others"
        )
    if ways not in (["up"], ["up", "down"]):
        raise refused(
            name,
            marks[1 if ways[1] == "up" else 2][0] + 1,
            "a second section of one way",
            "make one file of each",
        )
    first = marks[0][0]
    for number, line in enumerate(lines[:first], 1):
        if line.strip() and not line.lstrip().startswith("--"):
            raise malformed(name, number, "expected nothing but comments before '-- migrate:up'")
    in_transaction = True
    for option in (marks[0][1]["options"] or "").split():
        if option not in _OPTIONS:
            raise refused(name, first + 1, f'the option "{option}"', "expected transaction:false or none")
        in_transaction = _OPTIONS[option]
    return first + 1, marks[1][0] if len(marks) > 1 else len(lines), in_transaction
