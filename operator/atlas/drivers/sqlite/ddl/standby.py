"""Views and triggers that must stand aside while tables change, and those that change themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.view import create_trigger, create_view, drop_trigger, drop_view
from atlas.drivers.sqlite.text.names import folded, names_in
from atlas.engine.order import Cycle, closure, topological
from atlas.schema import Key, Kind, key_of
from atlas.schema.objects import View
from atlas.schema.table import Table, Trigger
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.drivers.sqlite.ddl.decide import Difference
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.engine.plan import PlannedStatement, PlanTask
    from atlas.schema import Change, Realm

_KINDS = frozenset({Kind.VIEW, Kind.TRIGGER})


class Standby:
    """Which of them are dropped first, and made last."""

    def __init__(self, task: PlanTask, pairs: Sequence[Pair], differences: Sequence[Difference]) -> None:
        self._current = _found(task.current)
        self._desired = _found(task.desired)
        self._orders = (task.current.dependencies, task.desired.dependencies)
        self._changes: dict[Key, tuple[Change, ...]] = {}
        for change in task.changes:
            if change.key.kind in _KINDS:
                for key in {change.key, getattr(change, "current_key", change.key)}:
                    self._changes[key] = (*self._changes.get(key, ()), change)
        self._going = self._to_drop(task, pairs, differences)
        stays = set(self._current) - self._going
        self._coming = [key for key in self._desired if key not in stays]

    def drops(self) -> Iterator[PlannedStatement]:
        """Triggers before views, views before those they read."""
        going = [key for key in self._current if key in self._going]
        needs = [(needed, dependent) for dependent, needed in sorted(self._orders[0])]
        for key in _ordered(going, needs):
            relation, item = self._current[key]
            changes = self._changes.get(key, ())
            yield (
                drop_view(item, changes) if isinstance(item, View) else drop_trigger(relation, item, changes)
            )

    def creates(self) -> Iterator[PlannedStatement]:
        """Views behind those they read, then triggers."""
        for key in _ordered(self._coming, sorted(self._orders[1])):
            relation, item = self._desired[key]
            changes = self._changes.get(key, ())
            yield (
                create_view(item, changes)
                if isinstance(item, View)
                else create_trigger(relation, item, changes)
            )

    def _to_drop(
        self, task: PlanTask, pairs: Sequence[Pair], differences: Sequence[Difference]
    ) -> frozenset[Key]:
        """Everything that changes, names a table that is renamed or made anew, or names a column that goes."""
        seeds = {key for key in self._changes if key in self._current}
        stirred = set()
        for pair, different in zip(pairs, differences, strict=True):
            if pair.is_renamed or pair.columns or different.is_rebuilt:
                stirred.add(key_of(pair.current))
            seeds |= self._that_name(pair, different)
        kept = {key_of(pair.current) for pair in pairs}
        stirred |= {key_of(table) for table in task.current.tables} - kept
        needs = [pair for pair in task.current.dependencies if pair[0].kind in _KINDS]
        found = closure(seeds | stirred, needs)
        gone = {key_of(table) for table in task.current.tables} - kept
        return frozenset(
            key
            for key in found
            if key in self._current and not any(key.relation == table.name for table in gone)
        )

    def _that_name(self, pair: Pair, different: Difference) -> set[Key]:
        """What names both the table and a column that DROP COLUMN takes."""
        names = {folded(column.name) for column in different.dropped}
        table = folded(pair.current.name)
        found = set()
        for key, (relation, item) in self._current.items():
            text = item.definition if isinstance(item, View) else item.definition or item.body
            named = names_in(text) | {folded(relation)}
            if names & named and table in named:
                found.add(key)
        return found


def _found(realm: Realm) -> Mapping[Key, tuple[str, View | Trigger]]:
    """Views, then triggers with the name of their relation."""
    found: dict[Key, tuple[str, View | Trigger]] = {key_of(view): ("", view) for view in realm.of(View)}
    for item in realm.objects:
        if isinstance(item, Table | View):
            found.update((child_key(item, trigger), (item.name, trigger)) for trigger in item.triggers)
    return found


def _ordered(keys: list[Key], needs: list[tuple[Key, Key]]) -> Sequence[Key]:
    try:
        return topological(keys, needs)
    except Cycle:
        return keys
