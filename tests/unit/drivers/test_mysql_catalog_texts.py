"""Texts of MySQL's and MariaDB's catalogs, brought to one form; MySQL's are those of its manual."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.diff import differs
from atlas.drivers.mysql.inspect.dialect import default_of, expression, is_enclosed, type_text
from atlas.drivers.mysql.inspect.options import table_options
from atlas.schema import Schema
from atlas.schema.objects import Routine, View
from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart


@pytest.mark.parametrize(
    ("text", "type_name", "extra", "expected"),
    [
        ("", "int", "", None),
        ("=5", "int", "", "5"),
        ("=-1.50", "decimal(5,2)", "", "-1.50"),
        ("=", "varchar(9)", "", "''"),
        ("=it's \\", "varchar(9)", "", "'it''s \\\\'"),
        ("=NULL", "varchar(9)", "", "'NULL'"),
        ("=b'101'", "bit(3)", "", "b'101'"),
        ("=0x00FF", "varbinary(4)", "", "0x00FF"),
        ("=0x00FF", "varchar(9)", "", "'0x00FF'"),
        ("=2020-01-01", "date", "", "'2020-01-01'"),
        ("=CURRENT_TIMESTAMP(3)", "datetime(3)", "DEFAULT_GENERATED", "CURRENT_TIMESTAMP(3)"),
        ("=uuid()", "char(36)", "DEFAULT_GENERATED", "(uuid())"),
        ("=concat(_utf8mb4\\'a\\',`b`)", "text", "DEFAULT_GENERATED", "(concat(_utf8mb4'a',`b`))"),
    ],
)
def test_a_default_of_mysql_becomes_an_expression(
    text: str, type_name: str, extra: str, expected: str | None
) -> None:
    assert default_of(text, column_type=type_name, extra=extra, is_mariadb=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(`a` > 1)", "`a` > 1"),
        ("((`a` > 1) and (`b` < 2))", "(`a` > 1) and (`b` < 2)"),
        ("(`a` > 1) and (`b` < 2)", "(`a` > 1) and (`b` < 2)"),
        ("(`n` = _utf8mb4\\'it)s\\')", "`n` = _utf8mb4'it)s'"),
    ],
)
def test_an_expression_of_mysql_loses_its_outer_parentheses_and_escapes(text: str, expected: str) -> None:
    assert expression(text, is_mariadb=False) == expected


def test_parentheses_within_quotes_enclose_nothing() -> None:
    assert is_enclosed("('a)(b')")
    assert not is_enclosed("(a) = ')' or (b)")


def test_widths_that_say_nothing_are_dropped_from_integers_alone() -> None:
    assert [
        type_text(text) for text in ("int(11)", "int(5) unsigned zerofill", "tinyint(1)", "set('int(3)')")
    ] == [
        "int",
        "int(5) unsigned zerofill",
        "tinyint(1)",
        "set('int(3)')",
    ]


def test_options_of_a_table_are_read_however_they_are_quoted() -> None:
    text = "max_rows=10 row_format=DYNAMIC `page_compressed`='1' partitioned COMPRESSION=\"zlib\" encryption='it''s'"

    assert dict(table_options(text)) == {
        "max_rows": "10",
        "row_format": "DYNAMIC",
        "page_compressed": "1",
        "compression": "zlib",
        "encryption": "it's",
    }


def test_what_two_catalogs_say_in_two_ways_is_no_difference() -> None:
    def key(action: str) -> ForeignKey:
        return ForeignKey(
            name="f", columns=("a",), ref_schema="s", ref_table="t", ref_columns=("b",), on_delete=action
        )

    parts = (IndexPart(column="a"),)
    pairs = (
        (key("RESTRICT"), key("NO ACTION")),
        (Column(name="c", type="int(11)"), Column(name="c", type="int")),
        (Index(name="i", parts=parts, method="btree"), Index(name="i", parts=parts)),
        (Check(name="c", expr="`c` > 0", column="c"), Check(name="c", expr="`c` > 0")),
        (Schema(name="s", charset="latin1", collation="latin1_bin"), Schema(name="s")),
        (
            Routine(schema="s", name="f", body="x", data_access="CONTAINS SQL", language="SQL"),
            Routine(schema="s", name="f", body="x", security_definer=True),
        ),
    )

    assert [differs(*pair) for pair in pairs] == [frozenset()] * len(pairs)
    assert differs(key("CASCADE"), key("RESTRICT")) == {"on_delete"}
    assert differs(Schema(name="s", charset="latin1"), Schema(name="s", charset="utf8mb4")) == {"charset"}


def test_an_owner_is_compared_only_when_the_desired_state_names_one() -> None:
    def view(*options: tuple[str, str]) -> View:
        return View(schema="s", name="v", definition="select 1", options=options)

    owned, other = ("definer", "a@%"), ("definer", "b@%")

    assert differs(view(owned), view()) == frozenset()
    assert differs(view(owned), view(("algorithm", "MERGE"))) == {"options"}
    assert differs(view(owned), view(other)) == {"options"}
    assert differs(view(), view(other)) == {"options"}
