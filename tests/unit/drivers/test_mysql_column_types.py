"""MySQL's and MariaDB's types in the notation of HCL, both ways."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.column_types import MySQLTypeNames
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.nodes import Call

TYPES = MySQLTypeNames()

BOTH_WAYS = [
    *(
        (name, name)
        for name in """
        date tinyblob mediumblob longblob tinytext mediumtext longtext json geometry point multipoint linestring
        multilinestring polygon multipolygon geometrycollection inet4 inet6 tinyint smallint mediumint int bigint
        timestamp datetime time year blob text float double decimal
        """.split()  # noqa: SIM905
    ),
    ("varchar(255)", "varchar(255)"),
    ("varbinary(16)", "varbinary(16)"),
    ("char(1)", "char(1)"),
    ("binary(2)", "binary(2)"),
    ("bit(3)", "bit(3)"),
    ("year(4)", "year(4)"),
    ("datetime(6)", "datetime(6)"),
    ("timestamp(3)", "timestamp(3)"),
    ("decimal(10,2)", "decimal(10,2)"),
    ("double(5,2)", "double(5,2)"),
    ("float(7,3)", "float(7,3)"),
    ("int(5)", "int(5)"),
    ("tinyint(2)", "tinyint(2)"),
    ("enum('a','b')", 'enum("a","b")'),
    ("enum('it''s','a,b',')')", 'enum("it\'s","a,b",")")'),
    ("enum('a\\\\b','${x}')", 'enum("a\\\\b","$${x}")'),
    ("set('x','y')", 'set("x","y")'),
]


def from_hcl(text: str) -> str:
    expression = parse(f"v = {text}", "t.hcl").attributes["v"].expression
    if isinstance(expression, Call):
        values = [evaluate(argument, Scope({}, {})) for argument in expression.arguments]
        return TYPES.from_hcl(expression.name, values)  # type: ignore[arg-type]
    return TYPES.from_hcl(text, [])


@pytest.mark.parametrize(("sql", "hcl"), BOTH_WAYS)
def test_a_type_is_written_and_read_the_same(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl
    assert from_hcl(hcl) == sql


@pytest.mark.parametrize(
    ("sql", "hcl"),
    [
        ("int(11)", "int"),
        ("bigint(20)", "bigint"),
        ("tinyint(4)", "tinyint"),
        ("tinyint(1)", "bool"),
        ("decimal(10,0)", "decimal(10)"),
    ],
)
def test_what_the_server_adds_is_not_written(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl


@pytest.mark.parametrize(
    ("hcl", "sql"),
    [("bool", "tinyint(1)"), ("boolean", "tinyint(1)"), ("integer", "int"), ("numeric(5,2)", "decimal(5,2)")],
)
def test_an_alias_is_the_type_of_the_server(hcl: str, sql: str) -> None:
    assert from_hcl(hcl) == sql


@pytest.mark.parametrize(
    "sql", ["bigint unsigned", "int(5) unsigned zerofill", "uuid", "enum()", "vector(3)"]
)
def test_what_has_no_name_is_left_to_sql(sql: str) -> None:
    assert TYPES.to_hcl(sql) is None


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nosuch", [], 'There is no type named "nosuch".'),
        ("varchar", [], 'type "varchar" needs a size, as in varchar(255)'),
        ("enum", [], 'type "enum" needs values, as in enum("a", "b")'),
        ("enum", [1], 'type "enum" takes strings, found 1'),
        ("int", [1, 2], 'too many arguments for type definition "int"'),
        ("bool", [1], 'too many arguments for type definition "bool"'),
        ("varchar", ["x"], "type \"varchar\" takes whole numbers, found 'x'"),
    ],
)
def test_wrong_types_are_refused(name: str, arguments: list[int | float | str], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        TYPES.from_hcl(name, arguments)
    assert str(error.value) == message
