"""What is refused by name instead of being planned by half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.schema import Kind
from atlas.schema.table import ForeignKey, Index, Table
from atlas.schema.walk import children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.plan import PlanTask
    from atlas.schema.walk import Object

_KNOWN = frozenset(
    {
        *(Kind.SCHEMA, Kind.TABLE, Kind.COLUMN, Kind.PRIMARY_KEY, Kind.INDEX, Kind.FOREIGN_KEY, Kind.CHECK),
        *(Kind.TRIGGER, Kind.VIEW, Kind.FUNCTION, Kind.PROCEDURE, Kind.EVENT),
    }
)


def refuse_unknown(task: PlanTask, *, is_mariadb: bool) -> None:
    """Refuse objects that the dialect does not have, and what is said of others that it would not listen to.

    Raises:
        Unsupported: With the object and what it asks for.
    """
    dialect = "MariaDB" if is_mariadb else "MySQL"
    known = _KNOWN | {Kind.SEQUENCE} if is_mariadb else _KNOWN
    for change in task.changes:
        if change.key.kind not in known:
            raise Unsupported(f"{change.key}: {dialect} has no {change.key.kind.value.replace('_', ' ')}s")
        for words in _unheard(getattr(change, "desired", None)):
            raise Unsupported(f"{change.key}: {dialect} has no {words}")


def refuse_touched(task: PlanTask) -> None:
    """Refuse changes of tables that hold what is not modelled: an ALTER would have to guess at it.

    Raises:
        Unsupported: With the table and what was found.
    """
    touched = {f"{change.key.schema}.{change.key.relation or change.key.name}" for change in task.changes}
    for found in task.current.unmodelled:
        if found.on and found.on in touched:
            raise Unsupported(
                f"table {found.on} cannot be changed: it has {found.kind} {found.name}, which this version does not plan; "
                "change it by versioned migrations"
            )


def _unheard(item: Object | None) -> Iterator[str]:
    match item:
        case Table():
            for child in children(item):
                yield from (f"{words} ({child.name})" for words in _unheard(child))
            if item.uniques or item.excludes:
                yield "unique or exclusion constraints beside indexes"
        case ForeignKey():
            if item.deferrable or item.initially_deferred:
                yield "deferrable foreign keys"
            if item.match:
                yield f"foreign keys that match {item.match}"
        case Index():
            if item.where:
                yield "partial indexes"
            if item.include or not item.nulls_distinct:
                yield "INCLUDE and NULLS NOT DISTINCT of indexes"
        case _:
            return
