"""SQL for a reader: the statements of a plan with their comments, and the plan that makes a realm of nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.plan import PlanOptions, make_plan
from atlas.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.engine.plan import Plan, PlannedStatement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Realm


def plan_text(statements: Iterable[PlannedStatement], indent: str = "") -> str:
    """A comment and a statement each, on one line or with ``indent``; every line ends in a newline."""
    return "".join(f"-- {_sentence(each.comment)}\n{each.text(indent)};\n" for each in statements)


def creating_plan(driver: SchemaDriver, realm: Realm, *, bound: str) -> Plan:
    """What makes ``realm`` in a new database; a bound schema is there already, and PostgreSQL's ``public``.

    Raises:
        Unsupported: As ``make_plan``; what is not modelled is left out, and no reason.
    """
    known = replace(realm, unmodelled=())
    empty = replace(
        realm, schemas=tuple(_given(realm, bound)), objects=(), dependencies=frozenset(), unmodelled=()
    )
    return make_plan(driver, empty, known, PlanOptions(bound=bound))


def _given(realm: Realm, bound: str) -> Iterator[Schema]:
    """The schemas of a new database that ``realm`` has too, as they are there."""
    for schema in realm.schemas:
        if schema.name == bound:
            yield schema
        elif not bound and realm.dialect == "postgres" and schema.name == "public":
            yield Schema(name="public", comment="standard public schema")


def _sentence(comment: str) -> str:
    return comment[:1].upper() + comment[1:]
