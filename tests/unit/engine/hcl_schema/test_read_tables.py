"""What each block and attribute of a table says, one case each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.schema.table import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    Generated,
    Identity,
    Index,
    IndexPart,
    Partition,
    PartitionBy,
    PartitionOf,
    PrimaryKey,
    Table,
    Unique,
)

from tests.unit.engine.hcl_schema.reading import T, realm

A, B = IndexPart(column="a"), IndexPart(column="b")


def table(inner: str, dialect: str = "postgres") -> Table:
    return realm(T % inner, dialect).tables[0]


def column(inner: str, dialect: str = "postgres", kind: str = "type = int") -> Column:
    return table(f'column "c" {{\n{kind}\n{inner}\n}}', dialect).columns[-1]


PLAIN = Column(name="c", type="integer", null=False)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("", PLAIN),
        ("null = true", replace(PLAIN, null=True)),
        ("default = 5", replace(PLAIN, default="5")),
        ("default = 1.50", replace(PLAIN, default="1.50")),
        ("default = -5", replace(PLAIN, default="-5")),
        ("default = 9223372036854775807", replace(PLAIN, default="9223372036854775807")),
        ('default = "it\'s"', replace(PLAIN, default="'it''s'")),
        ("default = true", replace(PLAIN, default="true")),
        ('default = sql("now()")', replace(PLAIN, default="now()")),
        ("default = null", PLAIN),
        ('comment = "c"', replace(PLAIN, comment="c")),
        ('collate = "C"', replace(PLAIN, collation="C")),
        ('as = "(a * 2)"', replace(PLAIN, generated=Generated(expr="a * 2", stored=True))),
        ('as {\nexpr = "a"\ntype = STORED\n}', replace(PLAIN, generated=Generated(expr="a"))),
        ("identity {}", replace(PLAIN, identity=Identity())),
        ("identity { generated = ALWAYS }", replace(PLAIN, identity=Identity(always=True))),
        (
            "identity {\nstart = 10\nincrement = 5\nmin_value = 1\nmax_value = 99\ncache = 2\ncycle = true\n}",
            replace(
                PLAIN,
                identity=Identity(start=10, increment=5, min_value=1, max_value=99, cache=2, cycle=True),
            ),
        ),
        ('options = { storage = "MAIN" }', replace(PLAIN, options=(("storage", "MAIN"),))),
    ],
)
def test_an_attribute_of_a_column_says_a_field(inner: str, expected: Column) -> None:
    assert column(inner) == expected


@pytest.mark.parametrize(
    ("inner", "kind", "expected"),
    [
        ("unsigned = true", "type = bigint", Column(name="c", type="bigint unsigned", null=False)),
        ("unsigned = false", "type = bigint", Column(name="c", type="bigint", null=False)),
        (
            "auto_increment = true",
            "type = int",
            Column(name="c", type="int", null=False, auto_increment=True),
        ),
        ("", 'type = enum("a","b\'c")', Column(name="c", type="enum('a','b''c')", null=False)),
        ('charset = "latin1"', "type = text", Column(name="c", type="text", null=False, charset="latin1")),
        (
            'on_update = sql("now()")',
            "type = timestamp(3)",
            Column(name="c", type="timestamp(3)", null=False, on_update="now()"),
        ),
        ("invisible = true", "type = int", Column(name="c", type="int", null=False, invisible=True)),
        ('default = "a\\\\b"', "type = text", Column(name="c", type="text", null=False, default="'a\\\\b'")),
        (
            'as = "a + 1"',
            "type = int",
            Column(name="c", type="int", null=False, generated=Generated(expr="a + 1", stored=False)),
        ),
        (
            'as {\nexpr = "a"\ntype = PERSISTENT\n}',
            "type = int",
            Column(name="c", type="int", null=False, generated=Generated(expr="a", stored=True)),
        ),
    ],
)
def test_a_column_of_mysql_says_more(inner: str, kind: str, expected: Column) -> None:
    assert column(inner, "mysql", kind) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("columns = [column.a]", Index(name="i", parts=(A,))),
        ("columns = [table.t.column.a, column.b]", Index(name="i", parts=(A, B))),
        ("columns = [table.s.t.column.a]", Index(name="i", parts=(A,))),
        ("unique = true\ncolumns = [column.a]", Index(name="i", parts=(A,), unique=True)),
        ("type = BTREE\ncolumns = [column.a]", Index(name="i", parts=(A,))),
        ("type = GiST\ncolumns = [column.a]", Index(name="i", parts=(A,), method="gist")),
        ('type = "bloom"\ncolumns = [column.a]', Index(name="i", parts=(A,), method="bloom")),
        ('where = "(a > 1)"\ncolumns = [column.a]', Index(name="i", parts=(A,), where="a > 1")),
        ("include = [column.b]\ncolumns = [column.a]", Index(name="i", parts=(A,), include=("b",))),
        ("nulls_distinct = false\ncolumns = [column.a]", Index(name="i", parts=(A,), nulls_distinct=False)),
        (
            "page_per_range = 8\ncolumns = [column.a]",
            Index(name="i", parts=(A,), options=(("pages_per_range", "8"),)),
        ),
        ('on { expr = "lower(b)" }', Index(name="i", parts=(IndexPart(expr="lower(b)"),))),
        (
            "on {\ncolumn = column.a\ndesc = true\nnulls_last = true\n}",
            Index(name="i", parts=(IndexPart(column="a", desc=True, nulls="last"),)),
        ),
        ("on {\ncolumn = column.a\nnulls_last = true\n}", Index(name="i", parts=(A,))),
        (
            "on {\ncolumn = column.b\nops = text_pattern_ops\n}",
            Index(name="i", parts=(IndexPart(column="b", opclass="text_pattern_ops"),)),
        ),
        (
            'on {\ncolumn = column.b\nops = sql("gist_trgm_ops(siglen=8)")\n}',
            Index(name="i", parts=(IndexPart(column="b", opclass="gist_trgm_ops(siglen=8)"),)),
        ),
        ('comment = "c"\ncolumns = [column.a]', Index(name="i", parts=(A,), comment="c")),
    ],
)
def test_an_index_says_its_parts(inner: str, expected: Index) -> None:
    assert table(f'index "i" {{\n{inner}\n}}').indexes == (expected,)


def test_an_index_of_mysql_has_prefixes_and_a_parser() -> None:
    inner = 'index "i" {\ntype = FULLTEXT\nparser = ngram\non {\ncolumn = column.b\nprefix = 10\n}\n}'
    assert table(inner, "mysql").indexes == (
        Index(name="i", parts=(IndexPart(column="b", prefix=10),), method="fulltext", parser="ngram"),
    )


def test_an_autoindex_of_sqlite_is_a_unique_constraint() -> None:
    found = table('index "sqlite_autoindex_t_1" {\nunique = true\ncolumns = [column.a]\n}', "sqlite")
    assert (found.indexes, found.uniques) == ((), (Unique(name="", parts=(A,)),))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("primary_key { columns = [column.a] }", PrimaryKey(parts=(A,))),
        ('primary_key "k" { columns = [column.a] }', PrimaryKey(parts=(A,), name="k")),
        (
            "primary_key {\ncolumns = [column.a]\ninclude = [column.b]\n}",
            PrimaryKey(parts=(A,), include=("b",)),
        ),
        (
            "primary_key {\ncolumns = [column.a]\ndeferrable = true\ninitially_deferred = true\n}",
            PrimaryKey(parts=(A,), deferrable=True, initially_deferred=True),
        ),
    ],
)
def test_a_primary_key(inner: str, expected: PrimaryKey) -> None:
    assert table(inner).primary_key == expected


def test_a_unique_block_is_a_constraint() -> None:
    assert table('unique "u" { columns = [column.a] }').uniques == (Unique(name="u", parts=(A,)),)


def test_a_foreign_key_takes_its_actions_in_words_with_underscores() -> None:
    inner = """foreign_key "f" {
      columns     = [column.a]
      ref_columns = [column.b]
      on_update   = NO_ACTION
      on_delete   = "SET NULL"
    }"""
    assert table(inner).foreign_keys == (
        ForeignKey(
            name="f", columns=("a",), ref_schema="s", ref_table="t", ref_columns=("b",), on_delete="SET NULL"
        ),
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('check "c" { expr = "((a > 1) AND (b < 2))" }', Check(name="c", expr="(a > 1) AND (b < 2)")),
        ('check { expr = "a > 1" }', Check(name="", expr="a > 1")),
        ('check "c" {\nexpr = "a"\nenforced = false\n}', Check(name="c", expr="a", enforced=False)),
    ],
)
def test_a_check_has_no_outer_parentheses(inner: str, expected: Check) -> None:
    assert table(inner).checks == (expected,)


def test_an_exclusion_constraint_has_operators() -> None:
    inner = 'exclude "e" {\ntype = GIST\non {\ncolumn = column.a\nop = "&&"\n}\n}'
    assert table(inner).excludes == (Exclude(name="e", parts=(IndexPart(column="a", operator="&&"),)),)


def test_row_security_is_enabled_and_enforced() -> None:
    found = table("row_security {\nenabled = true\nenforced = true\n}")
    assert (found.row_security, found.forced_row_security) == (True, True)


@pytest.mark.parametrize(
    ("inner", "dialect", "expected"),
    [
        (
            "partition {\ntype = LIST\ncolumns = [column.a]\n}",
            "postgres",
            PartitionBy(method="LIST", parts=(A,)),
        ),
        (
            'partition {\ntype = HASH\nby { expr = "a + 1" }\n}',
            "postgres",
            PartitionBy(method="HASH", parts=(IndexPart(expr="a + 1"),)),
        ),
        (
            'partition {\ntype = RANGE\nby { expr = "a" }\npartition "p" { values_less_than = ["9"] }\n}',
            "mysql",
            PartitionBy(
                method="RANGE",
                parts=(IndexPart(expr="a"),),
                partitions=(Partition(name="p", values="LESS THAN (9)"),),
            ),
        ),
        (
            "partition {\ntype = LINEAR_KEY\ncolumns = [column.a]\ncount = 4\n}",
            "mysql",
            PartitionBy(method="LINEAR KEY", parts=(A,), count=4),
        ),
    ],
)
def test_a_table_says_how_it_is_partitioned(inner: str, dialect: str, expected: PartitionBy) -> None:
    assert table(inner, dialect).partition_by == expected


def test_a_partition_names_its_parent() -> None:
    child = 'table "p" {\nschema = schema.s\npartition_of {\ntable = table.t\nbound = "DEFAULT"\n}\n}\n'
    found = {each.name: each for each in realm(child + T % "").tables}
    assert found["p"].partition_of == PartitionOf(schema="s", table="t", bound="DEFAULT")


@pytest.mark.parametrize(
    ("inner", "dialect", "fields"),
    [
        ('comment = "c"', "postgres", {"comment": "c"}),
        ("unlogged = true", "postgres", {"unlogged": True}),
        ("inherits = [table.t]", "postgres", {"inherits": (("s", "t"),)}),
        ('options = { fillfactor = "70" }', "postgres", {"options": (("fillfactor", "70"),)}),
        ("engine = InnoDB", "mysql", {"engine": "InnoDB"}),
        ('engine = "Aria"', "mysql", {"engine": "Aria"}),
        ('charset = "latin1"', "mysql", {"charset": "latin1"}),
        ('collate = "latin1_bin"', "mysql", {"collation": "latin1_bin"}),
        ("auto_increment = 50", "mysql", {"auto_increment": 50}),
        ("without_rowid = true", "sqlite", {"without_rowid": True}),
        ("strict = true", "sqlite", {"strict": True}),
    ],
)
def test_a_table_has_settings(inner: str, dialect: str, fields: dict[str, object]) -> None:
    found = realm(f'table "u" {{\nschema = schema.s\n{inner}\n}}\n{T % ""}', dialect)
    other = next(each for each in found.tables if each.name == "u")
    assert {name: getattr(other, name) for name in fields} == fields
