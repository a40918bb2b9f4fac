"""Steps of functions, procedures and aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import routine
from atlas.drivers.postgres.ddl.comment import phrase
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.diff import can_replace
from atlas.drivers.postgres.plan.maker import breaks_clients, drop_text, hazard, loses_grants, plain_name
from atlas.drivers.postgres.plan.step import Phase
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.objects import Aggregate, Routine

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key


def routine_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A function or procedure: replaced where its callers see the same, else made anew."""
    current, desired = fate.current, fate.desired
    what = f"{quote(plain_name(key))} {phrase(key.kind)}"
    if fate.goes and isinstance(current, Routine):
        _remove(maker, key, fate, routine.create(current, maker.names))
    if not isinstance(desired, Routine):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            routine.create(desired, maker.names),
            f"create {what}",
            reverse=(drop_text(key, desired, maker.names),),
        )
    elif isinstance(current, Routine) and fate.fields - {"comment"}:
        maker.build(
            key,
            fate,
            routine.create(desired, maker.names, replace="OR REPLACE "),
            f"modify {what}",
            hazards=_access(key, current, desired),
            reverse=_back(maker, current, desired),
        )
    maker.comments(key, fate)


def _remove(maker: Maker, key: Key, fate: Fate, back: str) -> None:
    """One that comes back must go early; one that does not waits for what used it to be changed."""
    maker.drop(
        key,
        fate,
        f"drop {quote(plain_name(key))} {phrase(key.kind)}",
        (back,),
        phase=Phase.LATE_DROP,
        hazards=(breaks_clients(key),) if fate.desired is None else (loses_grants(key),),
    )


def _back(maker: Maker, current: Routine, desired: Routine) -> tuple[str, ...] | None:
    """None where callers saw less before, or where a body has names that nothing has at that moment."""
    if maker.context.renames or not can_replace(desired, current):
        return None
    return (routine.create(current, maker.names, replace="OR REPLACE "),)


def _access(key: Key, current: Routine, desired: Routine) -> tuple[Hazard, ...]:
    if current.security_definer == desired.security_definer:
        return ()
    return (hazard(HazardKind.CHANGES_ACCESS, key, f"Whose rights count inside of {key} is another now."),)


def aggregate_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """An aggregate; replaced where what it takes and gives stays, else made anew."""
    current, desired = fate.current, fate.desired
    if fate.goes and isinstance(current, Aggregate):
        _remove(maker, key, fate, routine.create_aggregate(current, maker.names))
    if not isinstance(desired, Aggregate):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            routine.create_aggregate(desired, maker.names),
            f"create {quote(plain_name(key))} aggregate",
            reverse=(drop_text(key, desired, maker.names),),
        )
    elif isinstance(current, Aggregate) and fate.fields - {"comment"}:
        maker.build(
            key,
            fate,
            routine.create_aggregate(desired, maker.names, replace="OR REPLACE "),
            f"modify {quote(plain_name(key))} aggregate",
            reverse=(routine.create_aggregate(current, maker.names, replace="OR REPLACE "),),
        )
    maker.comments(key, fate)
