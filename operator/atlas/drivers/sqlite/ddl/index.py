"""Statements of indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.text.names import quoted
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from atlas.schema import Change
    from atlas.schema.table import Index, IndexPart, Table


def create_index_text(table: str, index: Index) -> SqlText:
    """``CREATE INDEX``."""
    unique = "UNIQUE " if index.unique else ""
    parts = ", ".join(_part(part) for part in index.parts)
    where = f" WHERE {index.where}" if index.where else ""
    return SqlText(f"CREATE {unique}INDEX {quoted(index.name)} ON {quoted(table)} ({parts}){where}")


def drop_index_text(index: Index) -> SqlText:
    """``DROP INDEX``."""
    return SqlText(f"DROP INDEX {quoted(index.name)}")


def _part(part: IndexPart) -> str:
    text = quoted(part.column) if part.column else f"({part.expr})"
    collation = f" COLLATE {quoted(part.collation)}" if part.collation else ""
    return f"{text}{collation}{' DESC' if part.desc else ''}"


def create_index(
    table: Table, index: Index, changes: tuple[Change, ...], *, may_fail: bool
) -> PlannedStatement:
    """Make it. One that only comes back after its table was rebuilt has no changes."""
    key = child_key(table, index)
    text = f'Every row of "{table.name}" is read to build the index.'
    hazards = [Hazard(HazardKind.BUILDS_INDEX, key, text)] if changes else []
    if may_fail:
        text = f'It fails where rows of "{table.name}" have the same values.'
        hazards.append(Hazard(HazardKind.MAY_FAIL, key, text))
    return PlannedStatement(
        sql=create_index_text(table.name, index),
        comment=f'create index "{index.name}" to table: "{table.name}"',
        changes=changes,
        hazards=tuple(hazards),
        reverse=(drop_index_text(index),),
    )


def drop_index(table: Table, index: Index, changes: tuple[Change, ...]) -> PlannedStatement:
    """Drop it."""
    hazard = Hazard(HazardKind.DROPS_INDEX, child_key(table, index), "Queries that use it become slower.")
    return PlannedStatement(
        sql=drop_index_text(index),
        comment=f'drop index "{index.name}" from table: "{table.name}"',
        changes=changes,
        hazards=(hazard,) if changes else (),
        reverse=(create_index_text(table.name, index),),
    )
