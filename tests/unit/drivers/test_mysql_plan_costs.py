"""What a plan for MySQL or MariaDB says that it costs, by the manuals' tables of online DDL."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.plan import PlanOptions, make_plan
from atlas.schema import Realm, Schema
from atlas.schema.objects import Routine, SchemaObject, View
from atlas.schema.table import Check, Column, ForeignKey, Generated, Index, IndexPart, PrimaryKey, Table

ID = Column(name="id", type="int", null=False)
KEY = PrimaryKey(parts=(IndexPart(column="id"),))


def table(*columns: Column, name: str = "t", **fields: object) -> Table:
    return Table(schema="app", name=name, columns=columns, **fields)  # type: ignore[arg-type]


def costs(current: tuple[SchemaObject, ...], desired: tuple[SchemaObject, ...]) -> set[str]:
    states = [
        Realm(
            dialect="mariadb", schemas=(Schema(name="app", charset="utf8mb4", collation="c"),), objects=each
        )
        for each in (current, desired)
    ]
    made = make_plan(MySQLSchemaDriver("mariadb"), *states, PlanOptions(bound="app"))
    return {f"{hazard.kind} {hazard.key}" for each in made.statements for hazard in each.hazards}


def costs_of(current: Column, desired: Column) -> set[str]:
    return {each.split()[0] for each in costs((table(current),), (table(desired),))}


REWRITE, RISK, LOSS = "REWRITES_TABLE", "MAY_FAIL", "DELETES_DATA"


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        ("int", "bigint", {REWRITE}),
        ("int", "smallint", {REWRITE, RISK}),
        ("int unsigned", "bigint", {REWRITE}),
        ("int", "int unsigned", {REWRITE, RISK}),
        ("varchar(20)", "varchar(60)", set()),
        ("varchar(20)", "varchar(80)", {REWRITE}),
        ("varchar(20)", "varchar(10)", {REWRITE, RISK}),
        ("varchar(20)", "text", {REWRITE}),
        ("text", "varchar(20)", {REWRITE, RISK}),
        ("decimal(8,2)", "decimal(12,2)", {REWRITE}),
        ("decimal(8,2)", "decimal(8,4)", {REWRITE, RISK}),
        ("enum('a','b')", "enum('a','b','c')", set()),
        ("enum('a','b')", "enum('b','a')", {REWRITE}),
        ("enum('a','b')", "enum('a')", {REWRITE, RISK}),
        ("date", "datetime", {REWRITE}),
        ("datetime", "date", {REWRITE, RISK}),
        ("float", "double", {REWRITE}),
        ("datetime(3)", "datetime(6)", {REWRITE}),
        ("json", "int", {REWRITE, RISK}),
        ("binary(4)", "varbinary(8)", {REWRITE}),
    ],
)
def test_a_type_costs_a_copy_and_may_fail_where_values_may_not_fit(
    current: str, desired: str, expected: set[str]
) -> None:
    assert costs_of(Column(name="c", type=current), Column(name="c", type=desired)) == expected


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        ({}, {"null": False}, {RISK}),
        ({"null": False}, {}, set()),
        ({}, {"default": "1"}, set()),
        ({}, {"comment": "c"}, set()),
        ({}, {"invisible": True}, set()),
        ({}, {"auto_increment": True}, {REWRITE}),
        ({}, {"charset": "latin1", "collation": "latin1_bin"}, {REWRITE, RISK}),
        ({"charset": "latin1", "collation": "latin1_bin"}, {}, {REWRITE}),
        ({}, {"options": (("compressed", "yes"),)}, {REWRITE}),
        ({}, {"generated": Generated(expr="1")}, {REWRITE, LOSS}),
        ({}, {"generated": Generated(expr="1", stored=False)}, {LOSS}),
        ({"generated": Generated(expr="1")}, {"generated": Generated(expr="2")}, {REWRITE}),
        ({"generated": Generated(expr="1")}, {}, set()),
        (
            {"generated": Generated(expr="1", stored=False)},
            {"generated": Generated(expr="2", stored=False)},
            set(),
        ),
        ({"generated": Generated(expr="1", stored=False)}, {}, {REWRITE}),
    ],
)
def test_attributes_cost_what_the_server_does_for_them(
    current: dict[str, object], desired: dict[str, object], expected: set[str]
) -> None:
    columns = [Column(name="c", type="varchar(20)", **each) for each in (current, desired)]  # type: ignore[arg-type]

    assert costs_of(*columns) == expected


def test_a_column_that_goes_takes_its_values_with_it() -> None:
    plain, computed = (
        Column(name="c", type="int"),
        Column(name="g", type="int", generated=Generated(expr="1")),
    )

    assert costs((table(ID, plain, computed),), (table(ID),)) == {
        "DELETES_DATA column app.t.c",
        "BREAKS_CLIENTS column app.t.g",
    }


def test_a_table_that_goes_is_told_with_the_bodies_that_mention_it() -> None:
    routine = Routine(schema="app", name="p", is_procedure=True, body="delete from `gone` where gone_too = 1")
    other = Routine(schema="app", name="q", is_procedure=True, body="delete from gone_too")

    assert costs((table(ID, name="gone"), routine, other), (routine, other)) == {
        "DELETES_DATA table app.gone",
        "UNTRACKED_DEPENDENCIES table app.gone",
    }


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ({}, {"BUILDS_INDEX"}),
        ({"unique": True}, {"BUILDS_INDEX", "MAY_FAIL"}),
        ({"method": "fulltext"}, {"BUILDS_INDEX", "BLOCKS_WRITES"}),
    ],
)
def test_an_index_costs_its_building(index: dict[str, object], expected: set[str]) -> None:
    desired = table(ID, indexes=(Index(name="i", parts=(IndexPart(column="id"),), **index),))  # type: ignore[arg-type]

    assert {each.split()[0] for each in costs((table(ID),), (desired,))} == expected


def test_the_order_of_the_rows_costs_a_copy_only_when_there_is_none_afterwards() -> None:
    other = PrimaryKey(parts=(IndexPart(column="id", desc=True),))

    assert costs((table(ID, primary_key=KEY),), (table(ID),)) == {"REWRITES_TABLE primary key app.t"}
    assert costs((table(ID, primary_key=KEY),), (table(ID, primary_key=other),)) == {
        "BUILDS_INDEX primary key app.t",
        "MAY_FAIL primary key app.t",
    }


def test_rules_are_checked_against_every_row_that_is_there() -> None:
    key = ForeignKey(name="f", columns=("id",), ref_schema="app", ref_table="t", ref_columns=("id",))
    current = table(ID, primary_key=KEY)

    assert costs((current,), (table(ID, primary_key=KEY, foreign_keys=(key,)),)) == {
        "MAY_FAIL foreign key app.t.f",
        "REWRITES_TABLE foreign key app.t.f",
    }
    assert costs((current,), (table(ID, primary_key=KEY, checks=(Check(name="c", expr="`id` > 0"),)),)) == {
        "MAY_FAIL check app.t.c",
        "REWRITES_TABLE check app.t.c",
    }


def test_a_new_table_costs_nothing() -> None:
    key = ForeignKey(name="f", columns=("id",), ref_schema="app", ref_table="t", ref_columns=("id",))

    assert costs((), (table(ID, primary_key=KEY, foreign_keys=(key,)),)) == set()


def test_whose_rights_a_view_has_is_told_and_what_its_readers_lose() -> None:
    def view(*names: str, **fields: object) -> View:
        columns = tuple(Column(name=name, type="int") for name in names)
        return View(schema="app", name="v", definition="select " + ",".join(names), columns=columns, **fields)  # type: ignore[arg-type]

    assert costs((view("a"),), (view("a", options=(("security", "INVOKER"),)),)) == {
        "CHANGES_ACCESS view app.v"
    }
    assert costs((view("a", "b"),), (view("a", "c"),)) == {"BREAKS_CLIENTS view app.v"}
    assert costs((view("a"),), (view("a", "b"),)) == set()
