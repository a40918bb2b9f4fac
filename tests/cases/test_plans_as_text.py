"""Plans of the cases, written down and read again: the same statements, tried out, with hashes that fit the next plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.apply_plan import PlanApplyOptions, apply_plan
from atlas.engine.plan_file import (
    PlanFile,
    parse_plan_file,
    plan_by_text,
    print_plan_file,
    rehearse,
    state_hash,
    text_of_plan,
    transition_of,
)
from atlas.engine.restrict import inspect_realm
from atlas.engine.scan import options_for
from atlas.wiring import SystemClock

from tests.cases.case import DRIVERS, all_cases
from tests.cases.proof import desired_of, plan_of, scope_of

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.servers import Ground

EACH = {"sqlite": 1, "postgres": 5, "mariadb": 5}
"""Of servers every fifth case: each needs two databases and three readings of them."""
ALL = {driver: [case for case in all_cases(driver) if not case.unsupported] for driver in DRIVERS}
OTHER_HASH = {
    # A column that is added comes last, and the desired state has it before others.
    "postgres/combined/inheritance-column-changes",
    "postgres/table/attach-what-lacks-everything",
    "postgres/table/children-follow-the-parent",
    "postgres/table/inherits-and-gets-the-columns-for-it",
    "mariadb/view/of-a-changed-table",
    # The server quotes the new name where nobody did.
    "sqlite/column/rename-in-checks",
}


def named(driver: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", ALL[driver][:: EACH[driver]], ids=lambda case: case.name)


@named("postgres")
def test_a_plan_is_the_same_as_text_on_postgres(case: Case, postgres_ground: Ground) -> None:
    check(case, postgres_ground)


@named("mariadb")
def test_a_plan_is_the_same_as_text_on_mariadb(case: Case, mariadb_ground: Ground) -> None:
    check(case, mariadb_ground)


@named("sqlite")
def test_a_plan_is_the_same_as_text_on_sqlite(case: Case, sqlite_ground: Ground) -> None:
    check(case, sqlite_ground)


def test_the_exceptions_are_cases() -> None:
    assert {case.name for cases in ALL.values() for case in cases} >= OTHER_HASH


def check(case: Case, ground: Ground) -> None:
    types, options = ground.driver.types, options_for(case.driver)
    with ground.dev() as dev, ground.database(case.schemas) as url:
        desired, plan_options = desired_of(case, ground, dev)
        ground.script(url, case.current)
        with ground.opened(url) as database:
            fresh = plan_of(case, ground, database, desired, plan_options)
            current_hash, desired_hash = transition_of(fresh.current, desired, types, bound=case.bound)
            file = PlanFile(
                name="p",
                current_hash=current_hash,
                desired_hash=desired_hash,
                migration=text_of_plan(fresh, options) or "-- nothing\n",
            )
            assert parse_plan_file(print_plan_file(file), "p.plan.hcl") == file
            if not fresh.statements:
                return
            plan = plan_by_text(fresh, file, options)
            assert plan.statements == fresh.statements
            rehearse(plan, name="p", driver=ground.driver, dev=dev, scope=scope_of(case))
            how = PlanApplyOptions(lock_name="atlas_cases", lock_timeout_s=5.0)
            report = apply_plan(plan, database, ground.driver, scope_of(case), how, clock=SystemClock())
            assert report.error is None
            after = inspect_realm(ground.driver, database, scope_of(case))
            if plan.desired == desired:
                is_as_said = state_hash(after, types, bound=case.bound) == desired_hash
                assert is_as_said is (case.name not in OTHER_HASH)
