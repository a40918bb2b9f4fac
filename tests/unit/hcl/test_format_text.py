"""The layout of HCL texts: what moves, what stays, and that nothing is said differently afterwards."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from atlas.errors import ParseError
from atlas.hcl import parse
from atlas.hcl.format import format_text
from atlas.hcl.positions import Range
from atlas.hcl.tokens import TokenKind, tokens_of
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
FILES = sorted(
    path
    for folder in ("tests/fixtures_hcl", "tests/seed/blocks", "examples")
    for path in (ROOT / folder).rglob("*.hcl")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1\n", "a = 1\n"),
        ("a=1", "a = 1"),
        ("a = 1\nbbb=2\n", "a   = 1\nbbb = 2\n"),
        ("a = 1\n\nbbb = 2\n", "a = 1\n\nbbb = 2\n"),
        ("a = 1\n# why\nbbb = 2\n", "a = 1\n# why\nbbb = 2\n"),
        ('table   "t"   {\na=1\n}\n', 'table "t" {\n  a = 1\n}\n'),
        ('column "a" {type=int}\n', 'column "a" { type = int }\n'),
        ("b { }\n", "b {}\n"),
        ("b {\n}\n", "b {\n}\n"),
        ("a = [ 1,2 ,3 ]\n", "a = [1, 2, 3]\n"),
        ("a = [\n1,\n2,\n]\nbb = 3\n", "a = [\n  1,\n  2,\n]\nbb = 3\n"),
        ("a = [{\nb = 1\n}]\n", "a = [{\n  b = 1\n}]\n"),
        ("a = f ( 1 , x... )\n", "a = f(1, x...)\n"),
        ('a = column [ "b c" ] . id\n', 'a = column["b c"].id\n'),
        ("a = - 1\n", "a = -1\n"),
        ("a = 2-1\n", "a = 2 - 1\n"),
        ("a = 2 - -1\n", "a = 2 - -1\n"),
        ("a = 2*(1)\n", "a = 2 * (1)\n"),
        ("a = ! b\n", "a = !b\n"),
        ("a = c?1:2\n", "a = c ? 1 : 2\n"),
        ("a = x[*].b\n", "a = x[*].b\n"),
        ("a = x.*.b\n", "a = x.*.b\n"),
        ("a = [for k,v in m:k if v]\n", "a = [for k, v in m : k if v]\n"),
        ("a = {for k in [1]:k=>k}\n", "a = { for k in [1] : k => k }\n"),
        ("a = {b=1,c=2}\n", "a = { b = 1, c = 2 }\n"),
        ('a = "x  ${ y [ 0 ] }  z"\n', 'a = "x  ${ y [ 0 ] }  z"\n'),
        ("a=1 # one\nbbb=22 // two\n", "a   = 1  # one\nbbb = 22 // two\n"),
        ("   # alone\n", "# alone\n"),
        ("/* a\n     b */\na=1\n", "/* a\n     b */\na = 1\n"),
        ("a=1   \n\n\n\nb=2\n", "a = 1\n\n\n\nb = 2\n"),
        ("a = <<-X\n   b\n      c\n  X\nbb=1\n", "a  = <<-X\n   b\n      c\n  X\nbb = 1\n"),
        ("a=1\r\nb=2\r\n", "a = 1\r\nb = 2\r\n"),
        ("\ufeffa=1\n", "\ufeffa = 1\n"),
        ("b {\n# in\n}\n", "b {\n  # in\n}\n"),
        ('b "x" {\nc {\nd=1\n}\n}\n', 'b "x" {\n  c {\n    d = 1\n  }\n}\n'),
        ("", ""),
    ],
)
def test_a_text_gets_its_layout(text: str, expected: str) -> None:
    assert format_text(text) == expected
    assert format_text(expected) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_layout_of_a_file_changes_no_meaning_and_is_its_own(path: Path) -> None:
    text = path.read_text()
    laid_out = format_text(text)
    assert meaning(parse(laid_out, "a.hcl")) == meaning(parse(text, "a.hcl"))
    assert comments(laid_out) == comments(text)
    assert format_text(laid_out) == laid_out


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/fixtures_hcl").glob("everything.*.hcl")), ids=lambda path: path.name
)
def test_what_is_printed_is_laid_out(path: Path) -> None:
    """But for the blank behind a comma of a type: ``numeric(10,2)`` is printed as Atlas prints it."""
    text = path.read_text()
    assert format_text(text).replace(", ", ",") == text.replace(", ", ",")


TEXT = (ROOT / "tests/fixtures_hcl/language.pg.hcl").read_text()
TOKENS = list(tokens_of(TEXT))


@given(st.lists(st.sampled_from(["", " ", "   ", "\t"]), min_size=len(TOKENS), max_size=len(TOKENS)))
def test_blanks_between_words_say_nothing(blanks: list[str]) -> None:
    """Any blanks between the same words end in the same layout, where words stay apart."""
    mixed: list[str] = []
    for number, (token, blank) in enumerate(zip(TOKENS, blanks, strict=True)):
        needs = number and {token.kind, TOKENS[number - 1].kind} <= {
            TokenKind.NAME,
            TokenKind.NUMBER,
            TokenKind.SIGN,
        }
        after_heredoc = number and TOKENS[number - 1].kind is TokenKind.HEREDOC
        mixed += ["" if after_heredoc else (blank or " ") if needs else blank, token.text]
    assert format_text("".join(mixed)) == format_text(TEXT)


def test_a_text_that_does_not_parse_is_refused_and_named() -> None:
    with pytest.raises(ParseError, match=r"^schema\.hcl:1:"):
        format_text("a = = 1\n", "schema.hcl")


def meaning(value: object) -> object:
    """A syntax tree without the places of its parts."""
    if isinstance(value, Range):
        return None
    if is_dataclass(value):
        return (type(value).__name__, *(meaning(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, tuple):
        return tuple(meaning(each) for each in value)
    if isinstance(value, dict):
        return {name: meaning(each) for name, each in value.items()}
    return value


def comments(text: str) -> list[str]:
    return [token.text.rstrip() for token in tokens_of(text) if token.kind is TokenKind.COMMENT]
