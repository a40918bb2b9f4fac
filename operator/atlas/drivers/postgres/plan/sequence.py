"""Steps of sequences that are objects of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import sequence as ddl
from atlas.drivers.postgres.ddl.names import literal, quote
from atlas.drivers.postgres.plan.maker import breaks_clients, drop_text, hazard
from atlas.drivers.postgres.plan.step import Act, Phase
from atlas.engine.plan import HazardKind
from atlas.schema import Key, Kind
from atlas.schema.objects import Sequence

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker


def sequence_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A sequence. The table that it belongs to may be made after it."""
    current, desired = fate.current, fate.desired
    name = quote(key.name)
    if fate.goes and isinstance(current, Sequence) and not _goes_with_owner(maker, key, current):
        lost = hazard(HazardKind.DELETES_DATA, key, f"How far {key} has counted is gone.")
        maker.remove(
            key,
            fate,
            drop_text(key, current, maker.names),
            f"drop {name} sequence",
            phase=Phase.LATE_DROP,
            hazards=(lost, breaks_clients(key)),
        )
    if not isinstance(desired, Sequence):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            ddl.create(desired, maker.names),
            f"create {name} sequence",
            reverse=(drop_text(key, desired, maker.names),),
        )
        if desired.owned_by is not None:
            _own(maker, key, fate, None, desired)
    elif isinstance(current, Sequence):
        _alter(maker, key, fate, current, desired)
    maker.comments(key, fate)


def _goes_with_owner(maker: Maker, key: Key, item: Sequence) -> bool:
    """The server drops it with the column that it belongs to."""
    if item.owned_by is None:
        return False
    table, column = item.owned_by
    return maker.context.goes(Key(Kind.COLUMN, key.schema, table, column))


def _own(maker: Maker, key: Key, fate: Fate, current: Sequence | None, desired: Sequence) -> None:
    target = f"ALTER SEQUENCE {maker.names.qualified(key.schema, key.name)}"
    back = f"{target} {ddl.owned_by(current, maker.names)}" if current else f"{target} OWNED BY NONE"
    maker.step(
        Phase.BUILD,
        Act.FINISH,
        key,
        f"{target} {ddl.owned_by(desired, maker.names)}",
        f"modify {quote(key.name)} sequence",
        changes=fate.changes,
        reverse=(back,),
    )


def _alter(maker: Maker, key: Key, fate: Fate, current: Sequence, desired: Sequence) -> None:
    target = f"ALTER SEQUENCE {maker.names.qualified(key.schema, key.name)}"
    comment = f"modify {quote(key.name)} sequence"
    words = [f"AS {desired.type}"] if desired.type != current.type else []
    words += ddl.changed_settings(current, desired, desired.type)
    back = [f"AS {current.type}"] if desired.type != current.type else []
    back += ddl.changed_settings(desired, current, current.type)
    if words:
        restart = _move_into_bounds(maker, key, fate, current, desired)
        words, back = [*words, *restart], [*back, *restart]
        maker.build(
            key,
            fate,
            f"{target} {' '.join(words)}",
            comment,
            reverse=(f"{target} {' '.join(back)}",),
        )
    if desired.unlogged != current.unlogged:
        there, here = ("UNLOGGED", "LOGGED") if desired.unlogged else ("LOGGED", "UNLOGGED")
        maker.build(key, fate, f"{target} SET {there}", comment, reverse=(f"{target} SET {here}",))
    if desired.owned_by != current.owned_by:
        _own(maker, key, fate, current, desired)


def _move_into_bounds(maker: Maker, key: Key, fate: Fate, current: Sequence, desired: Sequence) -> list[str]:
    """The server refuses bounds that the last value is outside of; one inside of both is kept as it is.

    Returns:
        Words for ALTER SEQUENCE where no value is inside of both bounds.
    """
    low, high = ddl.bounds(current, current.type)
    new_low, new_high = ddl.bounds(desired, desired.type)
    if new_low <= low and new_high >= high:
        return []
    if max(new_low, low) > min(new_high, high):
        return ["RESTART"]
    name = maker.names.qualified(key.schema, key.name)
    bounded = f"LEAST(GREATEST(last_value, {max(new_low, low)}), {min(new_high, high)})"
    maker.build(
        key,
        fate,
        f"SELECT setval({literal(name)}, {bounded}, is_called AND last_value = {bounded}) FROM {name}",
        f"move {quote(key.name)} sequence into its bounds",
    )
    return []
