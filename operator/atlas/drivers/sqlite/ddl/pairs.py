"""The two states of every table that stays, and the changes between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.moved import Renames, moved
from atlas.drivers.sqlite.text.names import folded
from atlas.schema import Kind, Rename

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.engine.plan import PlanTask
    from atlas.schema import Change
    from atlas.schema.table import Table


@dataclass(frozen=True, slots=True)
class Pair:
    """A table that stays.

    Attributes:
        current: As it is.
        before: As it is once all renames are done.
        after: As it is to be.
        columns: Current and desired name of each column that is renamed.
        changes: Every change of the table and of what is in it.
    """

    current: Table
    before: Table
    after: Table
    columns: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]

    @property
    def is_renamed(self) -> bool:
        return self.current.name != self.after.name

    def of_kind(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of these kinds."""
        return tuple(change for change in self.changes if change.key.kind in kinds)

    def of(self, kind: Kind, *names: str) -> tuple[Change, ...]:
        """The changes of objects of one kind by name; those that were renamed by either name."""
        return tuple(
            change
            for change in self.of_kind(kind)
            if change.key.name in names or (isinstance(change, Rename) and change.current_key.name in names)
        )


def pairs(task: PlanTask) -> tuple[Pair, ...]:
    """In the order of the desired tables. Names that differ only in case are the same to SQLite, and are renamed."""
    tables = {folded(table.name): table for table in task.current.tables}
    origins = {
        change.key.name: change.current_key.name
        for change in task.changes
        if isinstance(change, Rename) and change.key.kind is Kind.TABLE
    }
    found = [
        (tables[folded(origins.get(table.name, table.name))], table)
        for table in task.desired.tables
        if folded(origins.get(table.name, table.name)) in tables
    ]
    columns = {
        folded(current.name): tuple(_renamed_columns(current, after, task.changes))
        for current, after in found
    }
    renames = Renames(
        {folded(current.name): after.name for current, after in found if current.name != after.name},
        {name: {folded(old): new for old, new in each} for name, each in columns.items() if each},
    )
    return tuple(
        Pair(
            current,
            moved(current, renames),
            after,
            columns[folded(current.name)],
            tuple(_changes_of(current, after, task.changes)),
        )
        for current, after in found
    )


def _renamed_columns(current: Table, after: Table, changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    renamed = {
        change.current_key.name: change.key.name
        for change in changes
        if isinstance(change, Rename) and change.key.kind is Kind.COLUMN and change.key.relation == after.name
    }
    spelled = {folded(column.name): column.name for column in after.columns}
    for column in current.columns:
        name = renamed.get(column.name) or spelled.get(folded(column.name), column.name)
        if name != column.name:
            yield column.name, name


def _changes_of(current: Table, after: Table, changes: Iterable[Change]) -> Iterator[Change]:
    names = {current.name, after.name}
    for change in changes:
        key = change.key
        if (key.relation if key.kind.is_child else key.kind is Kind.TABLE and key.name) in names:
            yield change
