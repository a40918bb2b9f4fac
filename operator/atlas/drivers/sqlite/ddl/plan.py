"""The order of a plan.

Triggers and views go first and come last, since SQLite checks all of them at each ALTER TABLE. Between, names are
changed before anything else is, so that every later statement uses the desired ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.alter import add_column, drop_column, rename_column, rename_table
from atlas.drivers.sqlite.ddl.decide import difference
from atlas.drivers.sqlite.ddl.hazard import of_dropped_table
from atlas.drivers.sqlite.ddl.index import create_index, drop_index
from atlas.drivers.sqlite.ddl.pairs import pairs
from atlas.drivers.sqlite.ddl.rebuild import rebuild
from atlas.drivers.sqlite.ddl.refusals import refuse_foreign, refuse_lost
from atlas.drivers.sqlite.ddl.risks import risks
from atlas.drivers.sqlite.ddl.standby import Standby
from atlas.drivers.sqlite.ddl.table import create_table
from atlas.drivers.sqlite.text.names import folded, quoted
from atlas.engine.order import Cycle, topological
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.schema import Add, Drop, Kind, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.sqlite.ddl.decide import Difference
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.engine.plan import PlanTask
    from atlas.schema import Change
    from atlas.schema.table import Index, Table

_OFF = SqlText("PRAGMA foreign_keys = off")
_ON = SqlText("PRAGMA foreign_keys = on")


def statements(task: PlanTask) -> tuple[PlannedStatement, ...]:
    """See ``engine.schema_ports.SchemaDriver``."""
    refuse_foreign(task.desired)
    return tuple(_Plan(task).statements())


class _Plan:
    def __init__(self, task: PlanTask) -> None:
        self._task = task
        self._pairs = pairs(task)
        self._differences = [difference(pair) for pair in self._pairs]
        kept = {pair.current.name for pair in self._pairs}
        known = {pair.after.name for pair in self._pairs}
        self._dropped = _children_first(
            [table for table in task.current.tables if table.name not in kept], task
        )
        self._added = [table for table in task.desired.tables if table.name not in known]
        self._homes = {folded(index.name): table for table in task.desired.tables for index in table.indexes}
        self._names = {folded(item.name) for realm in (task.current, task.desired) for item in realm.objects}

    def statements(self) -> Iterator[PlannedStatement]:
        """The plan."""
        is_framed = bool(self._dropped) or any(each.is_rebuilt for each in self._differences)
        if is_framed:
            comment = "disable the enforcement of foreign-keys constraints"
            yield PlannedStatement(sql=_OFF, comment=comment, reverse=(_ON,))
        yield from self._inner()
        if is_framed:
            comment = "enable back the enforcement of foreign-keys constraints"
            yield PlannedStatement(sql=_ON, comment=comment, reverse=(_OFF,))

    def _inner(self) -> Iterator[PlannedStatement]:
        standby = Standby(self._task, self._pairs, self._differences)
        put_aside = tuple(standby.drops())
        renames = tuple(self._renames())
        found = [*put_aside, *renames, *self._index_drops(), *self._table_adds()]
        for pair, different in zip(self._pairs, self._differences, strict=True):
            found += self._modified(pair, different)
        found += [_drop_table(table, self._task.changes) for table in self._dropped]
        found += standby.creates()
        if put_aside or renames or any(each.is_rebuilt for each in self._differences):
            found = [*(replace(each, with_next=True) for each in found[:-1]), *found[-1:]]
        yield from found

    def _renames(self) -> Iterator[PlannedStatement]:
        for pair in self._pairs:
            if pair.is_renamed:
                yield from rename_table(pair, self._temporary(pair.after.name))
        for pair in self._pairs:
            for current, name in pair.columns:
                yield rename_column(pair, current, name)

    def _index_drops(self) -> Iterator[PlannedStatement]:
        """Those that no rebuild takes along, or whose names are needed before one does."""
        for pair, different in zip(self._pairs, self._differences, strict=True):
            for index in self._dropped_before(pair, different):
                yield drop_index(pair.after, index, pair.of(Kind.INDEX, index.name))
        for table in self._dropped:
            for index in table.indexes:
                if self._is_in_the_way(index, table):
                    yield drop_index(table, index, ())

    def _dropped_before(self, pair: Pair, different: Difference) -> tuple[Index, ...]:
        if not different.is_rebuilt:
            return different.dropped_indexes
        return tuple(index for index in pair.before.indexes if self._is_in_the_way(index, pair.after))

    def _is_in_the_way(self, index: Index, table: Table) -> bool:
        """Another table, or an index of one, is to have its name."""
        name = folded(index.name)
        home = self._homes.get(name)
        return any(folded(each.name) == name for each in self._added) or (
            home is not None and home is not table
        )

    def _table_adds(self) -> Iterator[PlannedStatement]:
        for table in self._added:
            key = key_of(table)
            yield PlannedStatement(
                sql=create_table(table),
                comment=f'create "{table.name}" table',
                changes=tuple(
                    change for change in self._task.changes if isinstance(change, Add) and change.key == key
                ),
                reverse=(SqlText(f"DROP TABLE {quoted(table.name)}"),),
            )
            for index in table.indexes:
                yield create_index(table, index, (), may_fail=False)

    def _modified(self, pair: Pair, different: Difference) -> Iterator[PlannedStatement]:
        indexes = different.added_indexes
        if different.is_rebuilt:
            refuse_lost(self._task.current, pair)
            dropped = self._dropped_before(pair, different)
            yield from rebuild(pair, different, self._temporary(pair.after.name), dropped)
            indexes = pair.after.indexes
        else:
            for column in different.dropped:
                yield drop_column(pair, column)
            for addition in different.additions:
                yield add_column(pair, addition)
        known = risks(pair, different)
        for index in indexes:
            changes = pair.of(Kind.INDEX, index.name)
            yield create_index(pair.after, index, changes, may_fail=known.may_fail_index(index))

    def _temporary(self, name: str) -> str:
        """A name that nothing has, ``new_t`` if possible."""
        found = f"new_{name}"
        while folded(found) in self._names:
            found = f"new_{found}"
        return found


def _drop_table(table: Table, changes: tuple[Change, ...]) -> PlannedStatement:
    key = key_of(table)
    return PlannedStatement(
        sql=SqlText(f"DROP TABLE {quoted(table.name)}"),
        comment=f'drop "{table.name}" table',
        changes=tuple(change for change in changes if isinstance(change, Drop) and change.key == key),
        hazards=(of_dropped_table(table),),
    )


def _children_first(tables: list[Table], task: PlanTask) -> list[Table]:
    """Tables before those that they refer to; in any order where they refer to each other."""
    by_key = {key_of(table): table for table in tables}
    needs = [(needed, dependent) for dependent, needed in sorted(task.current.dependencies)]
    try:
        return [by_key[key] for key in topological(tuple(by_key), needs)]
    except Cycle:
        return tables
