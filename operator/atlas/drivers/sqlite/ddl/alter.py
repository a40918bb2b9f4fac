"""Statements of ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.hazard import of_addition, of_dropped_column
from atlas.drivers.sqlite.ddl.table import check_clause, column_definition, references_clause
from atlas.drivers.sqlite.text.names import folded, quoted
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.schema import Key, Kind, key_of

if TYPE_CHECKING:
    from atlas.drivers.sqlite.ddl.decide import Addition
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema.table import Column


def rename_table(pair: Pair, temporary: str) -> tuple[PlannedStatement, ...]:
    """Rename it; SQLite takes another case for the same name, so that goes by way of a free one."""
    current, name = pair.current.name, pair.after.name
    is_case = folded(current) == folded(name)
    steps = [(current, temporary), (temporary, name)] if is_case else [(current, name)]
    hazard = Hazard(HazardKind.BREAKS_CLIENTS, key_of(pair.after), f'Queries that name "{current}" fail.')
    return tuple(
        PlannedStatement(
            sql=_rename(first, second),
            comment=f'rename a table from "{first}" to "{second}"',
            changes=pair.of_kind(Kind.TABLE),
            hazards=() if is_case else (hazard,),
            reverse=(_rename(second, first),),
        )
        for first, second in steps
    )


def _rename(current: str, name: str) -> SqlText:
    return SqlText(f"ALTER TABLE {quoted(current)} RENAME TO {quoted(name)}")


def rename_column(pair: Pair, current: str, name: str) -> PlannedStatement:
    """Rename a column of a table that has its desired name already."""
    table = quoted(pair.after.name)
    key = Key(Kind.COLUMN, pair.after.schema, pair.after.name, name)
    hazard = Hazard(HazardKind.BREAKS_CLIENTS, key, f'Queries that name "{current}" fail.')
    return PlannedStatement(
        sql=SqlText(f"ALTER TABLE {table} RENAME COLUMN {quoted(current)} TO {quoted(name)}"),
        comment=f'rename a column from "{current}" to "{name}"',
        changes=pair.of(Kind.COLUMN, current, name),
        hazards=() if folded(current) == folded(name) else (hazard,),
        reverse=(SqlText(f"ALTER TABLE {table} RENAME COLUMN {quoted(name)} TO {quoted(current)}"),),
    )


def add_column(pair: Pair, addition: Addition) -> PlannedStatement:
    """Add a column, and what constraints stand at it."""
    table, column = quoted(pair.after.name), addition.column
    clauses = [column_definition(column, pair.after)]
    clauses += [references_clause(key) for key in addition.foreign_keys]
    clauses += [check_clause(check) for check in addition.checks]
    # DROP COLUMN takes the checks that stand at the column along, and refuses one with a foreign key.
    reverse = (
        () if addition.foreign_keys else (SqlText(f"ALTER TABLE {table} DROP COLUMN {quoted(column.name)}"),)
    )
    changes = pair.of(Kind.COLUMN, column.name) + pair.of_kind(Kind.FOREIGN_KEY, Kind.CHECK)
    return PlannedStatement(
        sql=SqlText(f"ALTER TABLE {table} ADD COLUMN {' '.join(clauses)}"),
        comment=f'add column "{column.name}" to table: "{pair.after.name}"',
        changes=changes,
        hazards=of_addition(pair.after, addition),
        reverse=reverse,
    )


def drop_column(pair: Pair, column: Column) -> PlannedStatement:
    """Drop a column that nothing else of the table names."""
    table = pair.after
    text = f'Every row of "{table.name}" is written anew while nobody else can write.'
    return PlannedStatement(
        sql=SqlText(f"ALTER TABLE {quoted(table.name)} DROP COLUMN {quoted(column.name)}"),
        comment=f'drop column "{column.name}" from table: "{table.name}"',
        changes=pair.of(Kind.COLUMN, column.name),
        hazards=(
            *of_dropped_column(table, column),
            Hazard(HazardKind.REWRITES_TABLE, key_of(table), text),
        ),
        reverse=(),
    )
