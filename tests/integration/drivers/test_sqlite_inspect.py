"""What is read of a real SQLite database: all of it, in few queries, and what is not modelled by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.drivers.sqlite.database import SqliteDatabase, open_database
from atlas.drivers.sqlite.schema_driver import SqliteSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.errors import Unsupported
from atlas.schema import Kind, Realm, fingerprint, flatten
from atlas.schema.objects import View
from atlas.schema.options import option
from atlas.schema.table import IndexPart, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPE = Scope(bound="main")


@pytest.fixture
def database() -> Iterator[SqliteDatabase]:
    found = open_database(parse_database_url("sqlite://:memory:"))
    yield found
    found.session.close()


def read(database: SqliteDatabase, sql: str = "") -> Realm:
    database.session.connection.executescript(sql)
    return SqliteSchemaDriver().inspect(database, SCOPE)


def table(database: SqliteDatabase, sql: str) -> Table:
    return read(database, sql).tables[-1]


def test_an_empty_database_is_the_schema_main(database: SqliteDatabase) -> None:
    realm = read(database)
    assert [schema.name for schema in realm.schemas] == ["main"]
    assert realm.objects == ()


def test_columns_have_types_defaults_and_words_as_declared(database: SqliteDatabase) -> None:
    found = table(
        database,
        """CREATE TABLE t (
          a varchar(20) NOT NULL DEFAULT 'it''s', b, c numeric(10,2) DEFAULT -1.5, d text DEFAULT (datetime('now')),
          e int AS (a * 2) STORED, f int GENERATED ALWAYS AS (c), g text COLLATE nocase,
          h text NOT NULL ON CONFLICT IGNORE, i DEFAULT NULL)""",
    )
    columns = {column.name: column for column in found.columns}
    assert [columns[name].type for name in "abc"] == ["varchar(20)", "", "numeric(10,2)"]
    assert [columns[name].default for name in "abcdi"] == ["'it''s'", None, "-1.5", "datetime('now')", "NULL"]
    assert [columns[name].null for name in "abh"] == [False, True, False]
    assert columns["e"].generated is not None
    assert (columns["e"].generated.expr, columns["e"].generated.stored) == ("a * 2", True)
    assert columns["f"].generated is not None
    assert not columns["f"].generated.stored
    assert columns["g"].collation == "nocase"
    assert option(columns["h"].options, "on_conflict") == "IGNORE"


def test_the_order_of_a_composite_key_is_its_own(database: SqliteDatabase) -> None:
    found = table(database, "CREATE TABLE t (a int, b int, PRIMARY KEY (b, a))")
    assert found.primary_key is not None
    assert [part.column for part in found.primary_key.parts] == ["b", "a"]


def test_names_of_columns_are_spelled_as_the_columns_are(database: SqliteDatabase) -> None:
    found = table(
        database,
        """CREATE TABLE P (Id integer PRIMARY KEY);
        CREATE TABLE t (Ab int, "C d" int, primary key (AB), UNIQUE ("c D"), FOREIGN KEY (aB) REFERENCES p (ID))""",
    )
    assert found.primary_key is not None
    assert found.primary_key.parts[0].column == "Ab"
    assert found.uniques[0].parts[0].column == "C d"
    key = found.foreign_keys[0]
    assert (key.columns, key.ref_table, key.ref_columns) == (("Ab",), "P", ("Id",))


def test_a_key_to_a_table_without_columns_means_its_primary_key(database: SqliteDatabase) -> None:
    found = table(
        database,
        "CREATE TABLE p (a, b, PRIMARY KEY (b, a)); CREATE TABLE c (x, y, FOREIGN KEY (x, y) REFERENCES p)",
    )
    assert found.foreign_keys[0].ref_columns == ("b", "a")


def test_a_key_to_what_does_not_exist_stays_as_written(database: SqliteDatabase) -> None:
    assert table(database, "CREATE TABLE c (x REFERENCES nowhere)").foreign_keys[0].ref_columns == ()


def test_nameless_foreign_keys_are_called_by_their_number(database: SqliteDatabase) -> None:
    found = table(
        database,
        "CREATE TABLE t (id integer PRIMARY KEY, a REFERENCES t, b CONSTRAINT fk REFERENCES t, c REFERENCES t)",
    )
    assert [(key.name, key.columns) for key in found.foreign_keys] == [
        ("0", ("c",)),
        ("2", ("a",)),
        ("fk", ("b",)),
    ]


def test_a_number_is_no_identity(database: SqliteDatabase) -> None:
    first = flatten(read(database, "CREATE TABLE t (id integer PRIMARY KEY, a REFERENCES t)"))
    second = flatten(read(database, "ALTER TABLE t ADD COLUMN b REFERENCES t"))
    kept = {key for key in first if key.kind is Kind.FOREIGN_KEY}
    assert len(kept) == 1
    assert kept < set(second)


def test_uniques_know_their_index_and_a_repeated_one_is_none(database: SqliteDatabase) -> None:
    found = table(
        database,
        "CREATE TABLE t (a text UNIQUE, b text PRIMARY KEY, UNIQUE (a), UNIQUE (b), CONSTRAINT u UNIQUE (b, a) ON CONFLICT FAIL)",
    )
    assert [(unique.name, option(unique.options, "autoindex")) for unique in found.uniques] == [
        ("", "sqlite_autoindex_t_1"),
        ("u", "sqlite_autoindex_t_3"),
    ]
    assert option(found.uniques[1].options, "on_conflict") == "FAIL"


def test_indexes_have_expressions_directions_collations_and_predicates(database: SqliteDatabase) -> None:
    found = table(
        database,
        """CREATE TABLE t (a text COLLATE nocase, b int);
        CREATE UNIQUE INDEX i ON t (a, a COLLATE binary DESC, lower(a) DESC, (b + 1)) where b > 0""",
    ).indexes[0]
    assert found.unique
    assert found.where == "b > 0"
    assert found.parts == (
        IndexPart(column="a"),
        IndexPart(column="a", desc=True, collation="binary"),
        IndexPart(expr="lower(a)", desc=True),
        IndexPart(expr="b + 1"),
    )


def test_descending_rowid_aliases_are_told_from_those_that_are_none(database: SqliteDatabase) -> None:
    alias = table(database, "CREATE TABLE t (id integer, PRIMARY KEY (id DESC))").primary_key
    none = table(database, "CREATE TABLE u (id integer PRIMARY KEY DESC)").primary_key
    assert alias is not None
    assert none is not None
    assert not alias.parts[0].desc
    assert none.parts[0].desc


def test_options_of_tables_are_read(database: SqliteDatabase) -> None:
    found = table(database, "CREATE TABLE t (a text PRIMARY KEY) WITHOUT ROWID, STRICT")
    assert found.without_rowid
    assert found.strict


def test_views_and_triggers_depend_on_what_they_name(database: SqliteDatabase) -> None:
    realm = read(
        database,
        """CREATE TABLE a (x); CREATE TABLE b (y REFERENCES a (x)); CREATE VIEW v AS SELECT x FROM "A";
        CREATE TRIGGER tr AFTER INSERT ON a BEGIN DELETE FROM b; END;""",
    )
    assert sorted(f"{first} needs {second}" for first, second in realm.dependencies) == [
        "table main.b needs table main.a",
        "trigger main.a.tr needs table main.a",
        "trigger main.a.tr needs table main.b",
        "view main.v needs table main.a",
    ]


def test_columns_of_views_are_read_unless_a_view_is_broken(database: SqliteDatabase) -> None:
    view = read(database, "CREATE TABLE t (a int); CREATE VIEW v (b) AS SELECT a FROM t").of(View)[0]
    assert [(column.name, column.type) for column in view.columns] == [("b", "INT")]
    views = read(database, "CREATE VIEW broken AS SELECT 1 FROM nowhere").of(View)
    assert [view.columns for view in views] == [(), ()]


def test_virtual_tables_are_named_and_their_shadows_are_not(database: SqliteDatabase) -> None:
    realm = read(database, "CREATE VIRTUAL TABLE found USING fts5 (body); CREATE TABLE t (a)")
    assert [(each.kind, each.name) for each in realm.unmodelled] == [("virtual table", "main.found")]
    assert [each.name for each in realm.tables] == ["t"]


def test_tables_of_the_library_and_temporary_ones_are_not_ours(database: SqliteDatabase) -> None:
    realm = read(
        database,
        "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT); CREATE TEMP TABLE w (x); CREATE TEMP TABLE t (y); ANALYZE",
    )
    assert [(each.name, each.columns[0].name) for each in realm.tables] == [("t", "id")]
    assert realm.unmodelled == ()


def test_tables_are_in_the_order_of_creation(database: SqliteDatabase) -> None:
    assert [
        each.name
        for each in read(database, "CREATE TABLE z (a); CREATE TABLE b (a); CREATE TABLE m (a)").tables
    ] == ["z", "b", "m"]


def test_the_number_of_queries_does_not_grow(database: SqliteDatabase) -> None:
    statements: list[str] = []
    read(
        database,
        "".join(
            f"CREATE TABLE t{number} (a UNIQUE); CREATE VIEW v{number} AS SELECT 1;" for number in range(30)
        ),
    )
    query = database.session.query
    database.session.query = lambda statement, values=(): (
        statements.append(statement),
        query(statement, values),
    )[1]  # type: ignore[method-assign]
    read(database)
    assert len(statements) == 6


def test_two_readings_have_one_fingerprint(database: SqliteDatabase) -> None:
    assert fingerprint(read(database, "CREATE TABLE t (a, b UNIQUE)")) == fingerprint(read(database))


def test_a_definition_that_was_tampered_with_is_refused_by_name(database: SqliteDatabase) -> None:
    read(database, "CREATE TABLE t (a int, b int)")
    with pytest.raises(Unsupported, match='the definition of table "t" is not understood'):
        read(
            database,
            """PRAGMA writable_schema = on;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a int, c int)' WHERE name = 't';
            PRAGMA writable_schema = off""",
        )


def test_of_constraints_that_share_a_name_the_first_has_it(database: SqliteDatabase) -> None:
    found = table(
        database,
        """CREATE TABLE t (b int, a int CONSTRAINT x CHECK (a > 0), CONSTRAINT x CHECK (a < 9),
        CONSTRAINT y UNIQUE (a), CONSTRAINT y UNIQUE (a DESC, b))""",
    )
    assert [(check.name, check.expr) for check in found.checks] == [("", "a < 9"), ("x", "a > 0")]
    assert [unique.name for unique in found.uniques] == ["", "y"]
