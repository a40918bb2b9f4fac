"""When two objects of one key are different in the eyes of MySQL and MariaDB.

``engine.diff`` walks; here is what a plain comparison of fields would see and the server would not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect.dialect import type_text
from atlas.engine.diff import changed_fields
from atlas.schema import Schema
from atlas.schema.objects import Event, Routine, View
from atlas.schema.options import option
from atlas.schema.table import Check, Column, ForeignKey, Index, PrimaryKey, Table, Trigger

if TYPE_CHECKING:
    from atlas.schema.walk import Object


def differs(current: Object, desired: Object) -> frozenset[str]:
    """Names of the fields that differ; see ``engine.schema_ports.SchemaDriver``."""
    if not changed_fields(current, desired):
        return frozenset()
    fields = changed_fields(_canonical(_owned(current, desired)), _canonical(desired))
    match current, desired:
        case Schema(), Schema():
            return fields - {name for name in ("charset", "collation") if not getattr(desired, name)}
        case Table(), Table():
            return fields - _passed_counter(current, desired)
        case _:
            return fields


def _passed_counter(current: Table, desired: Table) -> frozenset[str]:
    """A counter that moved on is no difference; neither is one that nobody asked for."""
    wanted, reached = desired.auto_increment, current.auto_increment or 1
    return frozenset({"auto_increment"}) if wanted is None or reached >= wanted else frozenset()


def _canonical(item: Object) -> Object:
    """``item`` with one way to say what catalogs, versions and HCL say in several."""
    seen: Object = item
    match item:
        case Column():
            seen = replace(item, type=type_text(item.type))
        case Index() | PrimaryKey():
            seen = replace(item, method="") if item.method == "btree" else item
        case ForeignKey():
            seen = replace(item, on_update=_action(item.on_update), on_delete=_action(item.on_delete))
        case Check():
            # The same rule whether it stands beside the column or below the columns.
            seen = replace(item, column="")
        case View():
            seen = replace(item, columns=())
        case Routine():
            seen = _routine(item)
    return seen


def _action(text: str) -> str:
    """RESTRICT and NO ACTION are one thing to InnoDB; which of them a catalog prints depends on the server."""
    return "NO ACTION" if text == "RESTRICT" else text


def _routine(routine: Routine) -> Routine:
    """Without what other databases have: a language, and the security that ``options`` say here."""
    access = "" if routine.data_access == "CONTAINS SQL" else routine.data_access
    return replace(routine, language="", volatility="", security_definer=False, data_access=access)


def _owned(current: Object, desired: Object) -> Object:
    """``current`` without its definer where the desired state names none: whoever owns it keeps it."""
    if not isinstance(current, View | Routine | Trigger | Event) or not hasattr(desired, "options"):
        return current
    if option(desired.options, "definer"):
        return current
    return replace(current, options=tuple(pair for pair in current.options if pair[0] != "definer"))
