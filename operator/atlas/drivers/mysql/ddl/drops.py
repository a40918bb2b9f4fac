"""What goes, and when: names that are used again go early, what others stand on goes late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.drivers.mysql.ddl.clause import Clause, alter_statement
from atlas.drivers.mysql.ddl.constraint import foreign_key_clause
from atlas.drivers.mysql.ddl.mentions import mentions
from atlas.drivers.mysql.ddl.programs import drop_statement
from atlas.drivers.mysql.ddl.schemas import drop_schemas
from atlas.drivers.mysql.ddl.table import drop_table
from atlas.drivers.mysql.ddl.triggers import drop_triggers
from atlas.engine.order import Cycle, topological
from atlas.errors import Unsupported
from atlas.schema import Add, Drop, Kind
from atlas.schema.objects import Event, Routine, Sequence, View
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.engine.plan import PlannedStatement
    from atlas.schema import Change, Key, Realm

_RELATIONS = frozenset({Kind.TABLE, Kind.VIEW, Kind.SEQUENCE})


@dataclass(frozen=True)
class Drops:
    """The drops of a plan; those in a schema that goes as a whole are a part of that one statement."""

    current: Realm
    desired: Realm
    changes: tuple[Change, ...]
    writer: Writer

    def cycles(self) -> Iterator[PlannedStatement]:
        """Foreign keys of tables that go, where these refer to each other, or from one schema that goes to another."""
        for table, names in self._circles.items():
            clauses = [
                Clause(
                    f"DROP FOREIGN KEY {self.writer.name(key.name)}",
                    f"ADD {foreign_key_clause(key, self.writer)}",
                )
                for key in table.foreign_keys
                if key.name in names
            ]
            yield alter_statement(table, clauses, self.writer)

    def first(self) -> Iterator[PlannedStatement]:
        """Triggers, events and views; schemas; and what has a name that another kind of relation takes."""
        yield from drop_triggers(
            (change for change in self.changes if change.key.schema not in self._schemas), self.writer
        )
        yield from self._programs(Event)
        yield from self._views()
        yield from drop_schemas(self.changes, self.current, self.writer)
        yield from self._tables(early=True)
        yield from self._programs(Sequence, early=True)

    def tables(self) -> Iterator[PlannedStatement]:
        """Tables, those that refer to others first."""
        yield from self._tables(early=False)

    def last(self) -> Iterator[PlannedStatement]:
        """Routines and sequences."""
        yield from self._programs(Routine)
        yield from self._programs(Sequence, early=False)

    @cached_property
    def _schemas(self) -> frozenset[str]:
        return frozenset(change.key.name for change in self._all if change.key.kind is Kind.SCHEMA)

    @property
    def _all(self) -> tuple[Drop, ...]:
        return tuple(change for change in self.changes if isinstance(change, Drop))

    @cached_property
    def _single(self) -> tuple[Drop, ...]:
        """Drops that are statements of their own."""
        return tuple(change for change in self._all if change.key.schema not in self._schemas)

    @cached_property
    def _taken(self) -> frozenset[tuple[str, str]]:
        """Names that a new relation has."""
        return frozenset(
            (change.key.schema, change.key.name)
            for change in self.changes
            if isinstance(change, Add) and change.key.kind in _RELATIONS
        )

    def _is_early(self, key: Key) -> bool:
        return (key.schema, key.name) in self._taken

    def _programs(
        self, kind: type[Event | Routine | Sequence], *, early: bool | None = None
    ) -> Iterator[PlannedStatement]:
        for change in self._single:
            if isinstance(change.current, kind) and early in {None, self._is_early(change.key)}:
                yield drop_statement(change, change.current, self.writer)

    def _views(self) -> Iterator[PlannedStatement]:
        views = {change.key: change for change in self._single if isinstance(change.current, View)}
        try:
            ordered = topological(tuple(views), self.current.dependencies)
        except Cycle:
            ordered = tuple(views)
        for key in reversed(ordered):
            item = views[key].current
            assert isinstance(item, View)  # noqa: S101  chosen above
            yield drop_statement(views[key], item, self.writer)

    @cached_property
    def _dropped_tables(self) -> dict[tuple[str, str], Drop]:
        return {
            (change.key.schema, change.key.name): change
            for change in self._all
            if isinstance(change.current, Table)
        }

    def _tables(self, *, early: bool) -> Iterator[PlannedStatement]:
        for change in self._ordered_tables:
            table = change.current
            if change.key.schema in self._schemas or self._is_early(change.key) is not early:
                continue
            assert isinstance(table, Table)  # noqa: S101  chosen above
            self._refuse_hidden(change.key)
            costs = (
                hazard.deletes(change.key, f"The rows of {table.name} are gone."),
                *mentions(table.name, change.key, self.desired),
            )
            yield drop_table(table, change, self.writer, costs)

    @cached_property
    def _ordered_tables(self) -> tuple[Drop, ...]:
        """Each before what it refers to; keys in a circle are gone by then."""
        tables = self._dropped_tables
        needs = [
            (name, (key.ref_schema, key.ref_table))
            for name, change in tables.items()
            if isinstance(change.current, Table)
            for key in change.current.foreign_keys
            if key.name not in self._circles.get(change.current, ())
        ]
        return tuple(tables[name] for name in reversed(topological(tuple(tables), needs)))

    @cached_property
    def _circles(self) -> dict[Table, set[str]]:
        """Foreign keys to drop first, by table."""
        tables = {name: change.current for name, change in self._dropped_tables.items()}
        pairs = {
            (name, (key.ref_schema, key.ref_table)): (table, key.name)
            for name, table in tables.items()
            if isinstance(table, Table)
            for key in table.foreign_keys
        }
        found: dict[Table, set[str]] = {}
        try:
            topological(tuple(tables), pairs)
            circle: set[object] = set()
        except Cycle as cycle:
            circle = set(cycle.nodes)
        for (name, target), (table, key_name) in pairs.items():
            in_circle = name != target and name in circle and target in circle
            between = name[0] != target[0] and target[0] in self._schemas and target in tables
            if in_circle or between:
                found.setdefault(table, set()).add(key_name)
        return found

    def _refuse_hidden(self, key: Key) -> None:
        """A table with a part that a pattern hides, or that is not modelled, is not dropped with it."""
        hidden = sorted(
            each for each in self.current.excluded if (each.schema, each.relation) == (key.schema, key.name)
        )
        if hidden:
            raise Unsupported(
                f'table "{key.name}" cannot be dropped: {hidden[0]} is in it, which a pattern leaves out; take the '
                "pattern away, or keep the table"
            )
