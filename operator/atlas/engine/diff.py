"""The differences between two realms, object by object. What to do about one is decided by the driver that plans."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from atlas.errors import PlanError
from atlas.schema import Add, Drop, Key, Kind, Modify, Rename, flatten
from atlas.schema.objects import MaterializedView, View
from atlas.schema.table import Table
from atlas.schema.walk import CHILD_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from atlas.schema import Change, Realm
    from atlas.schema.walk import Object

_IDENTITY = frozenset({"schema", "name"})
_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED)


def diff(
    current: Realm,
    desired: Realm,
    *,
    differs: Callable[[Object, Object], frozenset[str]],
    renames: Iterable[tuple[Key, Key]] = (),
) -> tuple[Change, ...]:
    """Drops, then renames, then adds and modifications in the order of the desired realm.

    Children of a relation that is added or dropped as a whole are no changes of their own. Objects of a schema that
    is added or dropped are. A rename counts only where its first key is in ``current`` alone and its second in
    ``desired`` alone; children keep their identity through the rename of their relation.

    Raises:
        PlanError: A rename is to be made, and the desired state also has an object of the name that goes.
    """
    before, after = flatten(current), flatten(desired)
    renamed = _valid_renames(renames, before, after)
    origin = {desired_key: current_key for current_key, desired_key in renamed.items()}
    moved = {_desired_key(key, renamed): key for key in before}
    drops = [Drop(moved[key], before[moved[key]]) for key in moved if key not in after]
    changes: list[Change] = [
        drop for drop in drops if not _goes_with_relation(drop.key, renamed, after, before)
    ]
    changes += [Rename(origin[key], key, before[origin[key]], after[key]) for key in after if key in origin]
    for key, item in after.items():
        changes += _change(key, item, before.get(moved[key]) if key in moved else None, differs, moved, after)
    return tuple(changes)


def changed_fields(current: Object, desired: Object) -> frozenset[str]:
    """The fields in which two objects of one class differ: not their names, their children, or what follows."""
    ignored = _IDENTITY | CHILD_FIELDS if _has_children(current) else _IDENTITY
    return frozenset(
        field.name
        for field in fields(current)
        if field.name not in ignored and getattr(current, field.name) != getattr(desired, field.name)
    )


def _has_children(item: Object) -> bool:
    # NB: a foreign key has ``columns`` too, and they are what it says.
    return isinstance(item, Table | View | MaterializedView)


def _change(
    key: Key,
    item: Object,
    before: Object | None,
    differs: Callable[[Object, Object], frozenset[str]],
    moved: Mapping[Key, Key],
    after: Mapping[Key, Object],
) -> Iterator[Change]:
    if before is None:
        owner = relation_of(key, after)
        if owner is None or owner in moved:
            yield Add(key, item)
        return
    # Most objects of a schema stay as they are, and what is equal cannot differ in the eyes of a driver.
    if before != item and (different := differs(before, item)):
        yield Modify(key, before, item, different)


def relation_of(key: Key, objects: Mapping[Key, Object]) -> Key | None:
    """The key of the relation that a child belongs to, whatever kind of relation that is; None for no child."""
    if not key.kind.is_child:
        return None
    for kind in _RELATIONS:
        found = Key(kind, key.schema, "", key.relation)
        if found in objects:
            return found
    return None


def _goes_with_relation(
    key: Key, renamed: Mapping[Key, Key], after: Mapping[Key, Object], before: Mapping[Key, Object]
) -> bool:
    owner = relation_of(key, before)
    return owner is not None and renamed.get(owner, owner) not in after


def _valid_renames(
    renames: Iterable[tuple[Key, Key]], before: Mapping[Key, Object], after: Mapping[Key, Object]
) -> dict[Key, Key]:
    """The renames that are still to be made; one that was made says nothing, one that cannot be is an error."""
    wanted = {current: desired for current, desired in renames if current in before and desired not in before}
    for current, desired in wanted.items():
        if current in after:
            raise PlanError(
                f"{current} is to be renamed to {desired.name}, and the desired state has a {current} too: take the "
                "rename away, or the object that keeps the name"
            )
    return {current: desired for current, desired in wanted.items() if desired in after}


def _desired_key(key: Key, renamed: Mapping[Key, Key]) -> Key:
    """``key`` under the names that it, its relation and its schema will have."""
    if key in renamed:
        return renamed[key]
    schema = renamed.get(Key(Kind.SCHEMA, "", "", key.schema))
    if schema is not None and (key.kind.is_child or key._replace(schema=schema.name) not in renamed.values()):
        key = key._replace(schema=schema.name)
    if key.kind.is_child:
        for current, desired in renamed.items():
            if not current.kind.is_child and (current.schema, current.name) == (key.schema, key.relation):
                key = key._replace(schema=desired.schema, relation=desired.name)
                break
    return renamed.get(key, key)
