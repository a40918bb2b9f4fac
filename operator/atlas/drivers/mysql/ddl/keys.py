"""Clauses for indexes, primary keys and checks of a table that stays."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.drivers.mysql.ddl.clause import Clause
from atlas.drivers.mysql.ddl.constraint import check_clause, drop_check_clause
from atlas.drivers.mysql.ddl.index import index_clause, primary_key_clause, visibility
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema import Add, Drop, Modify, Rename
from atlas.schema.table import Check, Index, PrimaryKey
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Change, Key
    from atlas.schema.table import Table


@dataclass(slots=True)
class KeyClauses:
    """What goes and what comes, of indexes and of checks."""

    dropped: list[Clause] = field(default_factory=list)
    added: list[Clause] = field(default_factory=list)
    checks: list[Clause] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlanner:
    """Plans the indexes and checks of one table."""

    current: Table
    desired: Table
    writer: Writer

    def plan(self, changes: Iterable[Change], again: Collection[str]) -> KeyClauses:
        """Clauses; indexes of columns that are added ``again`` are made again too."""
        found = KeyClauses()
        done = set()
        for change in changes:
            old, new = getattr(change, "current", None), getattr(change, "desired", None)
            match old or new:
                case Index():
                    done.add(change.key.name)
                    self._index(old, new, change, found)
                case PrimaryKey():
                    self._primary_key(old, new, change, found)
                case Check():
                    found.checks += self._check(change)
                case _:
                    pass
        kept = {index.name: index for index in self.desired.indexes if index.name not in done}
        for index in self.current.indexes:
            if index.name in kept and {part.column for part in index.parts} & set(again):
                self._index(index, kept[index.name], None, found)
        return found

    def _index(self, old: Index | None, new: Index | None, change: Change | None, found: KeyClauses) -> None:
        key = child_key(self.desired, new or old)  # type: ignore[arg-type]  # one of them is there
        if old and new and replace(old, invisible=new.invisible) == new and change:
            found.added.append(self._visibility(old, new, change))
            return
        if old:
            costs = (
                () if new else (Hazard(HazardKind.DROPS_INDEX, key, "Queries that used it may become slow."),)
            )
            undo = f"ADD {index_clause(old, self.writer, self.current.engine)}"
            found.dropped.append(Clause(f"DROP INDEX {self.writer.name(old.name)}", undo, change, costs))
        if new:
            sql = f"ADD {index_clause(new, self.writer, self.desired.engine)}"
            undo = f"DROP INDEX {self.writer.name(new.name)}"
            found.added.append(Clause(sql, undo, change, tuple(hazard.of_new_index(key, new))))

    def _visibility(self, old: Index, new: Index, change: Change) -> Clause:
        head = f"ALTER INDEX {self.writer.name(new.name)} "
        costs = (
            (Hazard(HazardKind.DROPS_INDEX, change.key, "Queries no longer use it."),)
            if new.invisible
            else ()
        )
        return Clause(head + visibility(new, self.writer), head + visibility(old, self.writer), change, costs)

    def _primary_key(
        self, old: PrimaryKey | None, new: PrimaryKey | None, change: Change, found: KeyClauses
    ) -> None:
        if old:
            undo = f"ADD {primary_key_clause(old, self.writer, self.current.engine)}"
            cost = hazard.rewrites(
                change.key, "Rows lie in the order of the primary key: the table is copied."
            )
            found.dropped.append(Clause("DROP PRIMARY KEY", undo, change, () if new else (cost,)))
        if new:
            sql = f"ADD {primary_key_clause(new, self.writer, self.desired.engine)}"
            costs = (
                Hazard(HazardKind.BUILDS_INDEX, change.key, "Rows are put into the order of the key."),
                hazard.may_fail(change.key, "Rows with equal values, or without one, make it fail."),
            )
            found.added.append(Clause(sql, "DROP PRIMARY KEY", change, costs))

    def _check(self, change: Change) -> Iterator[Clause]:
        match change:
            case Add(desired=Check(column="") as check):
                yield self._added(check, change)
            case Drop(current=Check(column="") as check):
                yield self._dropped(check, change)
            case Modify(current=Check() as old, desired=Check() as new):
                yield from self._changed(old, new, change)
            case Rename(current=Check() as old, desired=Check() as new):
                yield self._dropped(old, change)
                yield self._added(new, change)
            case _:
                return

    def _changed(self, old: Check, new: Check, change: Modify) -> Iterator[Clause]:
        if change.fields == {"enforced"}:
            head = f"ALTER CHECK {self.writer.name(new.name)} "
            words = ("NOT ENFORCED", "ENFORCED")
            yield Clause(
                head + words[new.enforced], head + words[old.enforced], change, check_costs(change.key, new)
            )
            return
        if not old.column:
            yield self._dropped(old, change)
        if not new.column:
            yield self._added(new, change)

    def _added(self, check: Check, change: Change) -> Clause:
        return Clause(
            f"ADD {check_clause(check, self.writer)}",
            drop_check_clause(check, self.writer),
            change,
            check_costs(change.key, check),
        )

    def _dropped(self, check: Check, change: Change) -> Clause:
        return Clause(
            drop_check_clause(check, self.writer), f"ADD {check_clause(check, self.writer)}", change
        )


def check_costs(key: Key, check: Check) -> tuple[Hazard, ...]:
    """Of a rule that the rows which are there must follow."""
    if not check.enforced:
        return ()
    return (
        hazard.rewrites(key, "The table is copied while its rows are checked."),
        hazard.may_fail(key, f"A row for which {check.expr} is false makes it fail."),
    )
