"""The order of a plan.

Renames · foreign keys that go · triggers, events and views that go · schemas · sequences · new tables · changed tables ·
foreign keys that had to wait · tables that go · routines, views, triggers and events that come · routines and
sequences that go. DDL commits by itself: a plan that stops in between has kept every row of what stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.alter import plan_alter
from atlas.drivers.mysql.ddl.charsets import charsets_of
from atlas.drivers.mysql.ddl.clause import Clause, alter_statement
from atlas.drivers.mysql.ddl.constraint import foreign_key_clause
from atlas.drivers.mysql.ddl.drops import Drops
from atlas.drivers.mysql.ddl.foreign import ForeignKeys, plan_foreign_keys
from atlas.drivers.mysql.ddl.programs import make_statements
from atlas.drivers.mysql.ddl.schemas import make_schemas
from atlas.drivers.mysql.ddl.table import create_table
from atlas.drivers.mysql.ddl.triggers import make_triggers
from atlas.engine.order import Cycle, topological
from atlas.schema import Add, Kind, Modify, Rename
from atlas.schema.objects import Event, Routine, Sequence, View
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Sequence as Seq

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.engine.plan import PlannedStatement
    from atlas.schema import Change, Realm
    from atlas.schema.table import ForeignKey

TableName = tuple[str, str]


@dataclass(frozen=True)
class Planner:
    """Plans what is left to do after ``renames``, which may need a new schema, and empty one that goes."""

    current: Realm
    desired: Realm
    changes: tuple[Change, ...]
    writer: Writer
    renames: tuple[PlannedStatement, ...] = ()

    def statements(self) -> Iterator[PlannedStatement]:
        """In the order in which they run."""
        drops = Drops(self.current, self.desired, self.changes, self.writer)
        schemas = tuple(make_schemas(self.changes, self.writer))
        if self.renames:
            yield from (*schemas, *self.renames)
        yield from self._foreign_keys_that_go(drops)
        yield from drops.first()
        if not self.renames:
            yield from schemas
        yield from self._made(Sequence)
        yield from self._tables()
        yield from drops.tables()
        yield from self._made(Routine)
        yield from self._views()
        yield from make_triggers(self.changes, self._after, self.writer)
        yield from self._made(Event)
        yield from drops.last()

    @cached_property
    def _before(self) -> Mapping[TableName, Table]:
        return {(table.schema, table.name): table for table in self.current.tables}

    @cached_property
    def _after(self) -> Mapping[TableName, Table]:
        return {(table.schema, table.name): table for table in self.desired.tables}

    @cached_property
    def _foreign_keys(self) -> ForeignKeys:
        charsets = charsets_of(self.current, self.desired)
        return plan_foreign_keys(self._before, self._after, self.changes, charsets, self.writer)

    def _foreign_keys_that_go(self, drops: Drops) -> Iterator[PlannedStatement]:
        for name, clauses in self._foreign_keys.dropped.items():
            yield alter_statement(self._before[name], clauses, self.writer)
        yield from drops.cycles()

    def _made(self, kind: type[object]) -> Iterator[PlannedStatement]:
        for change in self.changes:
            if isinstance(getattr(change, "desired", None), kind):
                yield from make_statements(change, self.writer)

    def _views(self) -> Iterator[PlannedStatement]:
        """Each behind the views that it stands on."""
        changes = {
            change.key: change
            for change in self.changes
            if isinstance(change, Add | Modify) and isinstance(change.desired, View)
        }
        try:
            ordered = topological(tuple(changes), self.desired.dependencies)
        except Cycle:
            ordered = tuple(changes)
        for key in ordered:
            yield from make_statements(changes[key], self.writer)

    def _tables(self) -> Iterator[PlannedStatement]:
        """New ones and changed ones, referenced ones first; keys that find nothing to refer to yet come last."""
        added = dict(self._table_changes(Add))
        changed = self._changed_tables()
        late: list[tuple[TableName, Clause]] = []
        done: set[TableName] = set(self._after) - added.keys() - changed.keys()
        for name in self._ordered(added):
            table = self._after[name]
            waiting = {key.name for key in table.foreign_keys if self._waits(key, done | {name})}
            yield create_table(table, added[name], self.writer, without=waiting)
            late += [
                (name, self._late(key, added[name])) for key in table.foreign_keys if key.name in waiting
            ]
            done.add(name)
        for name in self._ordered(changed):
            done.add(name)
            yield from self._altered(name, changed[name], done, late)
        for name in dict.fromkeys(table for table, _ in late):
            clauses = [clause for table, clause in late if table == name]
            yield alter_statement(self._after[name], clauses, self.writer)

    def _altered(
        self,
        name: TableName,
        changes: Seq[Change],
        done: set[TableName],
        late: list[tuple[TableName, Clause]],
    ) -> Iterator[PlannedStatement]:
        current, desired = self._before[name], self._after[name]
        charsets = charsets_of(self.current, self.desired)
        steps = plan_alter(current, desired, changes, charsets=charsets, writer=self.writer)
        keys = self._foreign_keys.added.get(name, [])
        ready = [clause for key, clause in keys if _target(key) in done and not steps.second]
        late += [(name, clause) for key, clause in keys if clause not in ready]
        for each in steps.before:
            yield alter_statement(current, [each], self.writer)
        if steps.main or ready:
            versioned = desired if steps.before else current
            yield alter_statement(
                versioned, [*steps.main, *ready], self.writer, changes=_without_clause(changes)
            )
        if steps.second:
            yield alter_statement(desired, steps.second, self.writer)
        for each in steps.after:
            yield alter_statement(desired, [each], self.writer)

    def _changed_tables(self) -> dict[TableName, list[Change]]:
        """The changes of every table that stays and needs an ALTER, by name."""
        found: dict[TableName, list[Change]] = {}
        for change in self.changes:
            key = change.key
            name = (key.schema, key.relation) if key.kind.is_child else (key.schema, key.name)
            is_table = key.kind.is_child or key.kind is Kind.TABLE
            if is_table and name in self._before and name in self._after and key.kind is not Kind.TRIGGER:
                found.setdefault(name, []).append(change)
        for name in self._foreign_keys.added:
            found.setdefault(name, [])
        charsets = charsets_of(self.current, self.desired)
        if charsets.current != charsets.desired:
            for name in self._before.keys() & self._after.keys():
                before, after = charsets.tables(self._before[name], self._after[name])
                if before != after:
                    found.setdefault(name, [])
        return found

    def _table_changes(self, kind: type[Add]) -> Iterator[tuple[TableName, Change]]:
        for change in self.changes:
            if isinstance(change, kind) and isinstance(change.desired, Table):
                yield (change.key.schema, change.key.name), change

    def _ordered(self, names: Mapping[TableName, object]) -> tuple[TableName, ...]:
        """Tables behind those that they refer to; those in a circle at the end, by name."""
        nodes = sorted(names)
        needs = [(name, _target(key)) for name in nodes for key in self._after[name].foreign_keys]
        circle: set[TableName] = set()
        while True:
            try:
                ordered = topological([name for name in nodes if name not in circle], needs)
            except Cycle as found:
                circle.update(found.nodes)  # type: ignore[arg-type]  # they are the names that we gave
            else:
                return (*ordered, *sorted(circle))

    def _waits(self, key: ForeignKey, done: set[TableName]) -> bool:
        target = _target(key)
        if target in done or target not in self._after:
            return False
        return not self._foreign_keys.has_footing(key, self._before.get(target), self._after[target])

    def _late(self, key: ForeignKey, change: Change) -> Clause:
        # NB: the table is new and empty: its rows can neither fail a check nor take time to be copied.
        sql = f"ADD {foreign_key_clause(key, self.writer)}"
        return Clause(sql, f"DROP FOREIGN KEY {self.writer.name(key.name)}", change)


def _target(key: ForeignKey) -> TableName:
    return key.ref_schema, key.ref_table


def _without_clause(changes: Seq[Change]) -> list[Change]:
    """Changes that some clause makes along with its own: they are told too."""
    return [
        change
        for change in changes
        if not isinstance(change, Rename) and change.key.kind is not Kind.FOREIGN_KEY
    ]
