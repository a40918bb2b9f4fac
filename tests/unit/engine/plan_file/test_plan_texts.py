"""From the text of a plan to statements that run: nothing that the planner knew is lost, nothing is let in unseen."""

from __future__ import annotations

import pytest
from atlas.engine.plan import Plan, PlannedStatement, SqlText
from atlas.engine.plan_file import PlanFile, plan_by_text, text_of_plan
from atlas.engine.scan import options_for
from atlas.errors import ParseError, PolicyRefused
from atlas.schema import Realm

from tests.fakes.schema_driver import realm_of


def plan_of(*statements: PlannedStatement, dialect: str = "postgres") -> Plan:
    realm = realm_of()
    state = Realm(dialect=dialect, schemas=realm.schemas)
    return Plan(
        current=state,
        desired=state,
        changes=(),
        skipped=(),
        statements=statements,
        current_hash="a",
        desired_hash="b",
    )


def file_of(migration: str) -> PlanFile:
    return PlanFile(name="p", current_hash="a", desired_hash="b", migration=migration)


def read(migration: str, *fresh: PlannedStatement, dialect: str = "postgres") -> tuple[PlannedStatement, ...]:
    return plan_by_text(plan_of(*fresh, dialect=dialect), file_of(migration), options_for(dialect)).statements


TABLE = PlannedStatement(sql=SqlText("CREATE TABLE t (", ("a int", "b int"), ")"), comment='create "t" table')
OUTSIDE = PlannedStatement(sql=SqlText("CREATE INDEX i ON t (a)"), comment="create i", in_transaction=False)
PAIR = PlannedStatement(sql=SqlText("ALTER TABLE t RENAME TO u"), comment="rename", with_next=True)


def test_the_planners_own_text_is_the_planners_own_plan() -> None:
    fresh = (PAIR, TABLE, OUTSIDE)
    text = text_of_plan(plan_of(*fresh), options_for("postgres"))
    assert '-- Create "t" table\nCREATE TABLE t (\n  a int,\n  b int\n);\n' in text
    assert read(text, *fresh) == fresh


def test_equal_statements_are_told_apart_by_their_order() -> None:
    first, second = OUTSIDE, PlannedStatement(sql=OUTSIDE.sql, comment="again")
    text = text_of_plan(plan_of(first, second), options_for("postgres"))
    assert read(text, first, second) == (first, second)


def test_a_statement_of_a_person_has_the_comment_above_it() -> None:
    [made] = read("-- Why: because\n-- Fill the names\nUPDATE t SET a = 1;\n", TABLE)
    assert (made.text(), made.comment) == ("UPDATE t SET a = 1", "fill the names")
    [made] = read("UPDATE t SET a = 1;")
    assert made.comment == "run statement 1 of the plan"


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [
        ("postgres", "create index concurrently i on t (a)"),
        ("postgres", "/* x */ CREATE UNIQUE INDEX\n  CONCURRENTLY i ON t (a)"),
        ("postgres", "DROP INDEX CONCURRENTLY i"),
        ("postgres", "VACUUM t"),
        ("postgres", "ALTER TABLE t DETACH PARTITION p CONCURRENTLY"),
        ("sqlite", "PRAGMA foreign_keys = off"),
        ("sqlite", "VACUUM"),
    ],
)
def test_what_a_server_refuses_in_a_transaction_is_run_outside_of_one(dialect: str, statement: str) -> None:
    assert [each.in_transaction for each in read(f"{statement};\nSELECT 1;\n", dialect=dialect)] == [
        False,
        True,
    ]


def test_a_directive_lets_each_statement_commit_by_itself_but_for_pairs() -> None:
    fresh = (PAIR, TABLE)
    text = text_of_plan(plan_of(*fresh), options_for("postgres"), ["atlas:nolint DS102", "atlas:txmode none"])
    assert text.startswith("-- atlas:nolint DS102\n-- atlas:txmode none\n\n-- Rename\n")
    assert [each.in_transaction for each in read(text, *fresh)] == [True, False]


@pytest.mark.parametrize(
    "statement",
    ["BEGIN", "commit", "START  TRANSACTION", "-- x\nROLLBACK", "SAVEPOINT a", "END", "SET autocommit = 0"],
)
def test_a_text_neither_opens_nor_ends_transactions(statement: str) -> None:
    with pytest.raises(PolicyRefused, match=r'plan "p" holds .*the run of a plan opens and ends'):
        read(f"SELECT 1;\n{statement};\n")


def test_a_text_that_says_nothing_is_refused() -> None:
    with pytest.raises(ParseError, match='the migration of plan "p" holds no statement'):
        read("-- nothing\n")
    with pytest.raises(ParseError, match='the migration of plan "p": 1:'):
        read("SELECT 'open;\n")
