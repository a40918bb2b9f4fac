"""CREATE and DROP TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.column import column_definition
from atlas.drivers.mysql.ddl.constraint import check_clause, foreign_key_clause
from atlas.drivers.mysql.ddl.index import index_clause, primary_key_clause
from atlas.drivers.mysql.ddl.options import option_clauses
from atlas.drivers.mysql.ddl.partition import partition_clause
from atlas.engine.plan import PlannedStatement, SqlText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.engine.plan import Hazard
    from atlas.schema import Change
    from atlas.schema.table import Table


def create_table(
    table: Table, change: Change, writer: Writer, *, without: Collection[str] = ()
) -> PlannedStatement:
    """The whole table; foreign keys ``without`` are added when what they refer to is there."""
    name = writer.qualified(table.schema, table.name)
    return PlannedStatement(
        sql=SqlText(f"CREATE TABLE {name} (", tuple(_items(table, writer, without)), _tail(table, writer)),
        comment=f'create "{table.name}" table',
        changes=(change,),
        reverse=(SqlText(f"DROP TABLE {name}"),),
    )


def drop_table(table: Table, change: Change, writer: Writer, hazards: tuple[Hazard, ...]) -> PlannedStatement:
    """The table with all that is in it."""
    return PlannedStatement(
        sql=SqlText(f"DROP TABLE {writer.qualified(table.schema, table.name)}"),
        comment=f'drop "{table.name}" table',
        changes=(change,),
        hazards=hazards,
    )


def _items(table: Table, writer: Writer, without: Collection[str]) -> Iterator[str]:
    for column in table.columns:
        yield column_definition(column, writer, table.checks)
    if table.primary_key is not None:
        yield primary_key_clause(table.primary_key, writer, table.engine)
    for index in table.indexes:
        yield index_clause(index, writer, table.engine)
    for key in table.foreign_keys:
        if key.name not in without:
            yield foreign_key_clause(key, writer)
    for check in table.checks:
        if not check.column:
            yield check_clause(check, writer)


def _tail(table: Table, writer: Writer) -> str:
    words = [")", *option_clauses(table, writer)]
    if table.partition_by is not None:
        words.append(partition_clause(table.partition_by, writer))
    return " ".join(words)
