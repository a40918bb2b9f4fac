"""Triggers of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.options import options_of
from atlas.schema.table import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.inspect.reader import Cells
    from atlas.drivers.mysql.inspect.server import Server


def triggers_of(rows: Iterable[Cells], server: Server) -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """The triggers of every table, by name. One that is not the first of its moment says whom it follows."""
    found: dict[tuple[str, str], list[Trigger]] = {}
    before: tuple[str, ...] = ()
    for schema, table, name, event, timing, body, definer, _ in rows:
        options = server.definer(definer)
        moment = (schema, table, timing, event)
        if before[:-1] == moment:
            options["follows"] = before[-1]
        before = (*moment, name)
        trigger = Trigger(
            name=name, timing=timing, events=(event,), body=body.strip(), options=options_of(options)
        )
        found.setdefault((schema, table), []).append(trigger)
    return {table: tuple(sorted(each, key=lambda trigger: trigger.name)) for table, each in found.items()}
