"""Texts of PostgreSQL statements: names, types, literals, casts."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.ddl import cast, enum, routine
from atlas.drivers.postgres.ddl.names import Names, literal, quote, split_list, split_type
from atlas.drivers.postgres.plan.counter import default_name
from atlas.drivers.postgres.plan.rename import multirange_name
from atlas.schema.objects import Enum


def test_a_quote_in_a_name_is_doubled() -> None:
    assert quote('a"b') == '"a""b"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [("it's", "'it''s'"), ("a\\b", "E'a\\\\b'"), ("", "''"), ("a\nb", "'a\nb'")],
)
def test_a_literal_means_the_same_whatever_the_server_thinks_of_backslashes(text: str, expected: str) -> None:
    assert literal(text) == expected


@pytest.mark.parametrize(
    ("text", "bound", "expected"),
    [
        ("app.status", "app", '"status"'),
        ("app.status[]", "app", '"status"[]'),
        ("app.status", "", '"app"."status"'),
        ('"My App"."St""x"', "", '"My App"."St""x"'),
        ("public.geometry(Point,4326)", "public", '"geometry"(Point,4326)'),
        ("timestamp(3) with time zone", "app", "timestamptz(3)"),
        ("timestamp without time zone[]", "app", "timestamp[]"),
        ("time(0) without time zone", "app", "time(0)"),
        ("time with time zone", "app", "timetz"),
        ('"char"', "app", '"char"'),
    ],
)
def test_a_type_of_the_bound_schema_is_bare_and_quoted(text: str, bound: str, expected: str) -> None:
    assert Names(bound).type(text) == expected


def test_a_builtin_type_has_no_schema() -> None:
    assert split_type("numeric(10,2)") is None


def test_a_list_of_types_is_cut_at_its_own_commas_alone() -> None:
    assert split_list('numeric(10,2), "a,b".c, text[]') == ("numeric(10,2)", '"a,b".c', "text[]")


def test_a_collation_with_a_dot_in_its_name_has_no_schema() -> None:
    names = Names("", frozenset({"app"}))
    assert names.collation("de_DE.utf8") == '"de_DE.utf8"'
    assert names.collation("app.de") == '"app"."de"'


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("integer", "bigint"),
        ("bigint", "text"),
        ("character varying(20)", "text"),
        ("json", "jsonb"),
        ("timestamp(3) without time zone", "timestamp with time zone"),
        ("integer[]", "bigint[]"),
        ("app.status", "text"),
    ],
)
def test_the_server_converts_these_by_itself(current: str, desired: str) -> None:
    assert cast.is_assignable(current, desired)


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("text", "integer"),
        ("integer", "boolean"),
        ("text", "uuid"),
        ("text", "app.status"),
        ("text", "jsonb"),
    ],
)
def test_these_need_a_using(current: str, desired: str) -> None:
    assert not cast.is_assignable(current, desired)


@pytest.mark.parametrize(
    ("current", "desired", "kept"),
    [
        ("character varying(20)", "character varying(40)", True),
        ("character varying(20)", "character varying", True),
        ("character varying(20)", "text", True),
        ("text", "character varying", True),
        ("text", "character varying(20)", False),
        ("character varying(40)", "character varying(20)", False),
        ("numeric(10,2)", "numeric(12,2)", True),
        ("numeric(10,2)", "numeric(12,3)", False),
        ("numeric(10,2)", "numeric", True),
        ("numeric", "numeric(10,2)", False),
        ("integer", "bigint", False),
        ("character(5)", "character(6)", False),
        ("timestamp(3) with time zone", "timestamp(6) with time zone", True),
        ("cidr", "inet", True),
    ],
)
def test_which_changes_leave_the_rows_as_they_are_stored(current: str, desired: str, *, kept: bool) -> None:
    assert cast.keeps_rows(current, desired) is kept


@pytest.mark.parametrize(
    ("current", "desired", "fails"),
    [
        ("integer", "bigint", False),
        ("bigint", "integer", True),
        ("text", "character varying(5)", True),
        ("character varying(5)", "character varying(9)", False),
        ("text", "uuid", True),
        ("uuid", "text", False),
        ("numeric(10,2)", "numeric(8,2)", True),
        ("date", "timestamp without time zone", False),
    ],
)
def test_which_changes_may_meet_a_value_that_does_not_fit(current: str, desired: str, *, fails: bool) -> None:
    assert cast.may_fail(current, desired) is fails


def test_a_body_gets_a_tag_that_it_does_not_hold() -> None:
    assert routine.dollar_quoted("SELECT 1") == "$$SELECT 1$$"
    assert routine.dollar_quoted("a $$ b") == "$body$a $$ b$body$"
    assert routine.dollar_quoted("a $$ $body$") == "$body1$a $$ $body$$body1$"
    assert routine.dollar_quoted("costs 5$") == "$body$costs 5$$body$"


def test_values_are_added_in_an_order_in_which_each_neighbour_is_there() -> None:
    current = Enum(schema="app", name="e", values=("b", "d"))
    desired = Enum(schema="app", name="e", values=("a", "b", "c", "c2", "d", "e"))
    assert [text for _, text in enum.added_values(current, desired, Names("app"))] == [
        "ALTER TYPE \"e\" ADD VALUE 'a' BEFORE 'b'",
        "ALTER TYPE \"e\" ADD VALUE 'c' AFTER 'b'",
        "ALTER TYPE \"e\" ADD VALUE 'c2' AFTER 'c'",
        "ALTER TYPE \"e\" ADD VALUE 'e'",
    ]


def test_names_that_the_server_makes_are_cut_as_it_cuts_them() -> None:
    assert default_name("t", "c") == "t_c_seq"
    long = default_name("a" * 40, "b" * 40)
    assert long == f"{'a' * 29}_{'b' * 29}_seq"
    assert len(long) == 63


def test_a_multirange_is_called_after_its_range() -> None:
    assert multirange_name("span") == "span_multirange"
    assert multirange_name("timerange") == "timemultirange"


@pytest.mark.parametrize(
    ("current", "desired", "fails"),
    [
        ("numeric(10,2)", "numeric(12,2)", False),
        ("numeric(10,2)", "numeric(10,4)", True),
        ("numeric(10,2)", "numeric", False),
        ("numeric", "numeric(10,2)", True),
        ("integer", "numeric(10,0)", False),
        ("integer", "numeric(10,2)", True),
        ("integer", "bigint", False),
        ("bigint", "integer", True),
        ("numeric(4,0)", "integer", False),
        ("numeric(19,0)", "bigint", True),
        ("numeric(5,0)", "smallint", True),
        ("numeric(6,2)", "smallint", False),
    ],
)
def test_a_number_fails_where_its_digits_have_no_room(current: str, desired: str, *, fails: bool) -> None:
    assert cast.may_fail(current, desired) is fails
