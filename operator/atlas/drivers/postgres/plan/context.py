"""What is known while a plan is made: both states by key, what needs what in each, and what was decided so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from atlas.engine.diff import relation_of
from atlas.schema import Key, Kind
from atlas.schema.table import Column, Index, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.drivers.postgres.ddl.names import Names
    from atlas.engine.plan import DiffPolicy
    from atlas.schema import Change, Realm, Rename
    from atlas.schema.walk import Object


def parents_of(table: Table) -> tuple[tuple[str, str], ...]:
    """Schema and name of the tables that a table is a partition of, or inherits from."""
    if table.partition_of is None:
        return table.inherits
    return ((table.partition_of.schema, table.partition_of.table),)


class Verdict(Enum):
    """What happens to an object."""

    ADD = "add"
    DROP = "drop"
    ALTER = "alter"
    RECREATE = "recreate"
    SWAP = "swap"


@dataclass(slots=True)
class Fate:
    """What happens to one object, and the changes that it happens for."""

    verdict: Verdict
    current: Object | None
    desired: Object | None
    fields: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = ()

    @property
    def goes(self) -> bool:
        """What is there now will not be there, whatever comes after it."""
        return self.verdict in {Verdict.DROP, Verdict.RECREATE, Verdict.SWAP}

    @property
    def comes(self) -> bool:
        """It is made anew."""
        return self.verdict in {Verdict.ADD, Verdict.RECREATE, Verdict.SWAP}


class Needs:
    """Who needs whom in one state."""

    def __init__(self, pairs: Iterable[tuple[Key, Key]]) -> None:
        self.of: defaultdict[Key, set[Key]] = defaultdict(set)
        """What each key needs."""
        self.by: defaultdict[Key, set[Key]] = defaultdict(set)
        """Who needs each key."""
        for dependent, needed in pairs:
            if dependent != needed:
                self.of[dependent].add(needed)
                self.by[needed].add(dependent)

    def has(self, dependent: Key, needed: Key) -> bool:
        """Whether the first needs the second."""
        return needed in self.of.get(dependent, ())


@dataclass(slots=True)
class Context:
    """Both states under the names that objects have once renames are done.

    Attributes:
        before, after: Every object of the two states.
        weak: Pairs of the desired state that bodies and texts suggest; an order that heeds them is better.
        renames: Those of the task, then those of constraints and indexes that only their names tell apart.
        children_before: The current children of each relation.
        attached_to: Indexes of partitioned tables, as ``schema.name``, that others are attached to.
        tables_below: Partitions and inheriting tables of each current table, by schema and name.
        fates: What happens, by key; objects that stay as they are have none.
    """

    names: Names
    policy: DiffPolicy
    current: Realm
    desired: Realm
    needs_before: Needs
    needs_after: Needs
    weak: Needs
    before: Mapping[Key, Object] = field(default_factory=dict)
    after: Mapping[Key, Object] = field(default_factory=dict)
    renames: tuple[Rename, ...] = ()
    fates: dict[Key, Fate] = field(default_factory=dict)
    children_before: dict[Key, list[Key]] = field(default_factory=dict)
    attached_to: frozenset[str] = frozenset()
    tables_below: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.before:
            host = relation_of(key, self.before)
            if host is not None:
                self.children_before.setdefault(host, []).append(key)
        for table in self.current.tables:
            for parent in parents_of(table):
                self.tables_below.setdefault(parent, []).append((table.schema, table.name))
        self.attached_to = frozenset(
            item.attached_to for item in self.after.values() if isinstance(item, Index) and item.attached_to
        )

    def verdict(self, key: Key) -> Verdict | None:
        """What happens to the object itself, not to its relation."""
        fate = self.fates.get(key)
        return fate.verdict if fate else None

    def is_new(self, key: Key) -> bool:
        """The relation of a child, or the object itself, is made by this plan."""
        host = relation_of(key, self.after) or key
        fate = self.fates.get(host)
        return fate is not None and fate.comes

    def goes(self, key: Key) -> bool:
        """The object of the current state goes, by itself or with its relation."""
        fate = self.fates.get(key)
        if fate is not None and fate.goes:
            return True
        host = relation_of(key, self.before)
        return host is not None and (owner := self.fates.get(host)) is not None and owner.goes

    def heirs(self, column: Key) -> Iterator[Key]:
        """The columns of partitions and inheriting tables that follow a column."""
        for child in self.tables_below.get((column.schema, column.relation), ()):
            key = column._replace(schema=child[0], relation=child[1])
            item = self.before.get(key)
            if isinstance(item, Column) and item.inherited:
                yield key
                yield from self.heirs(key)

    def leader(self, column: Key) -> Key:
        """The parent's column that is altered in place of this one; the column itself where there is none."""
        above = self.before.get(column.parent) if column.parent else None
        if column in self.fates or not isinstance(above, Table):
            return column
        for schema, name in parents_of(above):
            parent = column._replace(schema=schema, relation=name)
            if parent in self.before:
                return self.leader(parent)
        return column

    def host(self, key: Key) -> Key:
        """The relation of a child in whichever state has it; the key itself for others."""
        return relation_of(key, self.after) or relation_of(key, self.before) or key

    def table(self, key: Key) -> Table | None:
        """The desired table of a child."""
        found = self.after.get(Key(Kind.TABLE, key.schema, "", key.relation))
        return found if isinstance(found, Table) else None

    def relation(self, key: Key) -> str:
        """The relation of a child, or the object, as statements call it."""
        return self.names.relation(key)
