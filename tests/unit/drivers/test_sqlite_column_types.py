"""SQLite's types in the notation of HCL, both ways. Sizes are never lost."""

from __future__ import annotations

import pytest
from atlas.drivers.sqlite.column_types import SqliteTypeNames

TYPES = SqliteTypeNames()


@pytest.mark.parametrize(
    ("sql", "hcl"),
    [
        *(
            (name, name)
            for name in """
            integer int tinyint smallint mediumint bigint int2 int8 uint64 real double float numeric decimal text
            character varchar nchar nvarchar clob blob bool boolean date datetime json jsonb uuid
            """.split()  # noqa: SIM905
        ),
        ("unsigned big int", "unsigned_big_int"),
        ("double precision", "double_precision"),
        ("varchar(255)", "varchar(255)"),
        ("native character(70)", "native_character(70)"),
        ("varying character(255)", "varying_character(255)"),
        ("numeric(10,2)", "numeric(10,2)"),
        ("int(11)", "int(11)"),
    ],
)
def test_a_type_is_written_and_read_the_same(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl
    name, _, rest = hcl.removesuffix(")").partition("(")
    assert TYPES.from_hcl(name, [int(number) for number in rest.split(",") if number]) == sql


@pytest.mark.parametrize(
    ("sql", "hcl"),
    [("INTEGER", "integer"), ("VARCHAR (255)", "varchar(255)"), ("Decimal( 10 , 2 )", "decimal(10,2)")],
)
def test_the_case_and_blanks_of_a_type_say_nothing(sql: str, hcl: str) -> None:
    assert TYPES.to_hcl(sql) == hcl


@pytest.mark.parametrize("sql", ["foo", "", "int unsigned", "varchar(max)"])
def test_what_has_no_name_is_left_to_sql(sql: str) -> None:
    assert TYPES.to_hcl(sql) is None


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nosuch", [], 'There is no type named "nosuch".'),
        ("varchar", [1, 2, 3], 'too many arguments for type definition "varchar"'),
        ("varchar", ["x"], "type \"varchar\" takes whole numbers, found 'x'"),
    ],
)
def test_wrong_types_are_refused(name: str, arguments: list[int | float | str], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        TYPES.from_hcl(name, arguments)
    assert str(error.value) == message
