"""An order of the steps in which each stands behind what it needs, with the clauses of a table together.

Otherwise steps stand in the order of ``rank``: drops, then types, sequences, functions, new tables, changed tables,
views; what belongs to a table stands behind it.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from atlas.drivers.postgres.plan.step import Act, Phase, Step
from atlas.errors import Unsupported
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.postgres.plan.context import Context

Rank = tuple[int, ...]

_BUILD_ORDER = {
    Kind.SCHEMA: 0,
    Kind.EXTENSION: 1,
    Kind.ENUM: 2,
    Kind.COMPOSITE: 2,
    Kind.RANGE: 2,
    Kind.DOMAIN: 3,
    Kind.SEQUENCE: 4,
    Kind.FUNCTION: 5,
    Kind.PROCEDURE: 5,
    Kind.AGGREGATE: 6,
    Kind.TABLE: 8,
    Kind.VIEW: 9,
    Kind.MATERIALIZED: 9,
}
_NEW_TABLE = 7
_CHILD_ORDER = {Kind.INDEX: 1, Kind.TRIGGER: 3, Kind.POLICY: 4}
_BUILT_ALONGSIDE = frozenset({Kind.INDEX, Kind.UNIQUE, Kind.PRIMARY_KEY})
"""Built CONCURRENTLY, which may take hours: what must not be missing meanwhile, a view that is made anew, comes first."""
_DROP_ORDER = {Kind.TRIGGER: 0, Kind.POLICY: 1, Kind.INDEX: 2, Kind.MATERIALIZED: 3, Kind.VIEW: 3}


def rank(context: Context, order: dict[Key, int], step: Step) -> Rank:
    """Where a step stands when nothing that it needs decides."""
    host = context.host(step.key)
    place = order.get(host, len(order))
    if step.phase is Phase.RENAME:
        return (0, step.number)
    if step.phase is Phase.DROP:
        return (1, _DROP_ORDER.get(step.key.kind, 4), -place, step.number)
    if step.phase is Phase.LATE_DROP:
        return (3, -_BUILD_ORDER.get(host.kind, 9), -place, step.number)
    if not step.in_transaction and step.key.kind in _BUILT_ALONGSIDE:
        return (4, place, step.number)
    group = _BUILD_ORDER.get(host.kind, 9)
    if host.kind is Kind.TABLE and context.is_new(host) and not _is_late(step):
        group = _NEW_TABLE
    sub = 0 if step.clause_of else _CHILD_ORDER.get(step.key.kind, 0)
    if step.act is Act.FINISH and not step.clause_of:
        sub = max(sub, 2)
    return (2, group, place, sub, step.number)


def _is_late(step: Step) -> bool:
    """A foreign key that could not stand in CREATE TABLE."""
    return step.key.kind is Kind.FOREIGN_KEY


class Schedule:
    """Orders steps; ``broken`` are those that stand before something that a text of theirs mentions."""

    def __init__(self, steps: list[Step], ranks: dict[int, Rank]) -> None:
        self._steps = {step.number: step for step in steps}
        self._ranks = ranks
        self._hard: dict[int, set[int]] = {number: set() for number in self._steps}
        self._weak: dict[int, set[int]] = {number: set() for number in self._steps}
        self._dependents: defaultdict[int, set[int]] = defaultdict(set)
        self._batches: defaultdict[Key, set[int]] = defaultdict(set)
        self._deferred: defaultdict[Key, set[int]] = defaultdict(set)
        self._ready: list[tuple[Rank, int]] = []
        self._order: list[list[Step]] = []
        self._unchecked: frozenset[int] = frozenset()
        self.broken: list[Step] = []
        for step in steps:
            if step.clause_of is not None:
                self._batches[step.clause_of].add(step.number)

    def need(
        self,
        hard: Iterable[tuple[int, int]],
        weak: Iterable[tuple[int, int]],
        unchecked: frozenset[int] = frozenset(),
    ) -> None:
        """Add pairs ``(dependent, needed)``; ``unchecked`` steps can do without what they weakly need."""
        self._unchecked = unchecked
        for pairs, into in ((hard, self._hard), (weak, self._weak)):
            for dependent, needed in pairs:
                into[dependent].add(needed)
                self._dependents[needed].add(dependent)

    def order(self) -> list[list[Step]]:
        """Groups of steps: one statement, or the clauses of one ALTER TABLE.

        Raises:
            Unsupported: Objects need each other in a circle.
        """
        for number in self._steps:
            self._push_if_free(number)
        left = set(self._steps)
        while left:
            chosen = self._next(left)
            self._order.append([self._steps[number] for number in chosen])
            left -= set(chosen)
            for number in chosen:
                self._done(number, left)
        return self._order

    def _is_free(self, number: int) -> bool:
        return not self._hard[number] and not self._weak[number]

    def _push_if_free(self, number: int) -> None:
        if self._is_free(number):
            heappush(self._ready, (self._ranks[number], number))

    def _done(self, number: int, left: set[int]) -> None:
        table = self._steps[number].clause_of
        if table is not None:
            self._batches[table].discard(number)
            self._deferred[table].discard(number)
        for dependent in self._dependents[number]:
            if dependent not in left:
                continue
            self._hard[dependent].discard(number)
            self._weak[dependent].discard(number)
            self._push_if_free(dependent)
            batch = self._steps[dependent].clause_of
            if batch is not None:
                for waiting in self._deferred.pop(batch, set()):
                    heappush(self._ready, (self._ranks[waiting], waiting))

    def _next(self, left: set[int]) -> list[int]:
        while self._ready:
            _, number = heappop(self._ready)
            if number not in left:
                continue
            table = self._steps[number].clause_of
            if table is None:
                return [number]
            batch = self._batches[table]
            if all((self._hard[each] | self._weak[each]) <= batch for each in batch):
                return self._sorted(batch)
            self._deferred[table].add(number)
        return self._forced(left)

    def _sorted(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=lambda each: (self._steps[each].place, each))

    def _forced(self, left: set[int]) -> list[int]:
        """Nothing is free but clauses of tables that cannot be altered at once, or what texts keep waiting."""
        waiting = [number for numbers in self._deferred.values() for number in numbers if number in left]
        if waiting:
            table = self._steps[min(waiting, key=lambda each: self._ranks[each])].clause_of
            assert table is not None  # noqa: S101  only clauses are deferred
            return self._sorted(number for number in self._deferred[table] if number in left)
        able = [number for number in left if not self._hard[number]]
        if able:
            number = min(able, key=lambda each: (each not in self._unchecked, self._ranks[each]))
            self.broken.append(self._steps[number])
            self._weak[number].clear()
            return [number]
        keys = ", ".join(sorted({str(self._steps[number].key) for number in left}))
        raise Unsupported(f"these changes need each other in a circle: {keys}; make them in two steps")
