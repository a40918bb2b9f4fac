"""What SQLite is told, from typed fields alone: an HCL schema has no CREATE text to copy."""

from __future__ import annotations

import pytest
from atlas.drivers.sqlite.ddl.index import create_index_text
from atlas.drivers.sqlite.ddl.table import create_table, default_text, type_text
from atlas.drivers.sqlite.ddl.view import create_trigger_text, create_view_text
from atlas.drivers.sqlite.schema_driver import SqliteSchemaDriver
from atlas.engine.plan import PlanOptions, make_plan
from atlas.errors import Unsupported
from atlas.schema import Realm, Schema
from atlas.schema.objects import Enum, SchemaObject, View
from atlas.schema.table import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)

EMPTY = Realm(dialect="sqlite", schemas=(Schema(name="main"),))


def table(*columns: Column, **fields: object) -> Table:
    return Table(schema="main", name="t", columns=columns, **fields)  # type: ignore[arg-type]


def parts(*names: str) -> tuple[IndexPart, ...]:
    return tuple(IndexPart(column=name) for name in names)


def foreign_key(name: str, column: str, **fields: object) -> ForeignKey:
    return ForeignKey(
        name=name,
        columns=(column,),
        ref_schema="main",
        ref_table="p",
        ref_columns=("id",),
        **fields,  # type: ignore[arg-type]
    )


ID = Column(name="id", type="integer", null=False)
A = Column(name="a", type="text")


def test_autoincrement_stands_at_its_column() -> None:
    key = Column(name="id", type="integer", null=False, auto_increment=True)
    assert (
        create_table(table(key, primary_key=PrimaryKey(parts=parts("id")))).text()
        == "CREATE TABLE `t` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT)"
    )


def test_other_keys_stand_behind_the_columns() -> None:
    assert (
        create_table(table(ID, A, primary_key=PrimaryKey(parts=parts("a", "id")))).text()
        == "CREATE TABLE `t` (`id` integer NOT NULL, `a` text NULL, PRIMARY KEY (`a`, `id`))"
    )


def test_a_descending_integer_key_that_is_no_rowid_stays_none() -> None:
    key = PrimaryKey(parts=(IndexPart(column="id", desc=True),))
    assert "`id` integer NOT NULL PRIMARY KEY DESC" in create_table(table(ID, primary_key=key)).text()


def test_generated_columns_options_and_collations_are_written() -> None:
    columns = (
        Column(name="e", type="int", options=(("on_conflict", "FAIL"),), null=False),
        Column(name="g", type="int", generated=Generated(expr="e*2", stored=True)),
        Column(name="v", type="int", generated=Generated(expr="e*2", stored=False)),
        Column(name="c", type="text", collation="NOCASE", default="'x'"),
    )
    found = create_table(
        table(*columns, primary_key=PrimaryKey(parts=parts("e")), without_rowid=True, strict=True)
    )
    assert found.items == (
        "`e` int NOT NULL ON CONFLICT FAIL",
        "`g` int NULL AS (e*2) STORED",
        "`v` int NULL AS (e*2) VIRTUAL",
        "`c` text NULL DEFAULT 'x' COLLATE `NOCASE`",
        "PRIMARY KEY (`e`)",
    )
    assert found.tail == ") WITHOUT ROWID, STRICT"


def test_constraints_without_a_name_get_none() -> None:
    found = create_table(
        table(
            ID,
            A,
            uniques=(Unique(name="", parts=parts("a"), options=(("on_conflict", "IGNORE"),)),),
            foreign_keys=(foreign_key("0", "id", on_delete="SET NULL"),),
            checks=(Check(name="", expr="a > ''"),),
        )
    )
    assert found.items[2:] == (
        "UNIQUE (`a`) ON CONFLICT IGNORE",
        "FOREIGN KEY (`id`) REFERENCES `p` (`id`) ON DELETE SET NULL",
        "CHECK (a > '')",
    )


def test_constraints_with_a_name_keep_it() -> None:
    found = create_table(
        table(
            ID,
            primary_key=PrimaryKey(parts=parts("id"), name="pk"),
            uniques=(Unique(name="u", parts=parts("id")),),
            foreign_keys=(foreign_key("f`k", "id", deferrable=True, initially_deferred=True, match="FULL"),),
            checks=(Check(name="ck", expr="1"),),
        )
    )
    assert found.items[1:] == (
        "CONSTRAINT `pk` PRIMARY KEY (`id`)",
        "CONSTRAINT `u` UNIQUE (`id`)",
        "CONSTRAINT `f``k` FOREIGN KEY (`id`) REFERENCES `p` (`id`) MATCH FULL DEFERRABLE INITIALLY DEFERRED",
        "CONSTRAINT `ck` CHECK (1)",
    )


def test_foreign_keys_are_in_an_order_that_gives_them_their_numbers_again() -> None:
    keys = (foreign_key("0", "a"), foreign_key("2", "b"), foreign_key("named", "c"))
    found = create_table(table(ID, foreign_keys=keys)).items[1:]
    assert [item.partition("(`")[2][0] for item in found] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((1, 3), ["UNIQUE", "PRIMARY", "UNIQUE"]), ((2,), ["PRIMARY", "UNIQUE"]), ((), ["PRIMARY"])],
)
def test_keys_are_in_an_order_that_gives_their_indexes_the_same_numbers(
    numbers: tuple[int, ...], expected: list[str]
) -> None:
    uniques = tuple(
        Unique(name="", parts=parts(f"u{number}"), options=(("autoindex", f"sqlite_autoindex_t_{number}"),))
        for number in numbers
    )
    found = create_table(table(A, primary_key=PrimaryKey(parts=parts("a")), uniques=uniques)).items[1:]
    assert [item.split()[0] for item in found] == expected


@pytest.mark.parametrize(
    ("default", "text"),
    [
        ("5", "5"),
        ("-1.5", "-1.5"),
        ("'it''s'", "'it''s'"),
        ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("x'00'", "x'00'"),
        ("1 + 1", "(1 + 1)"),
        ("abs(-3)", "(abs(-3))"),
        ("- - 1", "(- - 1)"),
    ],
)
def test_a_default_that_is_no_literal_is_in_parentheses(default: str, text: str) -> None:
    assert default_text(default) == text


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("VARCHAR(10)", "varchar(10)"),
        ("double precision", "double precision"),
        ("a-b", "`a-b`"),
        ("x;y", "`x;y`"),
        ("", ""),
    ],
)
def test_types_are_in_lower_case_and_odd_ones_in_quotes(declared: str, text: str) -> None:
    assert type_text(declared) == text


def test_indexes_have_expressions_in_parentheses() -> None:
    index = Index(
        name="i",
        unique=True,
        parts=(IndexPart(column="a", collation="NOCASE", desc=True), IndexPart(expr="lower(a)")),
        where="a > 0",
    )
    assert (
        create_index_text("t", index).text()
        == "CREATE UNIQUE INDEX `i` ON `t` (`a` COLLATE `NOCASE` DESC, (lower(a))) WHERE a > 0"
    )


def test_a_trigger_is_made_of_its_fields() -> None:
    trigger = Trigger(
        name="tr",
        timing="INSTEAD OF",
        events=("UPDATE",),
        update_of=("a",),
        when="new.a > 0",
        body="BEGIN SELECT 1; END",
    )
    assert (
        create_trigger_text("v", trigger).text()
        == "CREATE TRIGGER `tr` INSTEAD OF UPDATE OF `a` ON `v` FOR EACH ROW WHEN new.a > 0 BEGIN SELECT 1; END"
    )


def test_a_view_names_its_columns_only_where_its_text_does() -> None:
    view = View(schema="main", name="v", definition="SELECT 1", columns=(A,))
    named = View(schema="main", name="v", definition="SELECT 1", options=(("columns", "`a`"),))
    assert create_view_text(view).text() == "CREATE VIEW `v` AS SELECT 1"
    assert create_view_text(named).text() == "CREATE VIEW `v` (`a`) AS SELECT 1"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Enum(schema="main", name="e", values=("a",)), r"enum main\.e: SQLite has no such objects"),
        (table(A, comment="c"), r"table main\.t: SQLite keeps no comments"),
        (
            table(Column(name="a", type="text", comment="c")),
            r"column main\.t\.a: SQLite keeps no comments",
        ),
        (
            table(A, excludes=(Exclude(name="x", parts=parts("a")),)),
            r"table main\.t: SQLite has no excludes",
        ),
        (
            table(A, indexes=(Index(name="i", parts=parts("a"), method="gin"),)),
            r"index main\.t\.i: SQLite indexes are plain",
        ),
    ],
)
def test_what_sqlite_has_not_is_refused_by_name(item: SchemaObject, words: str) -> None:
    desired = Realm(dialect="sqlite", schemas=EMPTY.schemas, objects=(item,))
    with pytest.raises(Unsupported, match=words):
        make_plan(SqliteSchemaDriver(), EMPTY, desired, PlanOptions(bound="main"))


def test_another_schema_is_refused() -> None:
    desired = Realm(dialect="sqlite", schemas=(Schema(name="other"),))
    with pytest.raises(Unsupported, match='schema "other": SQLite has one schema, "main"'):
        make_plan(SqliteSchemaDriver(), EMPTY, desired, PlanOptions(bound="main"))
