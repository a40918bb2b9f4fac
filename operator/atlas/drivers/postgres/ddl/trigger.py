"""Triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.constraint import deferrable
from atlas.drivers.postgres.ddl.names import Names, listed, literal, quote

if TYPE_CHECKING:
    from atlas.schema.table import Trigger

ENABLED = {"origin": "ENABLE", "disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}
"""How ALTER TABLE says when a trigger fires."""


def can_replace(current: Trigger, desired: Trigger) -> bool:
    """CREATE OR REPLACE TRIGGER can do it.

    Source: https://www.postgresql.org/docs/15/sql-createtrigger.html: not for constraint triggers.
    """
    return not current.constraint and not desired.constraint


def create(item: Trigger, on: str, names: Names, *, replace: str = "") -> str:
    """CREATE TRIGGER on the relation ``on``; ``replace`` is ``OR REPLACE `` or ''.

    It fires as ``origin`` until it is told otherwise, also one that is replaced.
    """
    events = " OR ".join(
        f"{event} OF {listed(item.update_of)}" if event == "UPDATE" and item.update_of else event
        for event in item.events
    )
    words = [
        f"CREATE {replace}{'CONSTRAINT ' if item.constraint else ''}TRIGGER {quote(item.name)} {item.timing} {events} ON {on}"
    ]
    if item.ref_table:
        words.append(f"FROM {names.dotted(item.ref_table)}")
    if item.constraint:
        state = deferrable(deferrable=item.deferrable, initially_deferred=item.initially_deferred)
        words += [state.strip()] if state else []
    words += _referencing(item)
    words.append("FOR EACH ROW" if item.for_each_row else "FOR EACH STATEMENT")
    if item.when:
        words.append(f"WHEN ({item.when})")
    arguments = ", ".join(literal(each) for each in item.arguments)
    words.append(f"EXECUTE FUNCTION {names.dotted(item.function)} ({arguments})")
    return " ".join(words)


def _referencing(item: Trigger) -> list[str]:
    tables = [
        f"{age} TABLE AS {quote(name)}"
        for age, name in (("OLD", item.old_table), ("NEW", item.new_table))
        if name
    ]
    return ["REFERENCING", *tables] if tables else []


def set_enabled(item: Trigger) -> str:
    """The clause of ALTER TABLE."""
    return f"{ENABLED[item.enabled]} TRIGGER {quote(item.name)}"
