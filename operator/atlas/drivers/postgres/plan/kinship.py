"""What tables take with them when they leave a parent, and what they have to have before they get one.

A partition that is detached keeps the indexes, keys and checks that followed its parent; one that is attached gives
the indexes that fit to the parent's. Without this, the first would be given what it has, and the second would lose
an index that the server then builds anew under a lock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from atlas.drivers.postgres.inspect.text import default_name
from atlas.schema.table import Check, ForeignKey, Index, IndexPart, PrimaryKey, Table, Unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.schema import Realm

T = TypeVar("T", Index, Unique, ForeignKey)
Name = tuple[str, str]
Tables = dict[Name, Table]


def settled(current: Realm, desired: Realm) -> tuple[Realm, Realm]:
    """Both states, with each table that changes parents as it is while it has none of the two."""
    before, after = _tables(current), _tables(desired)
    left, met = dict(before), dict(after)
    for name in before.keys() & after.keys():
        leaves, gets = links(before[name]) - links(after[name]), links(after[name]) - links(before[name])
        for link in leaves:
            left[name] = _alone(left[name], link, before)
        for link in gets:
            met[name] = _ready(met[name], left[name], link, after)
    return _with(current, before, left), _with(desired, after, met)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A parent; ``bound`` is '' where the child inherits and is no partition."""

    parent: Name
    bound: str


def links(table: Table) -> frozenset[Link]:
    """What the table is a child of."""
    found = {Link(parent, "") for parent in table.inherits}
    if table.partition_of is not None:
        of = table.partition_of
        found.add(Link((of.schema, of.table), of.bound))
    return frozenset(found)


def _tables(realm: Realm) -> Tables:
    return {(table.schema, table.name): table for table in realm.tables}


def _with(realm: Realm, known: Mapping[Name, Table], changed: Mapping[Name, Table]) -> Realm:
    if known == changed:
        return realm
    objects = (changed[each.schema, each.name] if isinstance(each, Table) else each for each in realm.objects)
    return replace(realm, objects=tuple(objects))


def _whole(table: Table, tables: Mapping[Name, Table]) -> Table:
    """The table with what follows its parents."""
    for link in links(table):
        table = _alone(table, link, tables)
    return table


def _alone(table: Table, link: Link, tables: Mapping[Name, Table]) -> Table:
    """The table right after it left this parent."""
    known = tables.get(link.parent)
    columns = tuple(replace(each, inherited=False) for each in table.columns)
    if known is None:
        return replace(table, columns=columns)
    parent = _whole(known, tables)
    table = replace(table, columns=columns, checks=_checks(table, parent))
    if not link.bound:
        return table
    names = {each.name for each in table.foreign_keys}
    keys = (replace(each, comment="") for each in parent.foreign_keys if each.name not in names)
    primary_key = table.primary_key or (
        parent.primary_key and replace(parent.primary_key, name="", comment="")
    )
    return replace(
        table,
        primary_key=primary_key,
        uniques=(*table.uniques, *(_named(each, table) for each in parent.uniques)),
        foreign_keys=(*table.foreign_keys, *keys),
        indexes=_indexes_alone(table, parent),
    )


def _checks(table: Table, parent: Table) -> tuple[Check, ...]:
    names = {each.name for each in table.checks}
    new = (each for each in parent.checks if not each.no_inherit and each.name not in names)
    return (*table.checks, *(replace(each, comment="") for each in new))


def _indexes_alone(table: Table, parent: Table) -> tuple[Index, ...]:
    of_parent = {f"{parent.schema}.{each.name}": each for each in parent.indexes}
    listed = {each.attached_to for each in table.indexes}
    own = (replace(each, attached_to="") if each.attached_to in of_parent else each for each in table.indexes)
    followed = (
        replace(_named(each, table), attached_to="")
        for name, each in of_parent.items()
        if name not in listed and each.valid
    )
    return (*own, *followed)


def _named(item: T, table: Table) -> T:
    """What the server calls the partition's own, where nobody gave it a name."""
    return replace(item, name=made_name(item, table.name), comment="")


def made_name(item: Index | Unique | ForeignKey, table: str) -> str:
    """``t_a_b_idx``: the name that the server gives to the part of a partition."""
    if isinstance(item, ForeignKey):
        return item.name
    columns = (*(_part_name(each) for each in item.parts), *item.include)
    return default_name(table, "_".join(columns), "key" if isinstance(item, Unique) else "idx")


def _part_name(part: IndexPart) -> str:
    call = part.expr.partition("(")[0].rpartition(".")[2]
    return part.column or (call if call.isidentifier() else "expr")


def _ready(table: Table, current: Table, link: Link, tables: Mapping[Name, Table]) -> Table:
    """The desired table right before it gets this parent; ``current`` is what is there to become so."""
    known = tables.get(link.parent)
    if known is None:
        return table
    parent = _whole(known, tables)
    table = replace(table, checks=_checks(table, parent))
    if not link.bound:
        return table
    explicit = {each.attached_to for each in table.indexes}
    followed = [each for each in parent.indexes if f"{parent.schema}.{each.name}" not in explicit]
    indexes = (_called(each, table) for each in _fitting(current.indexes, table.indexes, followed))
    return replace(
        table,
        primary_key=table.primary_key or _fitting_key(current.primary_key, parent.primary_key),
        uniques=(*table.uniques, *_fitting(current.uniques, table.uniques, parent.uniques)),
        foreign_keys=(
            *table.foreign_keys,
            *_fitting(current.foreign_keys, table.foreign_keys, parent.foreign_keys),
        ),
        indexes=(*table.indexes, *indexes),
    )


def _fitting(current: Iterable[T], desired: Iterable[T], wanted: Iterable[T]) -> list[T]:
    """Those of the current ones, that are not desired by themselves, which the server takes for the parent's."""
    names = {each.name for each in desired}
    missing = [_nameless(each) for each in wanted]
    found = []
    for each in current:
        if each.name not in names and _nameless(each) in missing:
            missing.remove(_nameless(each))
            found.append(each)
    return found


def _nameless(item: T) -> T:
    bare = replace(item, name="", comment="")
    if isinstance(bare, Index):
        return replace(bare, attached_to="", valid=True, options=())
    return replace(bare, options=()) if isinstance(bare, Unique) else bare


def _fitting_key(current: PrimaryKey | None, wanted: PrimaryKey | None) -> PrimaryKey | None:
    if current is None or wanted is None:
        return None
    return (
        current
        if replace(current, name="", comment="", options=())
        == replace(wanted, name="", comment="", options=())
        else None
    )


def _called(item: Index, table: Table) -> Index:
    """A name that says nothing is one that the server would give."""
    made = made_name(item, table.name)
    return item if is_made_name(item.name, made) else replace(item, name=made)


def is_made_name(name: str, made: str) -> bool:
    """The name that the server makes, or that with a number because another one had it."""
    return name.startswith(made) and (name == made or name[len(made) :].isdigit())
