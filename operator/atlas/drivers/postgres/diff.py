"""What differs in the eyes of PostgreSQL, and what of it the server can change in place."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import composite, enum, policy, view
from atlas.engine.diff import changed_fields
from atlas.errors import Unsupported
from atlas.schema import objects
from atlas.schema.table import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)

if TYPE_CHECKING:
    from atlas.schema import Key
    from atlas.schema.walk import Object

IN_PLACE = {
    PrimaryKey: frozenset({"comment", "name", "options"}),
    Unique: frozenset({"comment", "options"}),
    Exclude: frozenset({"comment", "options"}),
    Index: frozenset({"comment", "options", "attached_to"}),
    Trigger: frozenset({"comment", "enabled"}),
    objects.MaterializedView: frozenset({"comment", "options", "with_data", "columns"}),
    objects.RangeType: frozenset({"comment"}),
    objects.Aggregate: frozenset({"comment"}),
}
"""Fields of kinds that are otherwise taken away and made anew."""


class Way(Enum):
    """How a difference is made to go away."""

    ALTER = "alter"
    RECREATE = "recreate"
    SWAP = "swap"
    """Of a type: make the desired one beside it, move every column over, drop the current one."""


def differs(current: Object, desired: Object) -> frozenset[str]:
    """See ``SchemaDriver.differs``."""
    found = changed_fields(current, desired)
    match current, desired:
        case Column(), Column():
            return found - {"inherited"}
        case objects.Domain(), objects.Domain() if current.checks != desired.checks:
            return found | {"checks"}
        case PrimaryKey(), PrimaryKey() if current.name != desired.name:
            return found | {"name"}
        case (objects.View(), objects.View()) | (objects.MaterializedView(), objects.MaterializedView()):
            said = _column_comments(current) != _column_comments(desired)
            return (found - {"columns"}) | ({"columns"} if said else set())
        case objects.Extension(), objects.Extension():
            return frozenset(name for name in found if getattr(desired, name))
        case _:
            return found


def _column_comments(item: objects.View | objects.MaterializedView) -> dict[str, str]:
    return {column.name: column.comment for column in item.columns if column.comment}


def way(key: Key, current: Object, desired: Object, fields: frozenset[str]) -> Way:
    """How the difference in ``fields`` is made to go away.

    Raises:
        Unsupported: The server cannot, and making the object anew would lose rows.
    """
    match current, desired:
        case Table(), Table():
            _refuse_table(key, current, desired, fields)
            return Way.ALTER
        case Column(), Column():
            becomes = desired.generated is not None and "generated" in fields
            return Way.RECREATE if becomes else Way.ALTER
        case objects.Enum(), objects.Enum():
            return Way.ALTER if enum.only_adds(current, desired) else Way.SWAP
        case objects.Domain(), objects.Domain():
            return Way.SWAP if fields & {"type", "collation"} else Way.ALTER
        case objects.Composite(), objects.Composite():
            return Way.ALTER if composite.can_alter(current, desired) else Way.SWAP
        case objects.RangeType(), objects.RangeType():
            return Way.ALTER if fields <= {"comment"} else Way.SWAP
        case objects.View(), objects.View():
            return Way.ALTER if view.keeps_columns(current, desired) else Way.RECREATE
        case objects.Routine(), objects.Routine():
            return Way.ALTER if _can_replace(current, desired) else Way.RECREATE
        case Policy(), Policy():
            return Way.ALTER if policy.can_alter(current, desired) else Way.RECREATE
        case (ForeignKey(), ForeignKey()) | (Check(), Check()):
            return _constraint_way(current, desired, fields)
        case _ if type(current) in IN_PLACE:
            return Way.ALTER if fields <= IN_PLACE[type(current)] else Way.RECREATE
        case _:
            return Way.ALTER


def _constraint_way(current: ForeignKey | Check, desired: ForeignKey | Check, fields: frozenset[str]) -> Way:
    in_place = {"comment"}
    if isinstance(current, ForeignKey):
        in_place |= {"deferrable", "initially_deferred"}
    if desired.validated and not current.validated:
        in_place |= {"validated"}
    return Way.ALTER if fields <= in_place else Way.RECREATE


def _can_replace(current: objects.Routine, desired: objects.Routine) -> bool:
    """CREATE OR REPLACE keeps what a caller sees.

    Source: https://www.postgresql.org/docs/15/sql-createfunction.html, notes.
    """
    if (current.returns, current.window) != (desired.returns, desired.window):
        return False
    if len(current.arguments) != len(desired.arguments):
        return False
    return all(
        (before.mode, before.type) == (after.mode, after.type)
        and (before.name == after.name or not before.name)
        and (before.default is None or after.default is not None)
        for before, after in zip(current.arguments, desired.arguments, strict=True)
    )


def _refuse_table(key: Key, current: Table, desired: Table, fields: frozenset[str]) -> None:
    if "partition_by" in fields:
        raise Unsupported(
            f"{key}: how a table is partitioned cannot be changed while its rows stay; make a table partitioned as "
            "wanted under another name, copy the rows by a versioned migration, and rename it"
        )
    current_type = dict(current.options).get("of_type")
    if current_type != dict(desired.options).get("of_type"):
        raise Unsupported(
            f"{key}: the type that a table is made of (OF) is not changed by this version; use ALTER TABLE … OF or "
            "NOT OF in a versioned migration"
        )
