"""What is said of MySQL and MariaDB alone: values nobody wrote, keys that are not made, ALTERs that copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.schema.table import (
    ForeignKey,
    Generated,
    IndexPart,
    Partition,
    PartitionBy,
    PrimaryKey,
    Table,
)

from tests.unit.engine.lint.sight import codes, column, index, realm, seen, table, told

T = table("t", column("id"), column("n"))
COPY = "copies the table and blocks writes meanwhile"


def between(
    before: Table, after: Table, text: str = "ALTER TABLE t …;", dialect: str = "mariadb"
) -> list[str]:
    return told(seen([text], [realm(dialect, before), realm(dialect, after)]))


@pytest.mark.parametrize(
    ("type_text", "said"),
    [
        ("int(11)", ("int", "0")),
        ("decimal(10,2)", ("decimal", "0")),
        ("bigint unsigned", ("bigint", "0")),
        ("varchar(20)", ("varchar", '""')),
        ("text", ("text", '""')),
        ("enum('it''s','b')", ("enum", '"it\'s"')),
        ("set('a','b')", ("set", '""')),
    ],
)
def test_rows_are_given_a_value_that_nobody_wrote(type_text: str, said: tuple[str, str]) -> None:
    kind, value = said

    assert between(T, table("t", *T.columns, column("c", type_text, null=False))) == [
        (
            f'MY101 Adding a non-nullable "{kind}" column "c" on table "t" without a default value implicitly sets '
            f"existing rows with {value}"
        )
    ]


@pytest.mark.parametrize("type_text", ["date", "datetime", "timestamp", "point"])
def test_rows_are_refused_where_there_is_no_such_value(type_text: str) -> None:
    assert between(T, table("t", *T.columns, column("c", type_text, null=False))) == [
        f'MF103 Adding a non-nullable "{type_text}" column "c" will fail in case table "t" is not empty'
    ]


KEY = ForeignKey(name="k", columns=("c",), ref_schema="app", ref_table="p", ref_columns=("id",))
WITH_C = table("t", *T.columns, column("c"))


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE t ADD COLUMN c int REFERENCES p(id);",
        "ALTER TABLE t ADD `c` int COMMENT 'a, b' REFERENCES p(id);",
        "ALTER TABLE t ADD c int references p (id), ADD d int;",
    ],
)
def test_inline_references_that_made_no_key(text: str) -> None:
    assert between(T, WITH_C, text) == [
        'MY102 Defining column "c" with inline REFERENCES is ignored by MySQL'
    ]


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (replace(WITH_C, foreign_keys=(KEY,)), "ALTER TABLE t ADD COLUMN c int REFERENCES p(id);"),
        (WITH_C, "ALTER TABLE t ADD COLUMN c int COMMENT 'references';"),
        (WITH_C, "ALTER TABLE t ADD COLUMN c int, ADD d int REFERENCES p(id);"),
    ],
)
def test_references_that_are_no_finding(after: Table, text: str) -> None:
    assert "MY102" not in [line.split()[0] for line in between(T, after, text)]


def test_inline_references_of_a_new_table() -> None:
    file = seen(
        ["CREATE TABLE t (id int, c int REFERENCES p(id));"],
        [realm("mysql"), realm("mysql", table("t", column("id"), column("c")))],
    )

    assert codes(file) == ["MY102"]


def values(kind: str, *names: str) -> str:
    return f"{kind}({','.join(repr(name) for name in names)})"


MANY = tuple(f"v{number}" for number in range(255))


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        (values("enum", "a", "b"), values("enum", "a", "b", "c"), []),
        (values("enum", "a", "b"), values("enum", "a"), ["MY110"]),
        (values("enum", "a", "b"), values("enum", "b", "a"), ["MY111"]),
        (values("enum", "a", "b"), values("enum", "a", "c", "b"), ["MY112"]),
        (values("enum", *MANY), values("enum", *MANY, "one"), ["MY113"]),
        (values("set", "a", "b"), values("set", "a", "b", "c"), []),
        (values("set", "a", "b"), values("set", "b"), ["MY120"]),
        (values("set", "a", "b"), values("set", "b", "a"), ["MY121"]),
        (values("set", "a", "b"), values("set", "c", "a", "b"), ["MY122"]),
        (values("set", *MANY[:8]), values("set", *MANY[:9]), ["MY123"]),
        ("varchar(20)", "varchar(40)", []),
        ("varchar(20)", "varchar(200)", ["MY130"]),
        ("varchar(100)", "varchar(200)", []),
        ("int(11)", "int(10)", []),
        ("int", "bigint", ["MY130"]),
        ("varchar(20)", "text", ["MY130"]),
    ],
)
def test_types_that_are_copied(current: str, desired: str, expected: list[str]) -> None:
    found = between(table("t", column("c", current)), table("t", column("c", desired)))

    assert [line.split()[0] for line in found if not line.startswith("MF")] == expected


def test_the_words_of_a_copy() -> None:
    assert between(table("t", column("c", "enum('a','b')")), table("t", column("c", "enum('a')"))) == [
        f'MY110 Removing enum values from column "c" of table "t" {COPY}'
    ]
    assert between(T, table("t", column("id"), column("n", "bigint"))) == [
        f'MY130 Changing column "n" of table "t" from "int" to "bigint" {COPY}'
    ]


PRIMARY = PrimaryKey(parts=(IndexPart(column="id"),))
RANGES = PartitionBy(
    method="RANGE", parts=(IndexPart(expr="id"),), partitions=(Partition(name="p", values="LESS THAN (9)"),)
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (WITH_C, replace(WITH_C, foreign_keys=(KEY,)), ["MY131"]),
        (T, replace(T, primary_key=PRIMARY), ["MY132"]),
        (replace(T, primary_key=PRIMARY), T, ["CD103", "MY133"]),
        (T, replace(T, indexes=(index("i", "n", method="fulltext"),)), ["MY134"]),
        (T, replace(T, indexes=(index("i", "n", method="spatial"),)), ["MY135"]),
        (T, replace(T, charset="latin1"), ["MY136"]),
        (
            replace(T, primary_key=PRIMARY),
            replace(T, primary_key=PrimaryKey(parts=(IndexPart(column="n"),))),
            ["MY137"],
        ),
        (T, replace(T, engine="MyISAM"), ["MY138"]),
        (T, replace(T, partition_by=RANGES), ["MY139"]),
        (T, table("t", *T.columns, column("c", generated=Generated(expr="n"))), ["MY140"]),
        (T, table("t", *T.columns, column("c", null=False, auto_increment=True)), ["MY141"]),
        (T, replace(T, comment="harmless"), []),
        (T, replace(T, indexes=(index("i", "n"),)), []),
        (T, table("t", *T.columns, column("c", generated=Generated(expr="n", stored=False))), []),
    ],
)
def test_what_copies_rebuilds_or_blocks(before: Table, after: Table, expected: list[str]) -> None:
    assert [line.split()[0] for line in between(before, after)] == expected


def test_a_column_in_the_middle_is_said_of_mysql_alone() -> None:
    middle = table("t", column("id"), column("c"), column("n"))

    assert between(T, middle, dialect="mysql") == [
        'MY142 Adding column "c" before other columns of table "t" is not instant before MySQL 8.0.29'
    ]
    assert between(T, middle, dialect="mariadb") == []
    assert between(T, table("t", *T.columns, column("c"), column("d")), dialect="mysql") == []
