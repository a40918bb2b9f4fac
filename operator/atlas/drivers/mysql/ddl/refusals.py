"""What is refused by name instead of being planned by half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.schema import Kind, Rename
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


def refuse_renames_under_expressions(task: PlanTask) -> None:
    """Refuse to rename a column that an expression names: MySQL does not rename it there (errors 3108 and 3959).

    MariaDB does.

    Raises:
        Unsupported: With the column.
    """
    for change in task.changes:
        if not isinstance(change, Rename) or change.key.kind is not Kind.COLUMN:
            continue
        named = f"`{change.current_key.name.replace('`', '``')}`"
        for table in task.current.tables:
            is_own = (table.schema, table.name) == (change.current_key.schema, change.current_key.relation)
            if is_own and any(named in expr for expr in _expressions(table)):
                raise Unsupported(
                    f"{change.current_key} cannot be renamed to {change.key.name}: a generated column, check or index has "
                    "it in an expression, and MySQL does not rename it there; drop that first, in a plan of its own"
                )


def _expressions(table: Table) -> Iterator[str]:
    yield from (column.generated.expr for column in table.columns if column.generated)
    yield from (check.expr for check in table.checks)
    yield from (part.expr for index in table.indexes for part in index.parts)


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
