"""The desired state that is left when a policy leaves changes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from atlas.engine.order import closure
from atlas.schema import Add, Drop, Key, Modify, Realm, Rename, Schema
from atlas.schema.objects import MaterializedView, View
from atlas.schema.table import PrimaryKey, Table
from atlas.schema.walk import CHILD_FIELDS, CHILD_LISTS, child_key, children, key_of, named_needs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.schema import Change
    from atlas.schema.objects import SchemaObject
    from atlas.schema.walk import Child, Object

_VERBS = {Add: "add", Drop: "drop", Modify: "modify", Rename: "rename"}


def is_skipped(change: Change, skip: frozenset[str]) -> bool:
    """Whether a policy names this change, as ``drop_column``."""
    return f"{_VERBS[type(change)]}_{change.key.kind.value}" in skip


def effective_realm(current: Realm, desired: Realm, skipped: Iterable[Change]) -> Realm:
    """``desired`` without the skipped changes; with what a kept object needs, and what lives in a kept schema.

    What stands on something that is not added is left as it is too. A kept column or table keeps what it stands on: the type of a kept column stays, also when nothing else uses it.
    Where the drop of a schema is skipped, nothing in it is dropped.
    """
    undone: dict[Key, Object | None] = {}
    for change in skipped:
        match change:
            case Add():
                undone[change.key] = None
            case Drop(current=Schema(name=name)):
                inside = (item for item in current.objects if item.schema == name)
                undone |= {change.key: change.current} | {key_of(item): item for item in inside}
            case Drop() | Modify():
                undone[change.key] = change.current
            case Rename():
                undone[change.key] = None
                undone[change.current_key] = change.current
    undone = _unfounded(current, desired, [key for key in undone if undone[key] is None]) | undone
    kept = [key for key, item in undone.items() if item is not None]
    undone.update(_needed(current, desired, kept))
    return _with(desired, undone, current)


def _unfounded(current: Realm, desired: Realm, missing: list[Key]) -> dict[Key, Object | None]:
    """What in ``desired`` cannot be without what is left out, as it is in ``current``: None where it is not there."""
    from atlas.schema import flatten

    before, after = flatten(current), flatten(desired)
    gone = {key for key in after for each in missing if key == each or _is_within(key, each)}
    found = closure(gone, (*desired.dependencies, *named_needs(desired)))
    return {key: before.get(key) for key in sorted(found - gone) if key in after}


def _needed(current: Realm, desired: Realm, kept: list[Key]) -> dict[Key, Object | None]:
    """Everything of ``current`` that kept objects stand on and ``desired`` lacks."""
    from atlas.schema import flatten

    before, after = flatten(current), flatten(desired)
    pairs = (*current.dependencies, *named_needs(current))
    backwards = [(needed, dependent) for dependent, needed in pairs]
    kept_and_parts = {key for key in before for each in kept if key == each or _is_within(key, each)}
    wanted = closure(kept_and_parts, backwards)
    wanted |= {
        Key(before_key.kind.SCHEMA, "", "", before_key.schema) for before_key in wanted if before_key.schema
    }
    return {key: before[key] for key in sorted(wanted) if key in before and key not in after}


def _is_within(key: Key, outer: Key) -> bool:
    if outer.kind is outer.kind.SCHEMA:
        return False
    return (
        key.kind.is_child
        and not outer.kind.is_child
        and (key.schema, key.relation) == (outer.schema, outer.name)
    )


def _with(desired: Realm, undone: Mapping[Key, Object | None], current: Realm) -> Realm:
    """``desired`` with each of ``undone`` put in, replaced, or (None) taken out."""
    schemas = {schema.name: schema for schema in desired.schemas}
    objects = {key_of(item): item for item in desired.objects}
    for key, item in undone.items():
        if isinstance(item, Schema):
            schemas[key.name] = item
        elif key.kind is key.kind.SCHEMA:
            schemas.pop(key.name, None)
        elif not key.kind.is_child:
            _put(objects, key, item)
    for key, item in undone.items():
        if key.kind.is_child:
            _put_child(objects, key, item)
    order = {key_of(item): number for number, item in enumerate((*desired.objects, *current.objects))}
    return replace(
        desired,
        schemas=tuple(schemas[name] for name in sorted(schemas)),
        objects=tuple(sorted(objects.values(), key=lambda item: _place(item, order, desired.dialect))),
        dependencies=desired.dependencies | current.dependencies,
    )


def _place(item: SchemaObject, order: Mapping[Key, int], dialect: str) -> tuple[object, ...]:
    key = key_of(item)
    return (order[key],) if dialect == "sqlite" else (key.schema, key.kind.value, key.name)


def _put(objects: dict[Key, SchemaObject], key: Key, item: Object | None) -> None:
    """A relation that is put back over a desired one keeps the desired children: those are changes of their own."""
    known = objects.get(key)
    if item is None:
        objects.pop(key, None)
    elif isinstance(known, Table) and isinstance(item, Table):
        objects[key] = replace(item, **{name: getattr(known, name) for name in CHILD_FIELDS})
    elif isinstance(known, View) and isinstance(item, View):
        objects[key] = replace(item, triggers=known.triggers)
    elif isinstance(known, MaterializedView) and isinstance(item, MaterializedView):
        objects[key] = replace(item, indexes=known.indexes)
    else:
        objects[key] = item  # type: ignore[assignment]  # only children and schemas are no SchemaObject


def _put_child(objects: dict[Key, SchemaObject], key: Key, item: Object | None) -> None:
    for kind in (key.kind.TABLE, key.kind.VIEW, key.kind.MATERIALIZED):
        owner = objects.get(Key(kind, key.schema, "", key.relation))
        if owner is not None:
            objects[key_of(owner)] = _with_child(owner, key, item)
            return


def _with_child(owner: SchemaObject, key: Key, item: Object | None) -> SchemaObject:
    assert isinstance(owner, Table | View | MaterializedView)  # noqa: S101  the keys above are theirs
    if key.kind is key.kind.PRIMARY_KEY:
        assert isinstance(owner, Table)  # noqa: S101
        return replace(owner, primary_key=item if isinstance(item, PrimaryKey) else None)
    name = CHILD_LISTS[key.kind]
    found: list[Child] = []
    is_new = True
    for child in children(owner):
        if child_key(owner, child).kind is not key.kind:
            continue
        if child_key(owner, child) != key:
            found.append(child)
        else:
            is_new = False
            if item is not None:
                found.append(item)  # type: ignore[arg-type]  # the key says that it is a child
    if is_new and item is not None:
        found.append(item)  # type: ignore[arg-type]
    fields: dict[str, Any] = {name: tuple(found)}
    return replace(owner, **fields)
