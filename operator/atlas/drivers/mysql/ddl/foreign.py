"""Which foreign keys must be out of the way, and which must wait.

A foreign key goes before anything else changes and comes back last. One that stays goes too, when a column at one of
its ends is converted: the server refuses that (errors 1832 and 1833), however equal both ends will be afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.drivers.mysql.ddl.charsets import effective
from atlas.drivers.mysql.ddl.clause import Clause
from atlas.drivers.mysql.ddl.constraint import foreign_key_clause
from atlas.schema import Modify
from atlas.schema.table import Column, ForeignKey
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.drivers.mysql.ddl.charsets import Charsets
    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Change
    from atlas.schema.table import Table

TableName = tuple[str, str]
_CONVERTING = frozenset({"type", "charset", "collation", "generated"})


@dataclass(frozen=True, slots=True)
class ForeignKeys:
    """Clauses by table, both in the order of names; and the columns ``converted`` by the plan."""

    dropped: Mapping[TableName, list[Clause]]
    added: Mapping[TableName, list[tuple[ForeignKey, Clause]]]
    converted: frozenset[tuple[str, str, str]]

    def has_footing(self, key: ForeignKey, current: Table | None, desired: Table) -> bool:
        """Whether the referenced table offers already what it will offer: the columns, and an index of them."""
        if current is None:
            return False
        refs = {(key.ref_schema, key.ref_table, name) for name in key.ref_columns}
        offers = set(_leading(current, len(key.ref_columns))) & set(_leading(desired, len(key.ref_columns)))
        return not refs & self.converted and key.ref_columns in offers


def plan_foreign_keys(
    current: Mapping[TableName, Table],
    desired: Mapping[TableName, Table],
    changes: Iterable[Change],
    charsets: Charsets,
    writer: Writer,
) -> ForeignKeys:
    """The foreign keys of tables that are on both sides."""
    converted = _converted(current, desired, changes, charsets)
    by_key = {change.key: change for change in changes}
    dropped: dict[TableName, list[Clause]] = {}
    added: dict[TableName, list[tuple[ForeignKey, Clause]]] = {}
    for name, table in desired.items():
        if name not in current:
            continue
        before = {key.name: key for key in current[name].foreign_keys}
        after = {key.name: key for key in table.foreign_keys}
        for key_name in sorted(before.keys() | after.keys()):
            old, new = before.get(key_name), after.get(key_name)
            change = by_key.get(child_key(table, new or old))  # type: ignore[arg-type]  # one of them is there
            # One that is on one side alone without a change of its name was renamed: it goes, and comes.
            if change is None and old and new and not _touches(name, old, converted):
                continue
            if old:
                dropped.setdefault(name, []).append(_drop(old, change, writer))
            if new:
                added.setdefault(name, []).append((new, _add(table, new, change, writer)))
    return ForeignKeys(dropped, added, frozenset(converted))


def _leading(table: Table, count: int) -> Iterator[tuple[str, ...]]:
    """The first columns of every index, whole ones only."""
    primary = () if table.primary_key is None else (table.primary_key,)
    for index in (*primary, *table.indexes):
        if not any(part.prefix for part in index.parts[:count]):
            yield tuple(part.column for part in index.parts[:count])


def _converted(
    current: Mapping[TableName, Table],
    desired: Mapping[TableName, Table],
    changes: Iterable[Change],
    charsets: Charsets,
) -> set[tuple[str, str, str]]:
    """Columns whose values will have another form."""
    found = {
        (change.key.schema, change.key.relation, change.key.name)
        for change in changes
        if isinstance(change, Modify) and isinstance(change.desired, Column) and change.fields & _CONVERTING
    }
    for name, table in desired.items():
        before = current.get(name)
        if before is None:
            continue
        was, now = charsets.tables(before, table)
        if was != now:
            columns = {column.name: column for column in before.columns}
            found |= {
                (*name, column.name)
                for column in table.columns
                if column.name in columns and _form(columns[column.name], was) != _form(column, now)
            }
    return found


def _form(column: Column, table: object) -> tuple[str, str]:
    shown = effective(column, table)  # type: ignore[arg-type]
    return shown.charset, shown.collation


def _touches(table: TableName, key: ForeignKey, converted: set[tuple[str, str, str]]) -> bool:
    own = ((*table, name) for name in key.columns)
    others = ((key.ref_schema, key.ref_table, name) for name in key.ref_columns)
    return any(each in converted for each in (*own, *others))


def _drop(key: ForeignKey, change: Change | None, writer: Writer) -> Clause:
    return Clause(
        f"DROP FOREIGN KEY {writer.name(key.name)}", f"ADD {foreign_key_clause(key, writer)}", change
    )


def _add(table: Table, key: ForeignKey, change: Change | None, writer: Writer) -> Clause:
    own = child_key(table, key)
    # ALGORITHM=INPLACE is only for sessions that set foreign_key_checks = 0, and so check nothing.
    costs = (
        hazard.rewrites(own, "The table is copied while its rows are checked."),
        hazard.may_fail(own, f"A row without its row in {key.ref_table} makes it fail."),
    )
    return Clause(
        f"ADD {foreign_key_clause(key, writer)}", f"DROP FOREIGN KEY {writer.name(key.name)}", change, costs
    )
