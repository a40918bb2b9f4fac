"""Which comments belong to a statement, and what their directives say."""

from __future__ import annotations

import pytest
from atlas.engine.scan import MYSQL, POSTGRES, Statement, directive, scan


def comments(text: str) -> list[tuple[str, ...]]:
    return [statement.comments for statement in scan(text, MYSQL)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-- a\n# b\n/* c */x;", [("-- a\n", "# b\n", "/* c */")]),
        ("-- a\n\nx;", [()]),
        ("/* a */\nx;", [("/* a */",)]),
        ("/* a */\n\nx;", [()]),
        ("-- a\n\n-- b\nx;", [("-- b\n",)]),
        ("x; -- a\ny;", [(), ("-- a\n",)]),
        ("x -- a\n;", [()]),
        ("-- a\nDELIMITER //\nx//", [()]),
        ("-- a\r\n\r\nx;", [("-- a\r\n",)]),
    ],
)
def test_comments_are_attached_unless_a_blank_line_parts_them(text: str, expected: list[tuple[str, ...]]):
    assert comments(text) == expected


@pytest.mark.parametrize(
    ("comment", "values"),
    [
        ("-- atlas:nolint\n", ("",)),
        ("--atlas:nolint  a b \n", ("a b ",)),
        ("#atlas:nolint x\n", ("x",)),
        ("/*atlas:nolint x*/", ("x",)),
        ("/* atlas:nolint x*/", ()),
        ("/*atlas:nolint\nx*/", ()),
        ("--  atlas:nolint x\n", ()),
        ("-- say atlas:nolint x\n", ()),
        ("-- atlas:nolinter x\n", ()),
    ],
)
def test_a_directive_must_start_its_comment(comment: str, values: tuple[str, ...]):
    assert Statement(0, "x", (comment,)).directives("nolint") == values


def test_directives_are_listed_in_order():
    (statement,) = scan("-- atlas:nolint a\n-- text\n--atlas:nolint b\nx;", POSTGRES)
    assert statement.directives("nolint") == ("a", "b")
    assert statement.directives("txmode") == ()


def test_of_two_directives_in_a_line_the_last_counts():
    assert directive("-- atlas:sum ignore atlas:txmode none", "sum") is None
    assert directive("-- atlas:sum ignore atlas:txmode none", "txmode") == "none"


def test_the_prefix_of_a_directive_is_printable_ascii():
    assert directive("any text atlas:sum ignore", "sum") == "ignore"
    assert directive("\tatlas:sum ignore", "sum") is None
    assert directive("é atlas:sum ignore", "sum") is None
