"""Texts that PostgreSQL printed, and the names that it gives by itself."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.inspect.rows import array
from atlas.drivers.postgres.inspect.text import (
    bare,
    closing,
    default_name,
    elements,
    multirange_name,
    outside_quotes,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("", ""),
        ("a > 0", "a > 0"),
        ("(a > 0)", "a > 0"),
        ("((a > 0))", "a > 0"),
        ("(a > 0) OR (b > 0)", "(a > 0) OR (b > 0)"),
        ("((a > 0) OR (b > 0))", "(a > 0) OR (b > 0)"),
        ("(a = ')')", "a = ')'"),
        ("(a = ') OR (')", "a = ') OR ('"),
        ("(a = 'it''s)')", "a = 'it''s)'"),
        ('("a)" > 0)', '"a)" > 0'),
        ('("a"")" > 0)', '"a"")" > 0'),
        ("lower(a)", "lower(a)"),
        ("(ARRAY[(1), (2)])", "ARRAY[(1), (2)]"),
        ("(a", "(a"),
    ],
)
def test_only_parentheses_around_the_whole_come_off(text: str | None, expected: str) -> None:
    assert bare(text) == expected


def test_a_bracket_is_closed_by_its_own() -> None:
    text = "WHEN ((a = ')') AND (b[1] > 0)) EXECUTE (x)"
    assert text[closing(text, 5) :] == ") EXECUTE (x)"
    assert closing("(a", 0) == -1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", ["a"]),
        ("a, b", ["a", "b"]),
        ("f(a, b), c", ["f(a, b)", "c"]),
        ("ARRAY[a, b], (c, d)", ["ARRAY[a, b]", "(c, d)"]),
        ("'a, b', \"c, d\"", ["'a, b'", '"c, d"']),
        ("'it''s, (', b", ["'it''s, ('", "b"]),
    ],
)
def test_a_list_is_cut_at_its_own_commas(text: str, expected: list[str]) -> None:
    assert elements(text) == expected


def test_a_word_is_found_outside_of_quotes_and_brackets() -> None:
    text = """CREATE TRIGGER "x WHEN (" ON f(' WHEN (') WHEN (a)"""
    assert text[outside_quotes(text, " WHEN (") :] == " WHEN (a)"
    assert outside_quotes("nothing", " WHEN (") == -1


@pytest.mark.parametrize(
    ("first", "second", "label", "expected"),
    [
        ("t", "id", "seq", "t_id_seq"),
        ("t", "", "pkey", "t_pkey"),
        ("t" * 63, "", "pkey", "t" * 58 + "_pkey"),
        ("t" * 63, "id", "seq", "t" * 56 + "_id_seq"),
        ("t" * 40, "c" * 40, "seq", "t" * 29 + "_" + "c" * 29 + "_seq"),
        ("t" * 63, "c" * 10, "seq", "t" * 48 + "_" + "c" * 10 + "_seq"),
        ("ß" * 31, "x", "seq", "ß" * 28 + "_x_seq"),
    ],
)
def test_names_are_cut_as_the_server_cuts_them(first: str, second: str, label: str, expected: str) -> None:
    assert default_name(first, second, label) == expected
    assert len(default_name(first, second, label).encode()) <= 63


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("textrange", "textmultirange"),
        ("span", "span_multirange"),
        ("rangerange", "multirangerange"),
        ("s" * 63, "s" * 52 + "_multirange"),
    ],
)
def test_names_of_multiranges(name: str, expected: str) -> None:
    assert multirange_name(name) == expected


def test_an_array_is_quoted() -> None:
    assert array([]) == "{}"
    assert array(["a", 'b"c', "d\\e", "f,g"]) == '{"a","b\\"c","d\\\\e","f,g"}'
