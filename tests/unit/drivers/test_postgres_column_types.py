"""PostgreSQL's types in the notation of HCL, both ways."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.column_types import PostgresTypeNames

TYPES = PostgresTypeNames()
PLAIN = """
    bpchar text bytea boolean smallint integer bigint smallserial serial bigserial real money date uuid xml json jsonb
    hstore cidr inet macaddr macaddr8 circle line lseg box path point polygon tsvector tsquery xid xid8 int4range
    int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange
    tstzmultirange datemultirange oid name regclass regtype regproc any anyelement internal record trigger void
"""

BOTH_WAYS = [
    *((name, name) for name in PLAIN.split()),
    ("double precision", "double_precision"),
    ("character varying", "character_varying"),
    ("character varying(255)", "character_varying(255)"),
    ("character(1)", "character(1)"),
    ("bit(3)", "bit(3)"),
    ("bit varying", "bit_varying"),
    ("bit varying(8)", "bit_varying(8)"),
    ("numeric", "numeric"),
    ("numeric(5)", "numeric(5)"),
    ("numeric(10,2)", "numeric(10,2)"),
    ("numeric(3,-2)", "numeric(3,-2)"),
    ("time without time zone", "time"),
    ("time(3) without time zone", "time(3)"),
    ("time with time zone", "timetz"),
    ("time(0) with time zone", "timetz(0)"),
    ("timestamp without time zone", "timestamp"),
    ("timestamp(3) without time zone", "timestamp(3)"),
    ("timestamp with time zone", "timestamptz"),
    ("timestamp(6) with time zone", "timestamptz(6)"),
    ("interval", "interval"),
    ("interval(3)", "interval(3)"),
    ("interval year", "year"),
    ("interval year to month", "year_to_month"),
    ("interval second", "second"),
    ("interval second(3)", "second(3)"),
    ("interval day to second(2)", "day_to_second(2)"),
    ("interval hour to minute", "hour_to_minute"),
]


def from_hcl(text: str) -> str:
    name, _, rest = text.removesuffix(")").partition("(")
    return TYPES.from_hcl(name, [int(number) for number in rest.split(",") if number])


@pytest.mark.parametrize(("sql", "hcl"), BOTH_WAYS)
def test_a_type_is_written_and_read_the_same(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl
    assert from_hcl(hcl) == sql


@pytest.mark.parametrize(
    ("hcl", "sql"),
    [
        ("varchar(20)", "character varying(20)"),
        ("char(2)", "character(2)"),
        ("char", "character(1)"),
        ("character", "character(1)"),
        ("bit", "bit(1)"),
        ("varbit(3)", "bit varying(3)"),
        ("bool", "boolean"),
        ("int", "integer"),
        ("int2", "smallint"),
        ("int4", "integer"),
        ("int8", "bigint"),
        ("float4", "real"),
        ("float8", "double precision"),
        ("float", "double precision"),
        ("float(10)", "real"),
        ("float(25)", "double precision"),
        ("decimal(5,2)", "numeric(5,2)"),
        ("serial2", "smallserial"),
        ("serial4", "serial"),
        ("serial8", "bigserial"),
    ],
)
def test_an_alias_is_the_type_that_the_server_prints(hcl: str, sql: str) -> None:
    assert from_hcl(hcl) == sql


@pytest.mark.parametrize(
    ("sql", "hcl"),
    [
        ("int4", "integer"),
        ("varchar(5)", "character_varying(5)"),
        ("timestamptz(3)", "timestamptz(3)"),
        ("timetz", "timetz"),
        ("numeric(5,0)", "numeric(5)"),
        ("numeric(10, 2)", "numeric(10,2)"),
        ("decimal(4,1)", "numeric(4,1)"),
    ],
)
def test_other_words_of_sql_are_understood(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl


@pytest.mark.parametrize("sql", ["integer[]", '"char"', "citext", "app.status", "geometry(Point,4326)", ""])
def test_what_has_no_name_is_left_to_sql(sql: str) -> None:
    assert TYPES.to_hcl(sql) is None


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nosuch", [], 'There is no type named "nosuch".'),
        ("varchar", [1, 2], 'too many arguments for type definition "varchar"'),
        ("int", [4], 'too many arguments for type definition "int"'),
        ("float", [54], 'type "float" takes a precision from 1 to 53, found 54'),
        ("varchar", ["x"], "type \"varchar\" takes whole numbers, found 'x'"),
        ("varchar", [1.5], 'type "varchar" takes whole numbers, found 1.5'),
    ],
)
def test_wrong_types_are_refused(name: str, arguments: list[int | float | str], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        TYPES.from_hcl(name, arguments)
    assert str(error.value) == message
