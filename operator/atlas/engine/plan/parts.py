"""What is a part of a relation and not modelled: it goes when a person drops the relation, and is said.

Making a relation anew is the drivers' way, not a person's word: they refuse that where a part would be lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.plan.hazard import Hazard, HazardKind
from atlas.schema import Drop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.engine.plan.statement import PlannedStatement
    from atlas.schema import Key, Realm, Unmodelled

_KINDS = {
    "grant": HazardKind.CHANGES_ACCESS,
    "revoke": HazardKind.CHANGES_ACCESS,
    "statistics object": HazardKind.DROPS_INDEX,
    "index statistics": HazardKind.DROPS_INDEX,
}


def with_lost_parts(statements: Iterable[PlannedStatement], current: Realm) -> tuple[PlannedStatement, ...]:
    """The statements; one that drops a relation has a hazard for each part that goes along."""
    parts: dict[str, list[Unmodelled]] = {}
    for found in current.unmodelled:
        if found.on:
            parts.setdefault(found.on, []).append(found)
    if not parts:
        return tuple(statements)
    return tuple(
        replace(statement, hazards=(*statement.hazards, *lost))
        if (lost := tuple(_lost(statement, parts)))
        else statement
        for statement in statements
    )


def _lost(statement: PlannedStatement, parts: dict[str, list[Unmodelled]]) -> Iterator[Hazard]:
    for change in statement.changes:
        if isinstance(change, Drop) and not change.key.kind.is_child:
            yield from (
                _hazard(change.key, part) for part in parts.get(f"{change.key.schema}.{change.key.name}", ())
            )


def _hazard(key: Key, part: Unmodelled) -> Hazard:
    kind = _KINDS.get(part.kind, HazardKind.BREAKS_CLIENTS)
    return Hazard(kind, key, f"The {part.kind} {part.name} goes with it.")
