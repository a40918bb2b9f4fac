"""The order of steps: what needs what, clauses of a table together, circles."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.plan.schedule import Schedule
from atlas.drivers.postgres.plan.step import Act, Phase, Step
from atlas.engine.plan import SqlText
from atlas.errors import Unsupported
from atlas.schema import Key, Kind

TABLE, OTHER = (Key(Kind.TABLE, "app", "", name) for name in ("t", "u"))


def statement(number: int) -> Step:
    return Step(number=number, phase=Phase.BUILD, act=Act.BUILD, key=OTHER, sql=SqlText(f"s{number}"))


def clause(number: int, place: int = 0) -> Step:
    return Step(
        number=number,
        phase=Phase.BUILD,
        act=Act.BUILD,
        key=TABLE,
        sql=SqlText(f"c{number}"),
        clause_of=TABLE,
        place=place,
    )


def order(
    steps: list[Step], hard: list[tuple[int, int]], weak: list[tuple[int, int]] | None = None
) -> list[list[int]]:
    schedule = Schedule(steps, {step.number: (step.number,) for step in steps})
    schedule.need(hard, weak or [])
    return [[step.number for step in group] for group in schedule.order()]


def test_a_step_stands_behind_what_it_needs_and_else_in_its_rank() -> None:
    assert order([statement(0), statement(1), statement(2)], [(0, 2)]) == [[1], [2], [0]]


def test_clauses_of_a_table_are_one_group_in_the_order_of_their_places() -> None:
    assert order([clause(0, 2), statement(1), clause(2, 1)], []) == [[2, 0], [1]]


def test_a_group_waits_until_all_of_its_clauses_can_run() -> None:
    assert order([clause(0), statement(1), clause(2)], [(2, 1)]) == [[1], [0, 2]]


def test_a_group_is_split_where_something_stands_between_its_clauses() -> None:
    assert order([clause(0), statement(1), clause(2)], [(1, 0), (2, 1)]) == [[0], [1], [2]]


def test_clauses_that_need_each_other_stay_together() -> None:
    assert order([clause(0), clause(1)], [(0, 1)]) == [[0, 1]]


def test_a_weak_need_is_heeded_where_nothing_speaks_against_it() -> None:
    assert order([statement(0), statement(1)], [], [(0, 1)]) == [[1], [0]]


def test_a_weak_need_yields_to_a_hard_one() -> None:
    schedule = Schedule([statement(0), statement(1)], {0: (0,), 1: (1,)})
    schedule.need([(0, 1)], [(1, 0)])
    assert [[step.number for step in group] for group in schedule.order()] == [[1], [0]]
    assert [step.number for step in schedule.broken] == [1]


def test_a_circle_of_hard_needs_is_refused_by_name() -> None:
    with pytest.raises(Unsupported, match=r"table app\.u"):
        order([statement(0), statement(1)], [(0, 1), (1, 0)])
