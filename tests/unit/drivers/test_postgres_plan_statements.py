"""What a plan says beside its SQL: hazards, reverses, transactions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers import schema_driver
from atlas.engine.plan import DiffPolicy, HazardKind, PlannedStatement, PlanOptions, make_plan
from atlas.errors import Unsupported
from atlas.schema import Key, Kind, Realm, Schema
from atlas.schema.objects import Enum, Extension, Routine, Sequence, View
from atlas.schema.table import (
    Check,
    Column,
    ForeignKey,
    Index,
    IndexPart,
    PartitionBy,
    PrimaryKey,
    Table,
    Trigger,
)

ID = Column(name="id", type="integer", null=False)


def realm(*objects: object, pairs: tuple[tuple[Key, Key], ...] = ()) -> Realm:
    public = Key(Kind.SCHEMA, "", "", "public")
    read = tuple((Key(Kind.TABLE, "public", "", getattr(each, "name", "")), public) for each in objects)
    return Realm(
        dialect="postgres",
        schemas=(Schema(name="public"),),
        objects=objects,  # type: ignore[arg-type]
        dependencies=frozenset((*pairs, *read)),
    )


def table(name: str = "t", *columns: Column, **more: object) -> Table:
    return Table(schema="public", name=name, columns=(ID, *columns), **more)  # type: ignore[arg-type]


def plan(current: Realm, desired: Realm, **more: object) -> tuple[PlannedStatement, ...]:
    options = PlanOptions(bound="public", **more)  # type: ignore[arg-type]
    return make_plan(schema_driver("postgres"), current, desired, options).statements


def texts(statements: tuple[PlannedStatement, ...]) -> list[str]:
    return [each.text() for each in statements]


def reverses(statements: tuple[PlannedStatement, ...]) -> list[list[str]]:
    return [[each.text() for each in statement.reverse] for statement in statements]


def kinds(statements: tuple[PlannedStatement, ...]) -> set[HazardKind]:
    return {hazard.kind for each in statements for hazard in each.hazards}


def test_a_new_table_is_undone_by_dropping_it() -> None:
    assert reverses(plan(realm(), realm(table()))) == [['DROP TABLE "t"']]


def test_nothing_undoes_a_dropped_table() -> None:
    statements = plan(realm(table()), realm())
    assert reverses(statements) == [[]]
    assert kinds(statements) == {HazardKind.DELETES_DATA}


def test_a_new_column_is_undone_by_dropping_it() -> None:
    statements = plan(realm(table()), realm(table("t", Column(name="a", type="text"))))
    assert reverses(statements) == [['ALTER TABLE "t" DROP COLUMN "a"']]


@pytest.mark.parametrize("call", ["f()", "public.f()"])
@pytest.mark.parametrize(("volatility", "rewrites"), [("STABLE", False), ("VOLATILE", True)])
def test_a_default_that_differs_by_row_writes_the_table_anew(
    call: str, volatility: str, *, rewrites: bool
) -> None:
    function = Routine(
        schema="public", name="f", returns="integer", language="sql", body="", volatility=volatility
    )
    column = Column(name="a", type="integer", default=call)
    statements = plan(realm(function, table()), realm(function, table("t", column)))
    assert (HazardKind.REWRITES_TABLE in kinds(statements)) is rewrites


def test_one_clause_that_cannot_be_undone_leaves_the_statement_without_a_reverse() -> None:
    current = realm(table("t", Column(name="gone", type="text")))
    statements = plan(current, realm(table("t", Column(name="a", type="text"))))
    assert texts(statements) == ['ALTER TABLE "t" DROP COLUMN "gone", ADD COLUMN "a" text NULL']
    assert reverses(statements) == [[]]


def test_a_reverse_undoes_clauses_backwards() -> None:
    current = realm(table("t", Column(name="a", type="integer", default="1")))
    desired = realm(table("t", Column(name="a", type="text", default="'x'::text")))
    (statement,) = plan(current, desired)
    assert statement.reverse[0].text().split(", ") == [
        'ALTER TABLE "t" ALTER COLUMN "a" DROP DEFAULT',
        'ALTER COLUMN "a" TYPE integer USING "a"::integer',
        'ALTER COLUMN "a" SET DEFAULT 1',
    ]


def test_a_dropped_view_is_undone_by_making_it_again() -> None:
    view = View(
        schema="public",
        name="v",
        definition=" SELECT 1 AS one",
        columns=(Column(name="one", type="integer"),),
    )
    assert reverses(plan(realm(view), realm())) == [['CREATE VIEW "v" ("one") AS  SELECT 1 AS one']]


def test_an_index_that_a_failure_left_behind_is_dropped_and_built() -> None:
    index = Index(name="i", parts=(IndexPart(column="id"),))
    current = realm(table(indexes=(replace(index, valid=False),)))
    policy = DiffPolicy(concurrent_index_create=True, concurrent_index_drop=True)
    statements = plan(current, realm(table(indexes=(index,))), policy=policy)
    assert texts(statements) == ['DROP INDEX CONCURRENTLY "i"', 'CREATE INDEX CONCURRENTLY "i" ON "t" ("id")']
    assert [each.in_transaction for each in statements] == [False, False]
    assert HazardKind.DROPS_INDEX not in kinds(statements)


def test_concurrent_statements_wait_three_seconds_for_their_locks() -> None:
    index = Index(name="i", parts=(IndexPart(column="id"),))
    policy = DiffPolicy(concurrent_index_create=True)
    (statement,) = plan(realm(table()), realm(table(indexes=(index,))), policy=policy)
    assert statement.lock_timeout_s == 3.0


def test_online_statements_run_outside_of_a_transaction() -> None:
    check = Check(name="ck", expr="id > 0")
    statements = plan(realm(table()), realm(table(checks=(check,))), policy=DiffPolicy(online=True))
    assert texts(statements) == [
        'ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (id > 0) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "ck"',
    ]
    assert [each.in_transaction for each in statements] == [False, False]
    assert HazardKind.BLOCKS_READS not in kinds(statements)


def test_the_check_of_an_online_not_null_goes_again() -> None:
    current = realm(replace(table(), columns=(replace(ID, null=True),)))
    statements = plan(current, realm(table()), policy=DiffPolicy(online=True))
    assert texts(statements) == [
        'ALTER TABLE "t" ADD CONSTRAINT "t_id_not_null" CHECK ("id" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_not_null"',
        'ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_id_not_null"',
    ]


def test_a_new_table_costs_nothing() -> None:
    desired = table(indexes=(Index(name="i", parts=(IndexPart(column="id"),), unique=True),))
    assert kinds(plan(realm(), realm(desired))) == set()


def test_a_dropped_enum_leaves_the_table_that_used_it() -> None:
    status = Enum(schema="public", name="status", values=("on",))
    current_table = table("t", Column(name="s", type="public.status"))
    pair = (Key(Kind.COLUMN, "public", "t", "s"), Key(Kind.ENUM, "public", "", "status"))
    current = realm(status, current_table, pairs=(pair,))
    statements = plan(current, realm(table("t", Column(name="s", type="text"))))
    assert texts(statements) == ['ALTER TABLE "t" ALTER COLUMN "s" TYPE text', 'DROP TYPE "status"']


def test_an_added_value_commits_first_only_where_it_is_used() -> None:
    def states(default: str) -> tuple[Realm, Realm]:
        column = Column(name="s", type="public.e", default="'a'::public.e")
        return (
            realm(Enum(schema="public", name="e", values=("a",)), table("t", column)),
            realm(
                Enum(schema="public", name="e", values=("a", "b")),
                table("t", replace(column, default=default)),
            ),
        )

    used, unused = plan(*states("'b'::public.e")), plan(*states("'a'::public.e"))
    assert not used[0].in_transaction
    assert HazardKind.NOT_TRANSACTIONAL in kinds(used)
    assert unused[0].in_transaction
    assert kinds(unused) == set()


def test_a_partition_key_is_not_changed() -> None:
    parts = (IndexPart(column="id"),)
    current = realm(table(partition_by=PartitionBy(method="RANGE", parts=parts)))
    desired = realm(table(partition_by=PartitionBy(method="HASH", parts=parts)))
    with pytest.raises(Unsupported, match=r"table public\.t: how a table is partitioned"):
        plan(current, desired)


def test_everything_is_made_from_fields_alone_where_no_catalog_was_read() -> None:
    """A state that comes from HCL has no dependencies: they follow from types, texts and owners."""
    users = Table(
        schema="public",
        name="users",
        columns=(
            Column(name="id", type="integer", null=False, default="nextval('ids'::regclass)"),
            Column(name="s", type="public.status"),
            Column(name="n", type="integer", default="next_number()"),
        ),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
        triggers=(Trigger(name="tr", timing="BEFORE", events=("INSERT",), function="public.stamp"),),
    )
    posts = Table(
        schema="public",
        name="a_posts",
        columns=(ID,),
        foreign_keys=(
            ForeignKey(
                name="fk", columns=("id",), ref_schema="public", ref_table="users", ref_columns=("id",)
            ),
        ),
    )
    desired = Realm(
        dialect="postgres",
        schemas=(Schema(name="public"),),
        objects=(
            posts,
            users,
            View(schema="public", name="a_view", definition="SELECT id FROM users"),
            Routine(schema="public", name="next_number", returns="integer", body="SELECT 1"),
            Routine(
                schema="public",
                name="stamp",
                returns="trigger",
                language="plpgsql",
                body="BEGIN RETURN NEW; END",
            ),
            Sequence(schema="public", name="ids", owned_by=("users", "id")),
            Enum(schema="public", name="status", values=("on",)),
        ),
    )
    heads = [
        each.comment for each in plan(Realm(dialect="postgres", schemas=(Schema(name="public"),)), desired)
    ]
    assert heads == [
        'create enum type "status"',
        'create "ids" sequence',
        'create "next_number" function',
        'create "stamp" function',
        'create "users" table',
        'modify "ids" sequence',
        'create "a_posts" table',
        'create trigger "tr" on table: "users"',
        'create "a_view" view',
    ]


def test_a_new_version_of_an_extension_is_told() -> None:
    current = realm(Extension(name="citext", version="1.5"))
    statements = plan(current, realm(Extension(name="citext", version="1.6")))
    assert texts(statements) == ["ALTER EXTENSION \"citext\" UPDATE TO '1.6'"]
    assert kinds(statements) == {HazardKind.UPGRADES_EXTENSION}


def test_an_extension_without_a_version_is_left_alone() -> None:
    assert plan(realm(Extension(name="citext", version="1.5")), realm(Extension(name="citext"))) == ()


def test_a_renamed_schema_takes_its_objects_with_it() -> None:
    current = Realm(
        dialect="postgres", schemas=(Schema(name="app"),), objects=(replace(table(), schema="app"),)
    )
    desired = Realm(
        dialect="postgres", schemas=(Schema(name="core"),), objects=(replace(table(), schema="core"),)
    )
    pair = (Key(Kind.SCHEMA, "", "", "app"), Key(Kind.SCHEMA, "", "", "core"))
    statements = make_plan(
        schema_driver("postgres"), current, desired, PlanOptions(renames=(pair,))
    ).statements
    assert texts(statements) == ['ALTER SCHEMA "app" RENAME TO "core"']


def test_a_constraint_that_only_its_name_tells_apart_is_renamed() -> None:
    current = realm(table(checks=(Check(name="a", expr="id > 0"),)))
    statements = plan(current, realm(table(checks=(Check(name="b", expr="id > 0"),))))
    assert texts(statements) == ['ALTER TABLE "t" RENAME CONSTRAINT "a" TO "b"']
    assert kinds(statements) == set()
