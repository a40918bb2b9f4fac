from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.diff import changed_fields
from atlas.engine.plan import (
    DiffPolicy,
    Hazard,
    HazardKind,
    PlannedStatement,
    PlanOptions,
    PlanTask,
    SqlText,
    make_plan,
)
from atlas.errors import PolicyRefused, Unsupported
from atlas.schema import Key, Kind, Realm, Schema, Unmodelled
from atlas.schema.table import Column, Generated, Table

if TYPE_CHECKING:
    from atlas.schema.walk import Object

USERS = Table(schema="app", name="users", columns=(Column(name="id", type="integer"),))
REALM = Realm(dialect="postgres", schemas=(Schema(name="app"),), objects=(USERS,))
PEOPLE = replace(REALM, objects=(replace(USERS, name="people"),))
RENAMED = ((Key(Kind.TABLE, "app", "", "users"), Key(Kind.TABLE, "app", "", "people")),)


class Planner:
    """Writes a statement a change."""

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        return changed_fields(current, desired)

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        return tuple(
            PlannedStatement(sql=SqlText(f"{type(each).__name__} {each.key}"), comment="", changes=(each,))
            for each in task.changes
        )


def texts(current: Realm, desired: Realm, **options: object) -> list[str]:
    plan = make_plan(Planner(), current, desired, PlanOptions(**options))  # type: ignore[arg-type]
    return [statement.text() for statement in plan.statements]


def test_what_the_policy_leaves_out_is_no_statement_and_is_told() -> None:
    plan = make_plan(
        Planner(),  # type: ignore[arg-type]
        REALM,
        replace(REALM, objects=()),
        PlanOptions(policy=DiffPolicy(skip=frozenset({"drop_table"}))),
    )
    assert plan.statements == ()
    assert [str(change.key) for change in plan.skipped] == ["table app.users"]
    assert plan.desired == REALM


def test_a_rename_that_the_policy_leaves_out_leaves_the_table_as_it_is() -> None:
    assert texts(REALM, PEOPLE, renames=RENAMED) == ["Rename table app.people"]
    policy = DiffPolicy(skip=frozenset({"rename_table"}))
    assert texts(REALM, PEOPLE, renames=RENAMED, policy=policy) == []


def test_a_rename_that_was_made_says_nothing() -> None:
    assert texts(PEOPLE, PEOPLE, renames=RENAMED) == []


def test_a_desired_state_with_something_that_is_not_modelled_is_refused_by_name() -> None:
    desired = replace(REALM, unmodelled=(Unmodelled(kind="event trigger", name="audit"),))
    with pytest.raises(Unsupported, match="event trigger audit"):
        texts(REALM, desired)
    assert texts(desired, REALM) == []


def test_the_plan_carries_the_hash_of_both_states() -> None:
    plan = make_plan(Planner(), REALM, PEOPLE)  # type: ignore[arg-type]
    assert plan.current_hash != plan.desired_hash
    assert plan.current_hash == make_plan(Planner(), REALM, REALM).desired_hash  # type: ignore[arg-type]


class Detour(Planner):
    """Takes a table away to change it."""

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        lost = Hazard(HazardKind.DELETES_DATA, Key(Kind.COLUMN, "app", "users", "id"), "Gone.")
        return tuple(replace(each, hazards=(lost,), comment="go round") for each in super().statements(task))


@pytest.mark.parametrize(("field", "is_refused"), [("generated", True), ("type", False)])
def test_a_detour_of_a_driver_deletes_nothing_that_the_policy_keeps(field: str, *, is_refused: bool) -> None:
    other = Generated(expr="1") if field == "generated" else "smallint"
    column = replace(USERS.columns[0], **{field: other})
    desired = replace(REALM, objects=(replace(USERS, columns=(column,)),))
    options = PlanOptions(policy=DiffPolicy(skip=frozenset({"drop_column"})))
    if is_refused:
        with pytest.raises(PolicyRefused, match=r"to go round would change or empty column app\.users\.id"):
            make_plan(Detour(), REALM, desired, options)  # type: ignore[arg-type]
    else:
        assert make_plan(Detour(), REALM, desired, options).statements  # type: ignore[arg-type]
    assert make_plan(Detour(), REALM, desired).statements  # type: ignore[arg-type]


def test_a_relation_that_is_dropped_takes_its_grants_along_and_says_so() -> None:
    found = (
        Unmodelled(kind="grant", name="app.users to bob (SELECT)", on="app.users"),
        Unmodelled(kind="rule", name="app.users.r", on="app.users"),
        Unmodelled(kind="grant", name="app.other to bob (SELECT)", on="app.other"),
    )
    current = replace(REALM, unmodelled=found)
    plan = make_plan(Planner(), current, replace(REALM, objects=()))  # type: ignore[arg-type]
    users = Key(Kind.TABLE, "app", "", "users")
    assert [hazard for each in plan.statements for hazard in each.hazards] == [
        Hazard(HazardKind.CHANGES_ACCESS, users, "The grant app.users to bob (SELECT) goes with it."),
        Hazard(HazardKind.BREAKS_CLIENTS, users, "The rule app.users.r goes with it."),
    ]
