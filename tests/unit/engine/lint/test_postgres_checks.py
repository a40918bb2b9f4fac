"""What is said of PostgreSQL alone: locks, rewrites, and indexes that could be built online."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers.postgres.lint.rewrites import keeps_rows
from atlas.engine.lint import AnalyzerSettings, LintPolicy
from atlas.schema.objects import Routine
from atlas.schema.table import (
    Check,
    ForeignKey,
    Generated,
    Identity,
    IndexPart,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)

from tests.unit.engine.lint.sight import codes, column, index, realm, report, seen, table, told

T = table("t", column("id", "integer", null=False), column("n", "integer"))
INDEXED = replace(T, indexes=(index("i", "n"),))


def between(
    before: Table, after: Table, text: str = "ALTER TABLE t …;", *, in_transaction: bool = True
) -> list[str]:
    return told(
        seen([text], [realm("postgres", before), realm("postgres", after)], in_transaction=in_transaction)
    )


def test_an_index_built_with_a_lock() -> None:
    assert between(T, INDEXED, "CREATE INDEX i ON t (n);") == [
        'PG101 Creating index "i" non-concurrently causes write locks on the "t" table'
    ]


def test_an_index_dropped_with_a_lock() -> None:
    assert between(INDEXED, T, "DROP INDEX i;") == [
        'PG102 Dropping index "i" non-concurrently causes write locks on the "t" table'
    ]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (T, INDEXED, "CREATE INDEX CONCURRENTLY i ON t (n);"),
        (T, INDEXED, "-- why\ncreate  unique index\nconcurrently i ON t (n);"),
        (INDEXED, T, "DROP INDEX CONCURRENTLY i;"),
    ],
)
def test_what_is_concurrent_needs_a_file_without_a_transaction(
    before: Table, after: Table, text: str
) -> None:
    assert between(before, after, text, in_transaction=False) == []
    assert between(before, after, text) == [
        (
            "PG103 Indexes cannot be created or deleted concurrently within a transaction. Add the `atlas:txmode none` "
            "directive to the header to prevent this file from running in a transaction"
        )
    ]


@pytest.mark.parametrize(
    ("switch", "text", "states"),
    [
        ("check_create", "CREATE INDEX i ON t (n);", (T, INDEXED)),
        ("check_drop", "DROP INDEX i;", (INDEXED, T)),
        ("check_txmode", "DROP INDEX CONCURRENTLY i;", (INDEXED, T)),
    ],
)
def test_each_part_can_be_switched_off(switch: str, text: str, states: tuple[Table, Table]) -> None:
    file = seen([text], [realm("postgres", each) for each in states])
    policy = LintPolicy(analyzers={"concurrent_index": AnalyzerSettings(switches={switch: False})})

    assert len(codes(file)) == 1
    assert codes(file, policy) == []


def test_an_index_that_goes_with_its_column_is_not_said_apart() -> None:
    assert between(INDEXED, table("t", T.columns[0]), "ALTER TABLE t DROP COLUMN n;") == [
        'DS103 Dropping non-virtual column "n"'
    ]


def test_a_constraint_that_builds_its_index_under_a_lock() -> None:
    keyed = replace(T, primary_key=PrimaryKey(parts=(IndexPart(column="id"),)))
    unique = replace(T, uniques=(Unique(name="u", parts=(IndexPart(column="id"),)),))

    assert between(T, keyed) == [
        (
            'PG104 Adding a PRIMARY KEY constraint on table "t" acquires an ACCESS EXCLUSIVE lock, blocking reads and '
            "writes while its index is built"
        )
    ]
    assert between(T, unique) == [
        'MF101 Adding a unique index "u" on table "t" might fail in case column "id" contains duplicate entries',
        (
            'PG105 Adding UNIQUE constraint "u" on table "t" acquires an ACCESS EXCLUSIVE lock, blocking reads and '
            "writes while its index is built"
        ),
    ]
    assert between(T, keyed, "ALTER TABLE t ADD PRIMARY KEY USING INDEX t_pkey;") == []


EXCLUSIVE = "while an ACCESS EXCLUSIVE lock blocks reads and writes"


def test_a_type_that_rewrites_the_table() -> None:
    assert between(T, table("t", T.columns[0], column("n", "bigint"))) == [
        f'PG301 Changing column "n" from "integer" to "bigint" rewrites table "t" and its indexes {EXCLUSIVE}'
    ]


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("character varying(20)", "character varying(40)"),
        ("character varying(20)", "text"),
        ("character varying(20)", "character varying"),
        ("text", "character varying"),
        ("numeric(10,2)", "numeric(12,2)"),
        ("numeric(10,2)", "numeric"),
        ("timestamp(3) without time zone", "timestamp(6) without time zone"),
        ("timestamp(3) without time zone", "timestamp without time zone"),
        ("bit varying(3)", "bit varying(5)"),
        ("cidr", "inet"),
    ],
)
def test_types_of_one_form(current: str, desired: str) -> None:
    assert keeps_rows(current, desired)


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("integer", "bigint"),
        ("character varying(20)", "character varying(10)"),
        ("text", "character varying(10)"),
        ("numeric(10,2)", "numeric(12,3)"),
        ("numeric(10,2)", "numeric(8,2)"),
        ("timestamp without time zone", "timestamp with time zone"),
        ("timestamp without time zone", "timestamp(3) without time zone"),
        ("character(5)", "character(8)"),
        ("app.mood", "text"),
        ("integer[]", "bigint[]"),
        ("inet", "cidr"),
    ],
)
def test_types_that_are_written_anew(current: str, desired: str) -> None:
    assert not keeps_rows(current, desired)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (column("c", "uuid", default="gen_random_uuid()"), "PG302"),
        (column("c", "bigserial", null=False), "PG302"),
        (column("c", "timestamp", default="clock_timestamp()"), "PG302"),
        (column("c", "integer", generated=Generated(expr="n * 2")), "PG309"),
        (column("c", "integer", null=False, identity=Identity()), "PG310"),
        (column("c", "timestamp", default="now()"), ""),
        (column("c", "integer", default="7"), ""),
        (column("c", "integer"), ""),
    ],
)
def test_a_new_column_that_is_written_into_every_row(new: object, code: str) -> None:
    found = between(T, table("t", *T.columns, new))  # type: ignore[arg-type]

    assert [line.split()[0] for line in found] == ([code] if code else [])


def test_a_function_of_the_schema_may_be_volatile() -> None:
    after = realm("postgres", table("t", *T.columns, column("c", "integer", default="app.next_one()")))
    for volatility, expected in (("VOLATILE", ["PG302"]), ("STABLE", [])):
        routine = Routine(schema="app", name="next_one", volatility=volatility, returns="integer")
        state = replace(after, objects=(*after.objects, routine))
        assert codes(seen(["…"], [realm("postgres", T), state])) == expected


NOT_NULL = table("t", T.columns[0], column("n", "integer", null=False))


def test_not_null_scans_unless_a_check_says_so_already() -> None:
    said = f'PG303 Modifying nullable column "n" to non-nullable scans table "t" {EXCLUSIVE}'
    assert said in between(T, NOT_NULL)

    for expr, is_believed in (
        ("n IS NOT NULL", True),
        ("(n > 10) AND (n IS NOT NULL)", True),
        ("n IS NOT NULL OR id > 0", False),
        ("own IS NOT NULL", False),
    ):
        check = Check(name="c", expr=expr)
        found = between(replace(T, checks=(check,)), replace(NOT_NULL, checks=(check,)))
        assert (said not in found) is is_believed, expr


def test_a_check_that_is_not_validated_is_not_believed() -> None:
    check = Check(name="c", expr="n IS NOT NULL", validated=False)

    found = between(replace(T, checks=(check,)), replace(NOT_NULL, checks=(check,)))

    assert "PG303" in [line.split()[0] for line in found]


def test_a_primary_key_on_a_nullable_column_scans() -> None:
    keyed = replace(NOT_NULL, primary_key=PrimaryKey(parts=(IndexPart(column="n"),)))

    assert [line.split()[0] for line in between(T, keyed)] == ["MF104", "PG104", "PG303", "PG304"]


@pytest.mark.parametrize("is_valid", [True, False])
def test_constraints_that_are_valid_at_once_scan_the_table(*, is_valid: bool) -> None:
    check = Check(name="c", expr="n > 0", validated=is_valid)
    key = ForeignKey(
        name="f", columns=("n",), ref_schema="public", ref_table="p", ref_columns=("id",), validated=is_valid
    )

    found = between(T, replace(T, checks=(check,), foreign_keys=(key,)))

    assert found == (
        [
            (
                'PG306 Adding foreign-key constraint "f" on table "t" scans the table while writes to it and to "p" '
                "are blocked"
            ),
            f'PG305 Adding check constraint "c" on table "t" scans the table {EXCLUSIVE}',
        ]
        if is_valid
        else []
    )


def test_logging_and_triggers() -> None:
    trigger = Trigger(name="tr", timing="AFTER", events=("INSERT",), function="app.f")

    assert between(T, replace(T, unlogged=True)) == [
        f'PG307 Changing the logging of table "t" rewrites it {EXCLUSIVE}'
    ]
    assert between(T, replace(T, triggers=(trigger,))) == [
        'PG308 Creating trigger "tr" acquires a SHARE ROW EXCLUSIVE lock on table "t", blocking writes'
    ]


def test_nothing_of_it_is_said_of_a_table_that_the_file_has_made() -> None:
    keyed = replace(INDEXED, primary_key=PrimaryKey(parts=(IndexPart(column="id"),)))
    states = [realm("postgres"), realm("postgres", T), realm("postgres", keyed)]

    assert codes(seen(["CREATE TABLE t (…);", "ALTER TABLE t ADD PRIMARY KEY (id);"], states)) == []


@pytest.mark.parametrize("text", ["VACUUM FULL t;", "CREATE DATABASE x;", "ALTER SYSTEM SET a = 1;"])
def test_what_the_server_refuses_in_a_transaction(text: str) -> None:
    states = [realm("postgres", T), realm("postgres", T)]

    assert codes(seen([text], states)) == ["TX101"]
    assert codes(seen([text], states, in_transaction=False)) == []


def test_locks_are_warnings() -> None:
    found = report(seen(["CREATE INDEX i ON t (n);"], [realm("postgres", T), realm("postgres", INDEXED)]))

    assert [(each.text, each.is_error) for each in found.reports] == [
        ("concurrent index violations detected", False)
    ]


def test_a_plan_that_validates_later_blocks_nobody() -> None:
    key = ForeignKey(name="f", columns=("n",), ref_schema="public", ref_table="p", ref_columns=("id",))
    check = Check(name="c", expr="n > 0")

    online = "ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0) NOT VALID"
    assert between(T, replace(T, checks=(check,), foreign_keys=(key,)), online) == []
    by_check = "ALTER TABLE t ADD CONSTRAINT t_n_not_null CHECK (n IS NOT NULL) NOT VALID"
    assert "PG303" not in [line.split()[0] for line in between(T, NOT_NULL, by_check)]
    at_once = f"{by_check}, ALTER n SET NOT NULL"
    assert "PG303" in [line.split()[0] for line in between(T, NOT_NULL, at_once)]
