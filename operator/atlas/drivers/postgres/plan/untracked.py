"""Bodies of routines that are strings: the server does not say what stops working when something goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.plan import Hazard, HazardKind, PlannedStatement
from atlas.schema import Drop, Key, Rename
from atlas.schema.objects import Routine

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Context


def untracked(context: Context, found: list[PlannedStatement]) -> list[PlannedStatement]:
    """``found`` with a hazard where something goes that the body of a routine that stays may use."""
    from atlas.drivers.postgres.plan.derive import words

    bodies = {
        key: words(item.body)
        for key, item in context.after.items()
        if isinstance(item, Routine) and not item.sql_body and _body_stays(context, key)
    }
    return [_marked(each, bodies) for each in found] if bodies else found


def _body_stays(context: Context, key: Key) -> bool:
    fate = context.fates.get(key)
    return key in context.before and (fate is None or not (fate.comes or "body" in fate.fields))


def _marked(statement: PlannedStatement, bodies: dict[Key, set[str]]) -> PlannedStatement:
    hazards = list(statement.hazards)
    for change in statement.changes:
        if not isinstance(change, Drop | Rename):
            continue
        gone = change.key if isinstance(change, Drop) else change.current_key
        name = gone.name.partition("(")[0]
        users = [str(key) for key, body in bodies.items() if name in body and (gone.relation or name) in body]
        if users and not any(
            each.kind is HazardKind.UNTRACKED_DEPENDENCIES and each.key == gone for each in hazards
        ):
            text = f"{', '.join(users)} may use it: the server does not know what a body written as text depends on."
            hazards.append(Hazard(HazardKind.UNTRACKED_DEPENDENCIES, gone, text))
    return replace(statement, hazards=tuple(hazards))
