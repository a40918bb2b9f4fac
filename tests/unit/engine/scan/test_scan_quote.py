"""Quoted text is spelled as Go spells it."""

from __future__ import annotations

import pytest
from atlas.engine.scan.quote import quote, quote_char, quote_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a'b", '"a\'b"'),
        ('a"b\\', r'"a\"b\\"'),
        ("é 日", '"é 日"'),
        ("\n\t\x00\x7f", r'"\n\t\x00\x7f"'),
        ("\u200b\U000e0001\x85", r'"\u200b\U000e0001\u0085"'),
        ("\udce9", r'"\xe9"'),
    ],
)
def test_text_is_quoted(text: str, expected: str):
    assert quote(text) == expected


def test_characters_and_lists_are_quoted():
    assert quote_char("'") == r"'\''"
    assert quote_char('"') == "'\"'"
    assert quote_list(["a", "b"]) == '["a" "b"]'
