"""What happens to objects that do not differ themselves, because of what happens to others.

Apart from the order of steps: a dropped enum never makes its table go. Tables and plain columns stay whatever
happens; a column whose type is swapped is altered, a generated column is computed anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.plan.context import Context, Fate, Verdict
from atlas.errors import Unsupported
from atlas.schema import Key, Kind
from atlas.schema.table import Column, ForeignKey, Table
from atlas.schema.walk import child_key, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema import Change

_TYPES = frozenset({Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE, Kind.RANGE})
_REBUILT = frozenset({Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.CHECK, Kind.EXCLUDE})
"""What the server makes anew by itself when a column that it uses gets another type."""
_STAYS = frozenset({Kind.TABLE, Kind.SCHEMA, Kind.EXTENSION, Kind.SEQUENCE})
_FAMILIES = (
    frozenset({"smallint", "integer", "bigint", "serial", "bigserial", "smallserial"}),
    frozenset({"text", "character varying", "character"}),
)


def cascade(context: Context) -> None:
    """Decide about everything that depends on what goes or is given another type.

    Raises:
        Unsupported: A type is to change that the server does not let go.
    """
    pending = list(context.fates)
    while pending:
        key = pending.pop()
        for touched in _touched(context, key):
            pending += list(_dependents(context, touched, key))


def is_retyped(context: Context, key: Key) -> bool:
    """A column gets another type or collation, or the same type made anew."""
    fate = context.fates.get(key)
    if fate is None or fate.verdict is not Verdict.ALTER or not isinstance(fate.desired, Column):
        return False
    return bool(fate.fields & {"type", "collation"}) and not _same_stored_type(fate)


def _same_stored_type(fate: Fate) -> bool:
    """``serial`` and ``integer`` are one type with and without a sequence."""
    from atlas.drivers.postgres.ddl.column import stored_type

    assert isinstance(fate.current, Column)  # noqa: S101  an altered column has been one
    assert isinstance(fate.desired, Column)  # noqa: S101
    return (
        stored_type(fate.current) == stored_type(fate.desired)
        and "collation" not in fate.fields
        and "swapped" not in fate.fields
    )


def _touched(context: Context, key: Key) -> Iterator[Key]:
    """The keys, current ones, that cannot stay as they are below their dependents."""
    fate = context.fates[key]
    if fate.goes:
        yield key
        if isinstance(fate.current, Table) or key.kind in {Kind.VIEW, Kind.MATERIALIZED}:
            yield from context.children_before.get(key, ())
    elif is_retyped(context, key):
        yield key
        yield from context.heirs(key)


def _dependents(context: Context, needed: Key, cause: Key) -> Iterator[Key]:
    for key in sorted(context.needs_before.by.get(needed, ())):
        if _decide(context, key, needed, cause):
            yield key


def _decide(context: Context, key: Key, needed: Key, cause: Key) -> bool:
    """Give ``key`` another fate if it has to have one; whether it has.

    ``cause`` is what changes: ``needed`` itself, its relation, or the parent's column that it follows.
    """
    changes = context.fates[cause].changes
    if context.goes(key) or key not in context.before or key not in context.after or key.kind in _STAYS:
        return False
    if key.kind is Kind.COLUMN:
        return _decide_column(context, key, needed, changes)
    is_rid_of_it = context.verdict(key) is Verdict.ALTER and not context.needs_after.has(key, needed)
    if is_rid_of_it or (is_retyped(context, cause) and not _follows_retype(context, key, cause)):
        return False
    if key.kind in _TYPES and context.verdict(needed) is Verdict.RECREATE:
        raise Unsupported(
            f"{needed}: {key} is made of it, so that it cannot be made anew; change both by a versioned migration"
        )
    verdict = Verdict.SWAP if key.kind in _TYPES else Verdict.RECREATE
    _set(context, key, verdict, frozenset(), changes)
    return True


def _set(
    context: Context, key: Key, verdict: Verdict, fields: frozenset[str], changes: tuple[Change, ...]
) -> None:
    known = context.fates.get(key)
    if known is not None:
        fields |= known.fields
        changes = (*known.changes, *(each for each in changes if each not in known.changes))
    context.fates[key] = Fate(verdict, context.before[key], context.after[key], fields, changes)


def _follows_retype(context: Context, key: Key, column: Key) -> bool:
    """Whether the server refuses to give a column another type, or fails later, while ``key`` is there.

    Source: ATPrepAlterColumnType and RememberAllDependentForRebuilding of the server, version 15.
    """
    if key.kind in _REBUILT:
        return "by_text" in context.fates[column].fields
    if key.kind is Kind.FOREIGN_KEY:
        item = context.after[key]
        assert isinstance(item, ForeignKey)  # noqa: S101  the key says so
        return not _comparable(context, column)
    return True


def _comparable(context: Context, column: Key) -> bool:
    """The type before and after can be compared with one another, so that a foreign key may stay meanwhile."""
    fate = context.fates[column]
    assert isinstance(fate.current, Column)  # noqa: S101
    assert isinstance(fate.desired, Column)  # noqa: S101
    if "swapped" in fate.fields:
        return False
    bare = {fate.current.type.partition("(")[0], fate.desired.type.partition("(")[0]}
    return len(bare) == 1 or any(bare <= family for family in _FAMILIES)


def _decide_column(context: Context, key: Key, needed: Key, changes: tuple[Change, ...]) -> bool:
    current, desired = context.before[key], context.after[key]
    assert isinstance(current, Column)  # noqa: S101
    assert isinstance(desired, Column)  # noqa: S101
    fate = context.fates.get(key)
    if (fate is not None and fate.verdict is Verdict.RECREATE) or current.inherited:
        return False
    if needed.kind in _TYPES and current.type == desired.type and _is_typed(current, needed):
        _refuse_partition_key(context, key, needed)
        by_text = {"by_text"} if context.verdict(needed) is Verdict.RECREATE else set()
        _set(context, key, Verdict.ALTER, frozenset({"type", "swapped", *by_text}), changes)
        return not (fate and "swapped" in fate.fields)
    if current.generated is not None and desired.generated is not None:
        _set(context, key, Verdict.RECREATE, frozenset({"generated"}), changes)
        return True
    if current.default is not None and _keeps_needing(context, key, needed):
        _set(context, key, Verdict.ALTER, frozenset({"default", "reset"}), changes)
    return False


def _keeps_needing(context: Context, key: Key, needed: Key) -> bool:
    """The default calls a function that is made anew: it is set again behind that."""
    return needed.kind not in {Kind.SEQUENCE, *_TYPES} and context.needs_after.has(key, needed)


def _is_typed(column: Column, needed: Key) -> bool:
    """The type of the column is ``needed`` or an array of it."""
    from atlas.drivers.postgres.ddl.names import split_type

    found = split_type(column.type)
    return found is not None and found[:2] == (needed.schema, needed.name)


def _refuse_partition_key(context: Context, key: Key, needed: Key) -> None:
    table = context.table(key)
    parts = table.partition_by.parts if table and table.partition_by else ()
    if any(part.column == key.name for part in parts):
        raise Unsupported(
            f"{needed}: it is the type of {key}, which its table is partitioned by, so that the server lets "
            "no other type take its place; make the new type and a new table by a versioned migration"
        )


def expand(context: Context) -> None:
    """Children of a view or materialized view that is made anew go and come with it, not by themselves."""
    for key, fate in list(context.fates.items()):
        if fate.verdict is not Verdict.RECREATE or key.kind not in {Kind.VIEW, Kind.MATERIALIZED}:
            continue
        for item in (fate.current, fate.desired):
            for child in children(item):  # type: ignore[arg-type]  # a relation by its key
                found = context.fates.pop(child_key(item, child), None)  # type: ignore[arg-type]
                if found is not None:
                    fate.changes += found.changes


def say_again(context: Context) -> None:
    """A table forgets that an index is its replica identity, or what it is clustered by, when that is made anew."""
    for key, fate in list(context.fates.items()):
        host = context.host(key)
        current, desired = context.before.get(host), context.after.get(host)
        if fate.verdict is not Verdict.RECREATE or not isinstance(current, Table):
            continue
        name = key.name or f"{key.relation}_pkey"
        forgotten = {("clustered", name), ("replica_identity", f"USING INDEX {name}")}
        if not isinstance(desired, Table) or not forgotten & set(desired.options):
            continue
        known = context.fates.get(host)
        before = known.current if known and isinstance(known.current, Table) else current
        left = tuple(each for each in before.options if each not in forgotten)
        fields = (known.fields if known else frozenset()) | {"options"}
        changes = (*(known.changes if known else ()), *fate.changes)
        context.fates[host] = Fate(Verdict.ALTER, replace(before, options=left), desired, fields, changes)
