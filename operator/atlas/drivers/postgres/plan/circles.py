"""Tables that refer to one another: their foreign keys are added last, and dropped first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.drivers.postgres.plan.context import Context, Needs
    from atlas.schema.walk import Object


_MANY = 100
"""From here on every foreign key of a circle is set apart at once, which takes less time."""


def apart_when_made(context: Context) -> frozenset[Key]:
    """Foreign keys that cannot stand in the CREATE TABLE of their table."""
    made = {key for key, fate in context.fates.items() if fate.comes and fate.current is None}
    return _apart(context, context.after, made, context.needs_after)


def apart_when_dropped(context: Context) -> frozenset[Key]:
    """Foreign keys that hinder every order in which their tables could be dropped."""
    gone = {key for key, fate in context.fates.items() if fate.goes and key.kind is Kind.TABLE}
    return _apart(context, context.before, gone, context.needs_before)


def _apart(context: Context, objects: Mapping[Key, Object], hosts: set[Key], needs: Needs) -> frozenset[Key]:
    """One foreign key after the other, until there is no circle left."""
    pairs = [
        (dependent, context.host(dependent), context.host(needed))
        for dependent in objects
        if context.host(dependent) in hosts
        for needed in sorted(needs.of.get(dependent, ()))
        if not (dependent.kind is Kind.SEQUENCE and needed.kind in {Kind.COLUMN, Kind.TABLE})
    ]
    pairs = [pair for pair in pairs if pair[2] in hosts and pair[1] != pair[2]]
    found: set[Key] = set()
    while True:
        circle = _circles([(a, b) for key, a, b in pairs if key not in found])
        closing = [
            key
            for key, a, b in pairs
            if key not in found and key.kind is Kind.FOREIGN_KEY and circle.get(a, -1) == circle.get(b, -2)
        ]
        if not closing:
            return frozenset(found)
        found |= set(closing[:1]) if len(closing) < _MANY else set(closing)


def _circles(pairs: list[tuple[Key, Key]]) -> dict[Key, int]:
    """The number of the strongly connected component of each key (Kosaraju, without recursion)."""
    forward: defaultdict[Key, list[Key]] = defaultdict(list)
    backward: defaultdict[Key, list[Key]] = defaultdict(list)
    for dependent, needed in pairs:
        forward[dependent].append(needed)
        backward[needed].append(dependent)
    finished: list[Key] = []
    seen: set[Key] = set()
    for start in list(forward):
        _visit(start, forward, seen, finished)
    found: dict[Key, int] = {}
    for number, start in enumerate(reversed(finished)):
        if start not in found:
            reached: list[Key] = []
            _visit(start, backward, set(found), reached)
            found.update(dict.fromkeys(reached, number))
    return found


def _visit(start: Key, edges: Mapping[Key, list[Key]], seen: set[Key], finished: list[Key]) -> None:
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(edges.get(start, ())))]
    while stack:
        node, rest = stack[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(edges.get(following, ()))))
