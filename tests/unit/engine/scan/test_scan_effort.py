"""Twice the text is at most about twice the work, whatever the text."""

from __future__ import annotations

from contextlib import suppress

import pytest
from atlas.engine.scan import MYSQL, POSTGRES, ScanOptions, scan
from atlas.engine.scan.blocks import Blocks
from atlas.engine.scan.source import Source, Unreadable
from atlas.errors import ParseError

REPEATED = {
    "statements": ("INSERT INTO t VALUES (1, 'a''b'); -- c\n", "", ""),
    "BEGINs": ("BEGIN ", "", ""),
    "BEGINs and an END of something else": ("BEGIN ", "END x;", ""),
    "BEGINs and one END": ("BEGIN ", "END;", ""),
    "BEGINs and an open quote": ("BEGIN ", "' END;", ""),
    "BEGINs and an open parenthesis": ("BEGIN ", "( END;", ""),
    "statements in open blocks": ("BEGIN a; b; ", "END x;", ""),
    "closed blocks": ("BEGIN a; END;\n", "", ""),
    "nested blocks": ("BEGIN a; ", "", "END; "),
    "nested blocks behind an END": ("END x BEGIN ", "", "END; "),
    "blocks that end by a label": ("CREATE PROCEDURE p() BEGIN a; b; END p;\n", "", ""),
    "BEGIN ATOMICs": ("BEGIN ATOMIC a; ", "x END", ""),
    "parentheses": ("(((())))", "", ""),
    "open parentheses": ("(", "", ""),
    "open comments": ("/* ", "a;", ""),
    "open dollar quotes": ("a;$$", "", ""),
}


def effort(text: str, options: ScanOptions) -> int:
    """How many bytes were looked at, up to the end or to where the text cannot be read."""
    source = Source(text.encode())
    blocks = Blocks(source, options)
    reader = blocks.reader()
    with suppress(Unreadable):
        while blocks.read(reader):
            pass
    return source.read_bytes


@pytest.mark.parametrize("options", [POSTGRES, MYSQL], ids=["postgres", "mysql"])
@pytest.mark.parametrize("case", REPEATED.values(), ids=REPEATED.keys())
def test_effort_grows_with_the_text(case: tuple[str, str, str], options: ScanOptions):
    unit, last, closing = case
    once, twice = (effort(unit * count + last + closing * count, options) for count in (1000, 2000))
    assert 0 < twice <= 2.2 * once


def test_a_megabyte_of_begins_is_one_statement():
    text = "BEGIN " * 175_000
    assert [statement.text for statement in scan(text, POSTGRES)] == [text.strip()]


def test_a_megabyte_of_open_comments_is_searched_once():
    """A third of a million searches of a megabyte would outlast the test's time limit."""
    assert len(scan("/* " * 350_000, MYSQL)) == 1


def test_a_megabyte_of_open_parentheses_is_refused():
    with pytest.raises(ParseError, match=r"^1:1: unclosed '\('$"):
        scan("(" * 1_000_000, POSTGRES)


@pytest.mark.parametrize(
    "maze",
    [
        "BEGIN ( " * 4_000 + "END",
        "BEGIN ( " * 2_000 + "a" * 100_000 + "END",
        "BEGIN ( " * 2_000 + "'" + "\\'" * 100_000 + "END",
        "BEGIN -- atlas:delimiter x " * 10_000 + "END",
    ],
    ids=["short", "long words", "escaped quotes", "directives"],
)
def test_a_maze_is_refused_and_not_read_for_ever(maze: str):
    with pytest.raises(ParseError, match=r"too many unclosed BEGINs|unclosed quote"):
        scan(maze, MYSQL)
