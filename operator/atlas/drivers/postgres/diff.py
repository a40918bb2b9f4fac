"""What differs in the eyes of PostgreSQL, and what of it the server can change in place."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from atlas.drivers.postgres.ddl import composite, enum, policy, routine, trigger, view
from atlas.engine.diff import changed_fields
from atlas.errors import Unsupported
from atlas.schema import Schema, objects
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
    from collections.abc import Callable

    from atlas.schema import Key
    from atlas.schema.walk import Object

IN_PLACE = {
    PrimaryKey: frozenset({"comment", "name", "options"}),
    Unique: frozenset({"comment", "options"}),
    Exclude: frozenset({"comment", "options"}),
    Index: frozenset({"comment", "options", "attached_to"}),
    objects.MaterializedView: frozenset({"comment", "options", "with_data", "columns"}),
    objects.RangeType: frozenset({"comment"}),
}
"""Fields of kinds that are otherwise taken away and made anew."""

COMMENT_OF_PUBLIC = "standard public schema"
"""What a new database says of it; a file that says nothing means that too, and its owner may be another."""


class Way(Enum):
    """How a difference is made to go away."""

    ALTER = "alter"
    RECREATE = "recreate"
    SWAP = "swap"
    """Of a type: make the desired one beside it, move every column over, drop the current one.

    Not of a range type, whose functions would stand in the way of those of the desired one.
    """


def differs(current: Object, desired: Object) -> frozenset[str]:
    """See ``SchemaDriver.differs``."""
    found = changed_fields(current, desired)
    match current, desired:
        case Schema(name="public"), Schema() if {current.comment, desired.comment} == {"", COMMENT_OF_PUBLIC}:
            found -= {"comment"}
        case Column(), Column():
            return found - {"inherited"}
        case objects.Domain(), objects.Domain() if current.checks != desired.checks:
            return found | {"checks"}
        case PrimaryKey(), PrimaryKey() if current.name != desired.name:
            return found | {"name"}
        case objects.View() | objects.MaterializedView(), objects.View() | objects.MaterializedView():
            said = _column_comments(current) != _column_comments(desired)
            return (found - {"columns"}) | ({"columns"} if said else set())
        case objects.Extension(), objects.Extension():
            found |= {"schema"} if current.schema != desired.schema else set()
            return frozenset(name for name in found if getattr(desired, name))
        case _:
            pass
    return found


def _column_comments(item: objects.View | objects.MaterializedView) -> dict[str, str]:
    return {column.name: column.comment for column in item.columns if column.comment}


def way(key: Key, current: Object, desired: Object, fields: frozenset[str]) -> Way:
    """How the difference in ``fields`` is made to go away.

    Raises:
        Unsupported: The server cannot, and making the object anew would lose rows.
    """
    if isinstance(current, Table) and isinstance(desired, Table):
        _refuse_table(key, current, desired, fields)
    if _is_altered(current, desired, fields):
        return Way.ALTER
    return (
        Way.SWAP if isinstance(current, objects.Enum | objects.Domain | objects.Composite) else Way.RECREATE
    )


def _is_altered(current: Object, desired: Object, fields: frozenset[str]) -> bool:
    """The server reaches the desired state from the object that is there."""
    answers: dict[type, Callable[[Any, Any], bool]] = {
        Column: lambda _, wanted: wanted.generated is None or "generated" not in fields,
        objects.Enum: enum.only_adds,
        objects.Domain: lambda _, __: not fields & {"type", "collation"},
        objects.Composite: composite.can_alter,
        objects.View: view.keeps_columns,
        objects.Routine: can_replace,
        objects.Aggregate: lambda known, wanted: (
            fields <= {"comment"} or routine.can_replace_aggregate(known, wanted)
        ),
        Policy: policy.can_alter,
        Trigger: lambda known, wanted: fields <= {"comment", "enabled"} or trigger.can_replace(known, wanted),
        ForeignKey: lambda known, wanted: fields <= _constraint_fields(known, wanted),
        Check: lambda known, wanted: fields <= _constraint_fields(known, wanted),
    }
    if type(current) in IN_PLACE:
        return fields <= IN_PLACE[type(current)]
    answer = answers.get(type(current))
    return answer is None or answer(current, desired)


def _constraint_fields(current: ForeignKey | Check, desired: ForeignKey | Check) -> set[str]:
    """What ALTER CONSTRAINT, VALIDATE CONSTRAINT and COMMENT can change."""
    found = {"comment"}
    if isinstance(current, ForeignKey):
        found |= {"deferrable", "initially_deferred"}
    return found | {"validated"} if desired.validated and not current.validated else found


def can_replace(current: objects.Routine, desired: objects.Routine) -> bool:
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
