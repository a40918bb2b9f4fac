"""SQL for a reader: the statements of a plan with their comments, and the plan that makes a realm of nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.plan import PlanOptions, make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan import Plan, PlannedStatement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Realm


def plan_text(statements: Iterable[PlannedStatement], indent: str = "") -> str:
    """A comment and a statement each, on one line or with ``indent``; every line ends in a newline."""
    return "".join(f"-- {_sentence(each.comment)}\n{each.text(indent)};\n" for each in statements)


def creating_plan(driver: SchemaDriver, realm: Realm, *, bound: str) -> Plan:
    """What makes ``realm`` in an empty database; a bound schema is there already.

    Raises:
        Unsupported: As ``make_plan``; what is not modelled is left out, and no reason.
    """
    known = replace(realm, unmodelled=())
    schemas = tuple(schema for schema in realm.schemas if schema.name == bound)
    empty = replace(realm, schemas=schemas, objects=(), dependencies=frozenset(), unmodelled=())
    return make_plan(driver, empty, known, PlanOptions(bound=bound))


def _sentence(comment: str) -> str:
    return comment[:1].upper() + comment[1:]
