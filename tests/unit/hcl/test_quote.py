"""Strings that are written are read back as they were."""

from __future__ import annotations

import pytest
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.quote import is_identifier, quote
from hypothesis import given
from hypothesis import strategies as st


def read(text: str) -> object:
    return evaluate(parse(f"v = {text}\n", "t.hcl").attributes["v"].expression, Scope({}, {}))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", '"plain"'),
        ('a "b"', r'"a \"b\""'),
        ("a\\b", r'"a\\b"'),
        ("a\n\tb", r'"a\n\tb"'),
        ("${x} %{y}", '"$${x} %%{y}"'),
        ("$5 100%", '"$5 100%"'),
        ("ü", '"ü"'),
        ("\x01", r'"\u0001"'),
    ],
)
def test_signs_with_a_meaning_are_escaped(value: str, text: str) -> None:
    assert quote(value) == text
    assert read(text) == value


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('"\\${}%\n\r\t ab~ü'), st.characters(exclude_categories=["Cs"]))
    )
)
def test_every_text_is_read_back_as_it_was(value: str) -> None:
    assert read(quote(value)) == value


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a", True), ("_a-b1", True), ("1a", False), ("a b", False), ("$x", False), ("", False), ("ü", False)],
)
def test_an_identifier_begins_with_a_letter(name: str, *, expected: bool) -> None:
    assert is_identifier(name) is expected
