"""Rows as text, in the forms that published examples expect, and what counts as equal."""

from __future__ import annotations

import pytest
from atlas.engine.testing import ResultSet
from atlas.engine.testing.case import Expected, OutputFormat
from atlas.engine.testing.expect import Refusal, difference, mentions
from atlas.engine.testing.output import is_one_true_value, readable, same_text, texts_of
from atlas.engine.testing.pattern import compiled
from atlas.errors import ParseError

ONE = ResultSet(("a", "b"), (("1", "one"), ("2", "two")))


def is_csv(result: ResultSet, expected: str) -> bool:
    return any(same_text(expected, text) for text in texts_of([result], OutputFormat.CSV))


def table(result: ResultSet) -> str:
    (text,) = texts_of([result], OutputFormat.TABLE)
    return text


def test_values_are_joined_by_a_comma_with_or_without_a_space() -> None:
    assert is_csv(ONE, "1,one\n2,two")
    assert is_csv(ONE, "  1, one\n  2, two\n")
    assert not is_csv(ONE, "1,one")
    assert not is_csv(ONE, "1 one\n2 two")
    assert texts_of([ONE], OutputFormat.CSV)[0] == "1, one\n2, two"


def test_a_value_with_a_comma_may_stand_in_quotes_or_bare() -> None:
    result = ResultSet(("a", "b"), (('say "x"', "1,2"),))
    assert is_csv(result, 'say "x",1,2')
    assert is_csv(result, '"say ""x""","1,2"')
    assert not is_csv(result, '"say ""x""",12')


def test_null_is_no_empty_text() -> None:
    result = ResultSet(("a", "b"), ((None, ""),))
    assert is_csv(result, "NULL,")
    assert not is_csv(result, ",")
    assert "NULL" in table(result)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (ONE, " a |  b\n---+-----\n 1 | one\n 2 | two"),
        (
            ResultSet(("id", "name"), (("1", "Alice"), ("2", "Bob"), ("3", "Charlie"))),
            " id |  name\n----+---------\n 1  | Alice\n 2  | Bob\n 3  | Charlie",
        ),
        (
            ResultSet(
                ("id", "email", "latest_post_ts"),
                (("1", "user1@example.com", "2024-01-23 00:51:54"),),
            ),
            """\
 id |       email       |   latest_post_ts
----+-------------------+---------------------
1  | user1@example.com | 2024-01-23 00:51:54
""",
        ),
        (
            ResultSet(("product_id", "old_price", "new_price"), (("1", "15", "19.99"),)),
            " product_id | old_price | new_price\n------------+-----------+-----------\n 1          | 15        | 19.99",
        ),
        (ResultSet(("a", "b"), (("x\ny", "z"),)), " a | b\n---+---\n x | z\n y |"),
        (ResultSet(("a",), ()), " a\n---"),
    ],
)
def test_a_table_is_that_of_the_published_examples(result: ResultSet, expected: str) -> None:
    assert same_text(expected, table(result)), table(result)


def test_answers_of_several_statements_follow_each_other() -> None:
    assert texts_of([ONE, ResultSet(("c",), (("3",),))], OutputFormat.CSV)[0] == "1, one\n2, two\n3"
    assert texts_of([], OutputFormat.CSV)[0] == ""


@pytest.mark.parametrize("value", ["1", "t", "true", "TRUE"])
def test_one_true_value_holds_an_assertion(value: str) -> None:
    result = ResultSet(("a",), ((value,),))
    assert is_one_true_value([result])
    assert is_one_true_value([result, result])


@pytest.mark.parametrize(
    "rows", [(), (("0",),), (("f",),), ((None,),), (("2",),), (("1",), ("1",)), (("1", "1"),)]
)
def test_anything_else_does_not(rows: tuple[tuple[str | None, ...], ...]) -> None:
    true = ResultSet(("a",), (("1",),))
    assert not is_one_true_value([true, ResultSet(("a", "b"), rows)])
    assert not is_one_true_value([])


def test_bytes_are_text_where_a_person_can_read_them() -> None:
    assert readable("schön\n".encode()) == "schön\n"
    assert readable(b"\x00\x01") == ""
    assert readable(b"\xff\xfe") == ""


def test_a_difference_shows_the_statement_what_was_expected_and_what_came() -> None:
    assert difference("exec", "  SELECT 1\n    FROM t", Expected(output="1\n2"), ["1"]) == (
        "exec: not as expected\n    SELECT 1\n      FROM t\n    expected:\n        1\n        2\n    actual:\n        1"
    )
    assert difference("exec", "q", Expected(match="^a"), [""]) == (
        "exec: not as expected\n    q\n    expected a match of: ^a\n    actual: no output"
    )
    assert difference("exec", "q", Expected(match="^a, b$"), ["x", "a, b"]) == ""
    assert difference("exec", "q", Expected(), ["x"]) == ""
    assert Refusal("SELECT x", "no such column").told("exec") == "exec: no such column\n    SELECT x"


def test_an_error_is_mentioned_as_it_is_written_or_as_a_pattern() -> None:
    text = 'pq: duplicate key value violates "users_pkey" (23505)'
    assert mentions(text, '"users_pkey" (23505)')
    assert mentions(text, r"^pq: .* \(23505\)$")
    assert not mentions(text, "syntax")
    assert not mentions(text, "(x")


@pytest.mark.parametrize("text", ["a(?=b)", "(?<!x)y", r"(a)\1", "a++", "(", "a(?P=n)"])
def test_a_pattern_that_is_none_of_re2_is_refused_by_name(text: str) -> None:
    with pytest.raises(ParseError, match="--run: "):
        compiled(text, "--run")


def test_a_pattern_is_searched_for() -> None:
    assert compiled("^a.c$", "--run").search("abc")
    assert compiled("b", "--run").search("abc")
    assert not compiled("^b", "--run").search("abc")
