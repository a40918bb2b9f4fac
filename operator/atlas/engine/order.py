"""Orders and closures over pairs of things that need each other."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

T = TypeVar("T", bound="Hashable")


class Cycle(ValueError):  # noqa: N818  it is what was found, not what failed
    """Nodes that need each other in a circle; ``nodes`` are all that could not be ordered."""

    def __init__(self, nodes: tuple[object, ...]) -> None:
        super().__init__(f"{len(nodes)} nodes need each other in a circle")
        self.nodes = nodes


def topological(nodes: Collection[T], needs: Iterable[tuple[T, T]]) -> tuple[T, ...]:
    """``nodes`` with each behind what it needs, otherwise in their given order.

    Args:
        nodes: Each once.
        needs: Pairs ``(dependent, needed)``; pairs with a thing outside of ``nodes``, or of a thing with itself,
            say nothing.

    Raises:
        Cycle: There is no such order.
    """
    rank = {node: number for number, node in enumerate(nodes)}
    waiting: dict[T, set[T]] = {node: set() for node in rank}
    dependents: dict[T, list[T]] = {node: [] for node in rank}
    for dependent, needed in needs:
        if dependent != needed and dependent in rank and needed in rank and needed not in waiting[dependent]:
            waiting[dependent].add(needed)
            dependents[needed].append(dependent)
    ordered: list[T] = []
    by_rank = tuple(rank)
    ready = [rank[node] for node in rank if not waiting[node]]
    heapify(ready)
    while ready:
        node = by_rank[heappop(ready)]
        ordered.append(node)
        for dependent in dependents[node]:
            waiting[dependent].discard(node)
            if not waiting[dependent]:
                heappush(ready, rank[dependent])
    if len(ordered) < len(rank):
        done = set(ordered)
        raise Cycle(tuple(node for node in rank if node not in done))
    return tuple(ordered)


def closure(seeds: Iterable[T], pairs: Iterable[tuple[T, T]]) -> frozenset[T]:
    """``seeds`` and everything that needs one of them, however far away; ``pairs`` are ``(dependent, needed)``."""
    dependents: dict[T, list[T]] = {}
    for dependent, needed in pairs:
        dependents.setdefault(needed, []).append(dependent)
    found = set(seeds)
    pending = list(found)
    while pending:
        for dependent in dependents.get(pending.pop(), ()):
            if dependent not in found:
                found.add(dependent)
                pending.append(dependent)
    return frozenset(found)
