"""Tables that refer to one another: their foreign keys are added last, and dropped first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from atlas.schema import Key, Kind
from atlas.schema.table import ForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.drivers.postgres.plan.context import Context
    from atlas.schema.walk import Object


def apart_when_made(context: Context) -> frozenset[Key]:
    """Foreign keys that cannot stand in the CREATE TABLE of their table."""
    made = {key for key, fate in context.fates.items() if fate.comes and fate.current is None}
    pairs = (
        (context.host(dependent), context.host(needed))
        for dependent, needs in context.needs_after.of.items()
        for needed in needs
        if not (dependent.kind is Kind.SEQUENCE and needed.kind in {Kind.COLUMN, Kind.TABLE})
    )
    return _in_circles(context, context.after, made, pairs)


def apart_when_dropped(context: Context) -> frozenset[Key]:
    """Foreign keys that hinder every order in which their tables could be dropped."""
    gone = {key for key, fate in context.fates.items() if fate.goes and key.kind is Kind.TABLE}
    pairs = (
        (context.host(dependent), context.host(needed))
        for dependent, needs in context.needs_before.of.items()
        for needed in needs
    )
    return _in_circles(context, context.before, gone, pairs)


def _in_circles(
    context: Context, objects: Mapping[Key, Object], hosts: set[Key], pairs: Iterable[tuple[Key, Key]]
) -> frozenset[Key]:
    circle = _circles([(a, b) for a, b in pairs if a in hosts and b in hosts and a != b])
    return frozenset(
        key
        for key, item in objects.items()
        if isinstance(item, ForeignKey)
        and (number := circle.get(context.host(key))) is not None
        and number == circle.get(Key(Kind.TABLE, item.ref_schema, "", item.ref_table))
        and (key.schema, key.relation) != (item.ref_schema, item.ref_table)
    )


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
