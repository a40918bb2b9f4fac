"""The whole: decisions, what follows from them, steps, their order, and statements."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import literal
from atlas.drivers.postgres.plan.cascade import cascade, expand, say_again
from atlas.drivers.postgres.plan.circles import apart_when_dropped, apart_when_made
from atlas.drivers.postgres.plan.column import column_steps
from atlas.drivers.postgres.plan.constraint import constraint_steps
from atlas.drivers.postgres.plan.context import Fate, Verdict
from atlas.drivers.postgres.plan.database import extension_steps, schema_steps
from atlas.drivers.postgres.plan.decisions import context_of
from atlas.drivers.postgres.plan.edges import Edges
from atlas.drivers.postgres.plan.index import index_steps
from atlas.drivers.postgres.plan.lost import refuse_lost
from atlas.drivers.postgres.plan.maker import Maker
from atlas.drivers.postgres.plan.merge import statement_of
from atlas.drivers.postgres.plan.parts import let_parts_fall
from atlas.drivers.postgres.plan.rename import rename_steps
from atlas.drivers.postgres.plan.routine import aggregate_steps, routine_steps
from atlas.drivers.postgres.plan.schedule import Schedule, rank
from atlas.drivers.postgres.plan.sequence import sequence_steps
from atlas.drivers.postgres.plan.table import table_steps
from atlas.drivers.postgres.plan.trigger import policy_steps, trigger_steps
from atlas.drivers.postgres.plan.type import type_steps
from atlas.drivers.postgres.plan.untracked import untracked
from atlas.drivers.postgres.plan.view import materialized_steps, view_steps
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.schema import Kind
from atlas.schema.objects import Enum, Routine

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.drivers.postgres.plan.context import Context
    from atlas.drivers.postgres.plan.step import Step
    from atlas.engine.plan import PlanTask
    from atlas.schema import Key

_STEPS: dict[Kind, Callable[[Maker, Key, Fate], None]] = {
    Kind.SCHEMA: schema_steps,
    Kind.EXTENSION: extension_steps,
    Kind.ENUM: type_steps,
    Kind.DOMAIN: type_steps,
    Kind.COMPOSITE: type_steps,
    Kind.RANGE: type_steps,
    Kind.SEQUENCE: sequence_steps,
    Kind.COLUMN: column_steps,
    Kind.PRIMARY_KEY: constraint_steps,
    Kind.UNIQUE: constraint_steps,
    Kind.FOREIGN_KEY: constraint_steps,
    Kind.CHECK: constraint_steps,
    Kind.EXCLUDE: constraint_steps,
    Kind.INDEX: index_steps,
    Kind.TRIGGER: trigger_steps,
    Kind.POLICY: policy_steps,
    Kind.VIEW: view_steps,
    Kind.MATERIALIZED: materialized_steps,
    Kind.FUNCTION: routine_steps,
    Kind.PROCEDURE: routine_steps,
    Kind.AGGREGATE: aggregate_steps,
}


_STRING = re.compile(r"'(?:[^']|'')*'")


def statements(task: PlanTask) -> tuple[PlannedStatement, ...]:
    """See ``SchemaDriver.statements``. Written for PostgreSQL 14 and later."""
    context = context_of(task)
    cascade(context)
    expand(context)
    say_again(context)
    let_parts_fall(context)
    refuse_lost(context)
    maker = Maker(context)
    rename_steps(maker, list(context.renames))
    _make(maker)
    return _ordered(context, maker.steps)


def _make(maker: Maker) -> None:
    context = maker.context
    order = _order(context)
    apart = apart_when_made(context)
    _free_dropped_tables(maker)
    for key in sorted(context.fates, key=lambda each: order.get(each, len(order))):
        fate = context.fates[key]
        if key.kind is Kind.TABLE:
            names = {each.name for each in apart if context.host(each) == key}
            table_steps(maker, key, fate, apart=names)
        else:
            _STEPS[key.kind](maker, key, fate)


def _free_dropped_tables(maker: Maker) -> None:
    context = maker.context
    for key in sorted(apart_when_dropped(context)):
        item = context.before[key]
        changes = context.fates[context.host(key)].changes
        constraint_steps(maker, key, Fate(Verdict.DROP, item, None, changes=changes))


def _order(context: Context) -> dict[Key, int]:
    """Desired objects in their order, then those that go."""
    keys = dict.fromkeys((*context.after, *context.before))
    return {key: number for number, key in enumerate(keys)}


def _ordered(context: Context, steps: list[Step]) -> tuple[PlannedStatement, ...]:
    order = _order(context)
    schedule = Schedule(steps, {step.number: rank(context, order, step) for step in steps})
    edges = Edges(context, steps)
    schedule.need(edges.hard(), edges.weak(), _unchecked(context, steps))
    groups = schedule.order()
    found = [statement_of(context, group) for group in groups]
    found = _with_committed_values(context, found)
    found = untracked(context, found)
    if any(isinstance(context.after.get(step.key), Routine) for step in schedule.broken):
        return (_setting("SET check_function_bodies = off"), *found, _setting("RESET check_function_bodies"))
    return tuple(found)


def _unchecked(context: Context, steps: list[Step]) -> frozenset[int]:
    """Steps that make routines whose body is a string: it may mention what is not there yet."""
    return frozenset(
        step.number
        for step in steps
        if isinstance(item := context.after.get(step.key), Routine) and not item.sql_body
    )


def _setting(sql: str) -> PlannedStatement:
    """NB: bodies are checked when routines are made; these mention one another, or what comes later."""
    return PlannedStatement(sql=SqlText(sql), comment="set whether bodies of functions are checked")


def _with_committed_values(context: Context, found: list[PlannedStatement]) -> list[PlannedStatement]:
    """A value that another statement uses must be committed before.

    Source: https://www.postgresql.org/docs/15/sql-altertype.html, notes on ADD VALUE.
    """
    return (
        [_outside(each) if _adds_value(each) and _is_used(each, found) else each for each in found]
        if context.fates
        else found
    )


def _adds_value(statement: PlannedStatement) -> bool:
    return " ADD VALUE " in statement.sql.head and bool(_added(statement))


def _added(statement: PlannedStatement) -> set[str]:
    return {
        literal(value)
        for change in statement.changes
        if change.key.kind is Kind.ENUM
        for value in _new_values(change)
    }


def _new_values(change: object) -> list[str]:
    current, desired = getattr(change, "current", None), getattr(change, "desired", None)
    if not isinstance(current, Enum) or not isinstance(desired, Enum):
        return []
    return [value for value in desired.values if value not in set(current.values)]


def _is_used(statement: PlannedStatement, found: list[PlannedStatement]) -> bool:
    values = _added(statement)
    return any(
        _mentions(text, value)
        for each in found
        if " ADD VALUE " not in each.sql.head
        for text in _STRING.findall(each.text())
        for value in values
    )


def _mentions(text: str, value: str) -> bool:
    """A string constant is the value, or an array with it."""
    return text == value or (text.startswith("'{") and value[1:-1] in text)


def _outside(statement: PlannedStatement) -> PlannedStatement:
    key = statement.changes[0].key
    text = "The new value is used by this plan, and has to be committed before."
    return replace(
        statement,
        in_transaction=False,
        hazards=(*statement.hazards, Hazard(HazardKind.NOT_TRANSACTIONAL, key, text)),
    )
