"""What a text of HCL is, and why it is none."""

from __future__ import annotations

import hcl2
import pytest
from atlas.errors import ParseError
from atlas.hcl import parse


def test_blocks_keep_labels_order_and_places() -> None:
    body = parse('env "a" {\n  x = 1 # one\n  migration {\n  }\n}\nenv {}\n', "t.hcl")

    first, second = body.blocks_of("env")
    assert (first.labels, second.labels) == (("a",), ())
    assert str(first.body.attributes["x"].range) == "t.hcl:2:3"
    assert [block.type for block in first.body.blocks] == ["migration"]


def test_an_empty_text_is_an_empty_body() -> None:
    assert parse("# nothing\n", "t.hcl").blocks == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a {\n b = \n}\n", "t.hcl:2:6: unexpected end of line, expected an expression"),
        ("a { b = 1", 't.hcl:1:3: this "{" is not closed: expected "}" before the end of the file'),
        (
            'a = "x\n',
            "t.hcl:1:5: this string has no closing quote: expected '\"' at its end, on the same line",
        ),
        ("a = <<-END\n x\n", "t.hcl:1:5: this text is not closed: expected a line with END alone at its end"),
        ("a = 'x'\n", 't.hcl:1:5: unexpected "\'", expected a string in double quotes'),
        ('e "x" {\n url = f("A"\n}\n', 't.hcl:3:1: unexpected "}", expected ")", "," or a new line'),
        ("a = 1 b = 2\n", "t.hcl:1:7: a new line was expected before this"),
        ("a = @\n", 't.hcl:1:5: unexpected "@", expected an expression'),
        ("a = 1\na = 2\n", 't.hcl:2:1: attribute "a" was already set at t.hcl:1:1'),
    ],
)
def test_a_broken_text_is_named_with_its_line_and_a_caret(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text, "t.hcl")

    first, line, caret = str(caught.value).split("\n")
    assert first == message
    assert line.strip() in text
    assert caret.strip() == "^"


def test_both_parsers_see_the_same_blocks() -> None:
    text = 'env "a" {\n  url = "u"\n  migration {\n    dir = "d"\n  }\n}\n'

    body = parse(text, "t.hcl")

    other = hcl2.loads(text)["env"][0]['"a"']
    assert set(body.blocks[0].body.attributes) == {key for key in other if key == "url"}
    assert body.blocks[0].body.blocks[0].type in other


def test_a_text_that_is_no_utf8_is_named_with_its_line() -> None:
    with pytest.raises(ParseError, match=r"^t\.hcl:2: the text is not UTF-8"):
        parse(b'a = 1\nb = "\xff"\n'.decode("utf-8", "surrogateescape"), "t.hcl")
