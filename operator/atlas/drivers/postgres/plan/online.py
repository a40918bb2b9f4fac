"""Changes in several statements, none of which keeps anybody waiting: ``DiffPolicy.online``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.counter import default_name
from atlas.drivers.postgres.plan.maker import LOCK_TIMEOUT_S, hazard, scans
from atlas.drivers.postgres.plan.step import Act, Phase, Step
from atlas.engine.plan import Hazard, HazardKind

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key


def apart(key: Key) -> Hazard:
    """Locks last until the end of a transaction: the statements run in none."""
    return hazard(
        HazardKind.NOT_TRANSACTIONAL,
        key,
        "It runs outside of a transaction: what ran before a failure stays.",
    )


def alone(maker: Maker, key: Key, fate: Fate, clause: str, **more: Any) -> Step:
    """ALTER TABLE with one clause, outside of a transaction, that soon gives up waiting for its lock."""
    hazards = (*more.pop("hazards", ()), apart(key))
    return maker.step(
        Phase.BUILD,
        more.pop("act", Act.BUILD),
        key,
        f"{maker.alter_table(key)} {clause}",
        f"modify {quote(key.relation)} table",
        changes=fate.changes,
        in_transaction=False,
        lock_timeout_s=LOCK_TIMEOUT_S,
        hazards=hazards,
        **more,
    )


def set_not_null_online(maker: Maker, key: Key, fate: Fate) -> None:
    """By way of a check that is validated while others read and write.

    Source: https://www.postgresql.org/docs/15/sql-altertable.html: SET NOT NULL skips its scan where a valid check
    proves that there is no NULL.
    """
    column, name = quote(key.name), quote(_free_name(maker, key))
    added = alone(
        maker,
        key,
        fate,
        f"ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID",
        reverse=(f"{maker.alter_table(key)} DROP CONSTRAINT {name}",),
    )
    valid = validate(maker, key, fate, name, f"a row has NULL in {key}", added)
    alter = f"{maker.alter_table(key)} ALTER COLUMN {column}"
    made = alone(
        maker,
        key,
        fate,
        f"ALTER COLUMN {column} SET NOT NULL",
        after=frozenset({valid.number}),
        reverse=(f"{alter} DROP NOT NULL",),
    )
    alone(
        maker,
        key,
        fate,
        f"DROP CONSTRAINT {name}",
        after=frozenset({made.number}),
        reverse=(),
    )


def _free_name(maker: Maker, key: Key) -> str:
    """A run that was killed has left its check behind: it goes by a step of its own, maybe later than this one."""
    context = maker.context
    home = (key.schema, key.relation)
    taken = {each.name for each in (*context.before, *context.after) if (each.schema, each.relation) == home}
    names = (default_name(key.relation, key.name, f"not_null{number or ''}") for number in count())
    return next(name for name in names if name not in taken)


def validate(maker: Maker, key: Key, fate: Fate, name: str, what: str, added: Step | None = None) -> Step:
    """VALIDATE CONSTRAINT reads every row under a lock that only other changes of the table conflict with."""
    return alone(
        maker,
        key,
        fate,
        f"VALIDATE CONSTRAINT {name}",
        hazards=scans(key, what, blocks=None),
        after=frozenset({added.number}) if added else frozenset(),
        reverse=(),
    )
