"""Indexes of partitioned tables, and the parts of them on partitions that somebody named or attached himself.

An index that is made of a partitioned table takes the indexes of its partitions that fit, and makes those that are
missing. So those with a name are made before it, and nothing has to be attached. Only an index that is not valid
yet, or that is built while others write, is made without parts, which are attached to it one by one.

Source: https://www.postgresql.org/docs/15/ddl-partitioning.html, and ``DefineIndex`` of the server.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from atlas.drivers.postgres.plan.context import Context, Fate, Verdict, parents_of
from atlas.drivers.postgres.plan.kinship import links, made_name
from atlas.schema import Key, Kind
from atlas.schema.table import Index, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.schema.walk import Object


class Way(Enum):
    """How an index becomes a part of another."""

    TAKEN = "taken"
    """The server attaches it by itself, or it is a part of none."""
    ATTACHED = "attached"
    RENAMED = "renamed"
    """The server has made it, or will, and only its name is another."""


def whole_of(item: Index, objects: Mapping[Key, Object]) -> Key | None:
    """The index that this one is a part of."""
    schema, _, name = item.attached_to.partition(".")
    found = (key for key in objects if key.kind is Kind.INDEX and (key.schema, key.name) == (schema, name))
    return next(found, None) if item.attached_to else None


def is_part(context: Context, part: Key, whole: Key) -> bool:
    """The first is attached to the second in one of the states."""
    if part.kind is not Kind.INDEX or whole.kind is not Kind.INDEX:
        return False
    items = (context.after.get(part), context.before.get(part))
    return any(
        isinstance(each, Index) and each.attached_to == f"{whole.schema}.{whole.name}" for each in items
    )


def way_of(context: Context, key: Key, item: Index) -> Way:
    """How the desired index at ``key`` becomes a part."""
    whole = whole_of(item, context.after)
    if whole is None:
        return Way.TAKEN
    if comes(context, whole):
        return Way.ATTACHED if is_made_alone(context, whole) else Way.TAKEN
    if context.is_new(key):
        return Way.RENAMED
    if not _is_kept(context, key, whole):
        return Way.TAKEN
    known = context.before.get(whole)
    return Way.RENAMED if isinstance(known, Index) and known.valid else Way.ATTACHED


def comes(context: Context, key: Key) -> bool:
    """The index is made by this plan, by itself or with its table."""
    fate = context.fates.get(key)
    return context.is_new(key) or (fate is not None and fate.comes)


def is_made_alone(context: Context, key: Key) -> bool:
    """The index of a partitioned table is made ON ONLY it."""
    item = context.after.get(key)
    table = context.table(key)
    if not isinstance(item, Index) or table is None or table.partition_by is None:
        return False
    return not item.valid or (context.policy.concurrent_index_create and not context.is_new(key))


def partitions(context: Context, key: Key) -> Iterator[Table]:
    """The desired partitions of the table of an index, without those that the plan attaches."""
    for table in context.desired.tables:
        if (key.schema, key.relation) in parents_of(table):
            host = Key(Kind.TABLE, table.schema, "", table.name)
            before = context.before.get(host)
            if not isinstance(before, Table) or links(before) & links(table):
                yield table


def missing(context: Context, key: Key, item: Index) -> Iterator[tuple[Key, Index, Table]]:
    """Parts that nobody named: of each partition that has none yet the key and the index."""
    name = f"{key.schema}.{item.name}"
    for table in partitions(context, key):
        host = Key(Kind.TABLE, table.schema, "", table.name)
        before = context.before.get(host)
        there = () if not isinstance(before, Table) or comes(context, key) else before.indexes
        if any(each.attached_to == name for each in (*table.indexes, *there)):
            continue
        made = made_name(item, table.name)
        part = replace(item, name=made, attached_to=name, comment="", valid=True)
        yield Key(Kind.INDEX, table.schema, table.name, made), part, table


def is_renamed_back(context: Context, item: Index) -> bool:
    """Nobody names the part any more, but it stays a part."""
    whole = whole_of(item, context.before)
    return whole is not None and whole in context.after and not context.goes(whole)


def is_mended(context: Context, key: Key, current: Object, desired: Object) -> bool:
    """An index of a partitioned table becomes valid: nothing but parts are missing."""
    if not isinstance(current, Index) or not isinstance(desired, Index):
        return False
    table = context.table(key)
    return table is not None and table.partition_by is not None and desired.valid and not current.valid


def let_parts_fall(context: Context) -> None:
    """Parts go with the index that they are attached to, and come again by themselves where they are wanted."""
    falling: dict[Key, Fate | None] = {}
    parts = {
        key: item for key, item in context.before.items() if isinstance(item, Index) and item.attached_to
    }
    wholes = {key: whole_of(item, context.before) for key, item in parts.items()}
    size = -1
    while size != len(falling):
        size = len(falling)
        for key, whole in wholes.items():
            if whole is not None and (whole in falling or context.goes(whole)):
                falling.setdefault(key, falling.get(whole) or context.fates.get(whole))
    for key, owner in falling.items():
        if context.goes(context.host(key)):
            continue
        fate, desired = context.fates.pop(key, None), context.after.get(key)
        changes = fate.changes if fate else ()
        if desired is not None:
            context.fates[key] = Fate(
                Verdict.ADD, None, desired, changes=changes or (owner.changes if owner else ())
            )
        elif owner is not None:
            owner.changes += changes


def _is_kept(context: Context, key: Key, whole: Key) -> bool:
    """The partition was and is one of the table of the whole."""
    host = context.host(key)
    tables = (context.before.get(host), context.after.get(host))
    kept = frozenset.intersection(*(links(table) for table in tables if isinstance(table, Table)))
    return any(link.parent == (whole.schema, whole.relation) for link in kept)
