"""What the analyzers of all databases say, word for word, and what they keep quiet about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.lint import AnalyzerSettings, LintPolicy, NameRule
from atlas.schema import Realm, Schema
from atlas.schema.objects import View
from atlas.schema.table import Check, ForeignKey, Generated, IndexPart, Partition, PartitionBy, PrimaryKey

from tests.unit.engine.lint.sight import codes, column, index, realm, report, seen, table, told

DIALECTS = ("postgres", "mysql", "mariadb", "sqlite")
USERS = table("users", column("id"), column("email"))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dropped_table_is_an_error_on_every_database(dialect: str) -> None:
    found = report(seen(["DROP TABLE users;"], [realm(dialect, USERS), realm(dialect)]))

    assert [(each.analyzer, each.text, each.is_error) for each in found.reports] == [
        ("destructive", "destructive changes detected", True)
    ]
    (finding,) = found.findings
    assert (finding.code, finding.text) == ("DS102", 'Dropping table "users"')
    assert [fix.message for fix in finding.fixes] == [
        'Add a pre-migration check to ensure table "users" is empty before dropping it'
    ]


@pytest.mark.parametrize(
    ("tables", "text"),
    [
        ((), 'DS101 Dropping schema "s"'),
        (("a",), 'DS101 Dropping non-empty schema "s" with 1 table'),
        (("a", "b"), 'DS101 Dropping non-empty schema "s" with 2 tables'),
    ],
)
def test_a_dropped_schema_counts_its_tables_and_they_are_no_findings_of_their_own(
    tables: tuple[str, ...], text: str
) -> None:
    before = Realm(
        dialect="postgres",
        schemas=(Schema(name="s"),),
        objects=tuple(replace(table(name), schema="s") for name in tables),
    )

    assert told(seen(["DROP SCHEMA s CASCADE;"], [before, Realm(dialect="postgres")])) == [text]


def test_columns_that_one_statement_drops_are_one_finding_with_a_fix_each() -> None:
    before = realm("mysql", table("t", column("a"), column("b"), column("c")))
    found = report(seen(["ALTER TABLE t DROP a, DROP b;"], [before, realm("mysql", table("t", column("c")))]))

    (finding,) = found.findings
    assert finding.text == 'Dropping non-virtual columns "a", "b"'
    assert len(finding.fixes) == 2
    assert finding.fixes[0].message == (
        'Add a pre-migration check to ensure column "a" is NULL before dropping it'
    )


@pytest.mark.parametrize(("stored", "expected"), [(True, ["DS103"]), (False, [])])
def test_a_computed_column_may_go(*, stored: bool, expected: list[str]) -> None:
    computed = column("twice", generated=Generated(expr="id * 2", stored=stored))
    before = realm("mysql", table("t", column("id"), computed))

    assert (
        codes(seen(["ALTER TABLE t DROP twice;"], [before, realm("mysql", table("t", column("id")))]))
        == expected
    )


@pytest.mark.parametrize(
    ("dialect", "current", "desired", "expected"),
    [
        ("postgres", "numeric(10,4)", "numeric(10,2)", "DS104"),
        ("postgres", "numeric", "integer", "DS104"),
        ("postgres", "double precision", "bigint", "DS104"),
        ("mysql", "datetime", "date", "DS104"),
        ("postgres", "character varying(50)", "character varying(10)", "MF105"),
        ("postgres", "text", "character varying(10)", "MF105"),
        ("mariadb", "bigint", "int", "MF105"),
        ("mariadb", "longtext", "text", "MF105"),
        ("postgres", "numeric(10,2)", "numeric(5,2)", "MF105"),
    ],
)
def test_a_narrower_type_is_found(dialect: str, current: str, desired: str, expected: str) -> None:
    file = seen(
        ["ALTER TABLE t …;"],
        [realm(dialect, table("t", column("c", current))), realm(dialect, table("t", column("c", desired)))],
    )

    assert expected in codes(file)
    assert not {"DS104", "MF105"} - {expected} & set(codes(file))


@pytest.mark.parametrize(
    ("dialect", "current", "desired"),
    [
        ("postgres", "character varying(10)", "character varying(50)"),
        ("postgres", "integer", "bigint"),
        ("postgres", "character varying(10)", "text"),
        ("mysql", "text", "longtext"),
        ("sqlite", "bigint", "int"),
        ("postgres", "app.mood", "text"),
    ],
)
def test_a_wider_or_unknown_type_loses_nothing(dialect: str, current: str, desired: str) -> None:
    file = seen(
        ["ALTER TABLE t …;"],
        [realm(dialect, table("t", column("c", current))), realm(dialect, table("t", column("c", desired)))],
    )

    assert not {"DS104", "MF105"} & set(codes(file))


def test_a_dropped_partition_is_data_that_goes() -> None:
    both = PartitionBy(
        method="RANGE",
        parts=(IndexPart(expr="id"),),
        partitions=(
            Partition(name="p0", values="LESS THAN (1)"),
            Partition(name="p1", values="LESS THAN (2)"),
        ),
    )
    before = realm("mysql", replace(USERS, partition_by=both))
    after = realm("mysql", replace(USERS, partition_by=replace(both, partitions=both.partitions[1:])))

    assert 'DS105 Dropping partition "p0" of table "users"' in told(
        seen(["ALTER TABLE users DROP PARTITION p0;"], [before, after])
    )


@pytest.mark.parametrize(
    ("columns", "words"),
    [(("a",), 'column "a" contains'), (("a", "b"), 'columns "a", "b" contain')],
)
def test_a_unique_index_on_a_table_that_exists_may_fail(columns: tuple[str, ...], words: str) -> None:
    t = table("t", column("a"), column("b"))
    after = replace(t, indexes=(index("i", *columns, unique=True),))

    assert told(seen(["CREATE UNIQUE INDEX i ON t (…);"], [realm("sqlite", t), realm("sqlite", after)])) == [
        f'MF101 Adding a unique index "i" on table "t" might fail in case {words} duplicate entries'
    ]


def test_a_unique_index_over_a_column_of_nulls_cannot_fail() -> None:
    t = table("t", column("a"))
    wider = table("t", column("a"), column("b"))
    after = replace(wider, indexes=(index("i", "b", unique=True),))
    states = [realm("sqlite", t), realm("sqlite", wider), realm("sqlite", after)]

    assert told(seen(["ALTER TABLE t ADD b int;", "CREATE UNIQUE INDEX i ON t (b);"], states)) == []


def test_an_index_that_becomes_unique_may_fail() -> None:
    t = table("t", column("a"), indexes=(index("i", "a"),))
    after = replace(t, indexes=(index("i", "a", unique=True),))

    assert told(seen(["…"], [realm("sqlite", t), realm("sqlite", after)])) == [
        'MF102 Modifying an index "i" on table "t" might fail in case of duplicate entries'
    ]


def test_a_new_column_that_is_not_null_fails_on_a_table_with_rows() -> None:
    after = table("users", *USERS.columns, column("age", "integer", null=False))

    assert told(seen(["ALTER TABLE …;"], [realm("postgres", USERS), realm("postgres", after)])) == [
        'MF103 Adding a non-nullable "integer" column "age" will fail in case table "users" is not empty'
    ]


@pytest.mark.parametrize(
    "new",
    [
        column("age", null=True),
        column("age", null=False, default="5"),
        column("age", "serial", null=False),
        column("age", null=False, generated=Generated(expr="id")),
    ],
)
def test_a_new_column_that_has_a_value_does_not(new: object) -> None:
    after = table("users", *USERS.columns, new)  # type: ignore[arg-type]

    assert "MF103" not in codes(seen(["…"], [realm("postgres", USERS), realm("postgres", after)]))


NULLABLE = table("t", column("c"))
NOT_NULL = table("t", column("c", null=False))


def test_a_column_that_becomes_not_null_may_fail_unless_the_file_fills_it() -> None:
    states = [realm("mariadb", NULLABLE), realm("mariadb", NOT_NULL)]
    change = "ALTER TABLE t MODIFY c int NOT NULL;"

    assert told(seen([change], states)) == [
        'MF104 Modifying nullable column "c" to non-nullable might fail in case it contains NULL values'
    ]
    for fill in ("UPDATE t SET c = 0 WHERE c IS NULL;", "update `t` set a = 1, `c` = 0;"):
        assert told(seen([fill, change], [states[0], *states])) == []
    for other in ("UPDATE t SET d = 0;", "UPDATE other SET c = 0;"):
        assert codes(seen([other, change], [states[0], *states])) == ["MF104"]


def test_a_foreign_key_that_goes_alone_is_said_and_one_with_its_column_is_not() -> None:
    key = ForeignKey(name="fk", columns=("c",), ref_schema="public", ref_table="p", ref_columns=("id",))
    with_key = table("t", column("id"), column("c"), foreign_keys=(key,))
    alone = table("t", column("id"), column("c"))
    without = table("t", column("id"))

    assert told(seen(["…"], [realm("sqlite", with_key), realm("sqlite", alone)])) == [
        'CD101 Dropping foreign-key constraint "fk"'
    ]
    assert codes(seen(["…"], [realm("sqlite", with_key), realm("sqlite", without)])) == ["DS103"]


def test_checks_and_primary_keys_that_go_are_said() -> None:
    full = table(
        "t",
        column("id"),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
        checks=(Check(name="positive", expr="id > 0"),),
    )

    assert told(seen(["…"], [realm("sqlite", full), realm("sqlite", table("t", column("id")))])) == [
        'CD103 Dropping the primary key of table "t"',
        'CD102 Dropping check constraint "positive"',
    ]


def test_renames_are_said_and_are_no_loss() -> None:
    people = table("people", column("id"), column("mail"))
    states = [realm("sqlite", USERS), realm("sqlite", replace(USERS, name="people")), realm("sqlite", people)]
    texts = ["ALTER TABLE users RENAME TO people;", "ALTER TABLE people RENAME COLUMN email TO mail;"]

    assert told(seen(texts, states)) == [
        'BC101 Renaming table "users" to "people"',
        'BC102 Renaming column "email" to "mail"',
    ]


def test_a_view_or_column_in_place_of_the_old_name_breaks_nobody() -> None:
    people = replace(USERS, name="people")
    renamed = realm("sqlite", people)
    view = View(schema="main", name="users", definition="SELECT * FROM people")
    texts = ["ALTER TABLE users RENAME TO people;", "CREATE VIEW users AS SELECT * FROM people;"]
    with_view = replace(renamed, objects=(*renamed.objects, view))
    assert told(seen(texts, [realm("sqlite", USERS), renamed, with_view])) == []

    old = column("email", generated=Generated(expr="mail", stored=False))
    mail = table("users", column("id"), column("mail"))
    both = table("users", column("id"), column("mail"), old)
    texts = ["ALTER TABLE users RENAME COLUMN email TO mail;", "ALTER TABLE users ADD COLUMN email …;"]
    states = [realm("sqlite", USERS), realm("sqlite", mail), realm("sqlite", both)]
    assert told(seen(texts, states)) == []


NAMES = LintPolicy(
    analyzers={
        "naming": AnalyzerSettings(
            names={"": NameRule("^[a-z_]+$", "must be lower case"), "index": NameRule("_idx$")}
        )
    }
)


def test_names_are_held_to_the_rules_of_their_kind() -> None:
    odd = table(
        "Users",
        column("ID"),
        indexes=(index("good", "ID"),),
        checks=(Check(name="C1", expr="1"),),
        foreign_keys=(
            ForeignKey(name="FK", columns=("ID",), ref_schema="public", ref_table="p", ref_columns=("id",)),
        ),
    )

    assert told(seen(["CREATE TABLE …;"], [realm("mysql"), realm("mysql", odd)]), NAMES) == [
        'NM102 Table named "Users" violates the naming policy: must be lower case',
        'NM103 Column named "ID" violates the naming policy: must be lower case',
        'NM104 Index named "good" violates the naming policy',
        'NM105 Foreign-key constraint named "FK" violates the naming policy: must be lower case',
        'NM106 Check constraint named "C1" violates the naming policy: must be lower case',
    ]


def test_without_a_rule_every_name_is_good() -> None:
    assert (
        codes(seen(["CREATE TABLE …;"], [realm("mysql"), realm("mysql", table("BAD", column("X Y")))])) == []
    )


@pytest.mark.parametrize(
    "text", ["BEGIN;", "COMMIT;", "START TRANSACTION;", "-- why\nrollback;", "BEGIN TRANSACTION; a; END;"]
)
def test_a_transaction_inside_of_the_files_own_is_found(text: str) -> None:
    states = [realm("mysql"), realm("mysql")]

    assert codes(seen([text], states)) == ["TX201"]
    assert codes(seen([text], states, in_transaction=False)) == []


@pytest.mark.parametrize(
    "text", ["BEGINNING;", "ROLLBACK TO SAVEPOINT a;", "SAVEPOINT a;", "SELECT 'BEGIN';"]
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert codes(seen([text], [realm("mysql"), realm("mysql")])) == []


def test_a_file_in_the_middle_of_the_directory_is_said_once() -> None:
    file = seen(["SELECT 1;"], [realm("sqlite"), realm("sqlite")], out_of_order=True)

    assert told(file) == [
        (
            'NL101 Migration file "2.sql" was added before files that were there already: databases that are past it '
            "will not run it"
        )
    ]
