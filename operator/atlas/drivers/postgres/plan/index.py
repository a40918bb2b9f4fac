"""Steps of indexes that are no constraints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import index as ddl
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.context import Verdict
from atlas.drivers.postgres.plan.kinship import is_made_name, made_name
from atlas.drivers.postgres.plan.maker import LOCK_TIMEOUT_S, hazard, restored
from atlas.drivers.postgres.plan.parts import Way, is_made_alone, is_renamed_back, missing, way_of
from atlas.drivers.postgres.plan.settings import storage_changes
from atlas.drivers.postgres.plan.step import Phase
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.options import option
from atlas.schema.table import Index, Table

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.drivers.postgres.plan.step import Step
    from atlas.schema import Key

_REPLACEMENT = "_replacement"
_LONGEST_NAME = 63


def index_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """An index: made anew for everything that is in its definition."""
    current, desired = fate.current, fate.desired
    if isinstance(current, Index) and isinstance(desired, Index) and fate.verdict is Verdict.RECREATE:
        _replace(maker, key, fate, current, desired)
    elif fate.goes and isinstance(current, Index) and is_renamed_back(maker.context, current):
        name = made_name(current, key.relation)
        if not is_made_name(current.name, name):
            _rename_part(maker, key, replace(current, name=name), fate, current.name)
    elif fate.goes and isinstance(current, Index):
        _drop(maker, key, fate, current)
    elif isinstance(desired, Index) and fate.comes:
        new_index(maker, key, desired, fate)
    elif isinstance(current, Index) and isinstance(desired, Index):
        _alter(maker, key, fate, current, desired)


def new_index(maker: Maker, key: Key, item: Index, fate: Fate) -> Step:
    """Make one that is not there."""
    context = maker.context
    part = way_of(context, key, item)
    if part is Way.RENAMED:
        return _rename_part(maker, key, item, fate, made_name(item, key.relation))
    online = context.policy.concurrent_index_create and _can_be_concurrent(maker, key)
    on = context.relation(key)
    only = "ONLY " if is_made_alone(context, key) else ""
    words = "CONCURRENTLY " if online else ""
    made = maker.build(
        key,
        fate,
        ddl.create(item, f"{only}{on}", maker.names, words=words),
        f"create index {quote(item.name)} to table: {quote(key.relation)}",
        hazards=() if only else _costs(maker, key, item, online=online),
        reverse=(f"DROP INDEX {words}{maker.names.qualified(key.schema, item.name)}",),
        in_transaction=not online,
        lock_timeout_s=LOCK_TIMEOUT_S if online else None,
    )
    if part is Way.ATTACHED:
        _attach(maker, key, item, fate, frozenset({made.number}))
    if only and item.valid:
        _make_parts(maker, key, item, fate, made)
    index_comment(maker, key, item, fate)
    return made


def _attach(maker: Maker, key: Key, item: Index, fate: Fate, after: frozenset[int] = frozenset()) -> None:
    maker.build(
        key,
        fate,
        f"ALTER INDEX {maker.names.dotted(item.attached_to)} ATTACH PARTITION "
        f"{maker.names.qualified(key.schema, item.name)}",
        f"attach index {quote(item.name)} of table: {quote(key.relation)}",
        after=after,
    )


def _make_parts(maker: Maker, key: Key, item: Index, fate: Fate, whole: Step | None = None) -> None:
    """Make and attach the parts that nobody named, each by itself: only that can be done while others write."""
    context = maker.context
    for part_key, part, table in missing(context, key, item):
        is_whole = table.partition_by is not None
        online = context.policy.concurrent_index_create and not context.is_new(part_key) and not is_whole
        only = "ONLY " if is_whole and context.policy.concurrent_index_create else ""
        words = "CONCURRENTLY " if online else ""
        made = maker.build(
            part_key,
            fate,
            ddl.create(part, f"{only}{context.relation(part_key)}", maker.names, words=words),
            f"create index {quote(part.name)} to table: {quote(table.name)}",
            hazards=() if only else _costs(maker, part_key, part, online=online),
            reverse=(f"DROP INDEX {words}{maker.names.qualified(part_key.schema, part.name)}",),
            in_transaction=not online,
            lock_timeout_s=LOCK_TIMEOUT_S if online else None,
        )
        if only:
            _make_parts(maker, part_key, part, fate, made)
        after = {made.number, whole.number} if whole else {made.number}
        _attach(maker, part_key, part, fate, frozenset(after))


def _rename_part(maker: Maker, key: Key, item: Index, fate: Fate, before: str) -> Step:
    current = maker.names.qualified(key.schema, before)
    made = maker.build(
        key,
        fate,
        f"ALTER INDEX {current} RENAME TO {quote(item.name)}",
        f"rename an index from {quote(before)} to {quote(item.name)}",
        reverse=(f"ALTER INDEX {maker.names.qualified(key.schema, item.name)} RENAME TO {quote(before)}",),
    )
    index_comment(maker, key, item, fate)
    return made


def index_comment(maker: Maker, key: Key, item: Index, fate: Fate, before: str = "") -> None:
    """Set the comment."""
    maker.comment(
        key,
        fate,
        f"INDEX {maker.names.qualified(key.schema, item.name)}",
        f"index: {quote(item.name)} on table: {quote(key.relation)}",
        item.comment,
        before,
    )


def _can_be_concurrent(maker: Maker, key: Key) -> bool:
    """Not for what nobody uses yet, and the server has no such thing for partitioned tables."""
    table = maker.context.table(key)
    return not maker.context.is_new(key) and (table is None or table.partition_by is None)


def _costs(maker: Maker, key: Key, item: Index, *, online: bool) -> tuple[Hazard, ...]:
    if maker.context.is_new(key):
        return ()
    found = [hazard(HazardKind.BUILDS_INDEX, key, f"{key} is built from every row of its table.")]
    if item.unique:
        found.append(hazard(HazardKind.MAY_FAIL, key, "It fails when two rows have the same values."))
    if online:
        found.append(_outside(key))
    else:
        found.append(hazard(HazardKind.BLOCKS_WRITES, key, "A SHARE lock is held while the index is built."))
    return tuple(found)


def _outside(key: Key) -> Hazard:
    text = "CONCURRENTLY runs outside of a transaction: a failure leaves an index that is not valid."
    return hazard(HazardKind.NOT_TRANSACTIONAL, key, text)


def _drop(
    maker: Maker, key: Key, fate: Fate, item: Index, *, name: str = "", after: frozenset[int] = frozenset()
) -> Step:
    online = maker.context.policy.concurrent_index_drop and _drops_concurrently(maker, key)
    words = "CONCURRENTLY " if online else ""
    costs = [hazard(HazardKind.DROPS_INDEX, key, f"Queries that use {key} become slow.")]
    if online:
        text = "CONCURRENTLY runs outside of a transaction: what ran before it stays."
        costs.append(hazard(HazardKind.NOT_TRANSACTIONAL, key, text))
    back = (ddl.create(item, maker.context.relation(key), maker.names, name=name),)
    return maker.remove(
        key,
        fate,
        f"DROP INDEX {words}{maker.names.qualified(key.schema, name or item.name)}",
        f"drop index {quote(item.name)} from table: {quote(key.relation)}",
        hazards=tuple(costs) if item.valid else tuple(costs[1:]),
        reverse=restored(back, f"INDEX {maker.names.qualified(key.schema, name or item.name)}", item.comment),
        in_transaction=not online,
        lock_timeout_s=LOCK_TIMEOUT_S if online else None,
        after=after,
        phase=Phase.DROP if not after else Phase.BUILD,
    )


def _drops_concurrently(maker: Maker, key: Key) -> bool:
    found = maker.context.before.get(maker.context.host(key))
    return not isinstance(found, Table) or found.partition_by is None


def _replace(maker: Maker, key: Key, fate: Fate, current: Index, desired: Index) -> None:
    """Make it anew; where the policy is careful, the new one is built before the current one goes."""
    policy = maker.context.policy
    careful = policy.concurrent_index_create and policy.concurrent_index_drop
    if not (
        careful and current.valid and _can_be_concurrent(maker, key) and _keeps_columns(maker, key, current)
    ):
        _drop(maker, key, fate, current)
        new_index(maker, key, desired, fate)
        return
    temporary = f"{key.name[: _LONGEST_NAME - len(_REPLACEMENT)]}{_REPLACEMENT}"
    bare = _named(desired, temporary)
    built = new_index(maker, key, bare, fate)
    gone = _drop(maker, key, fate, current, after=frozenset({built.number}))
    qualified = maker.names.qualified(key.schema, temporary)
    maker.build(
        key,
        fate,
        f"ALTER INDEX {qualified} RENAME TO {quote(key.name)}",
        f"rename an index from {quote(temporary)} to {quote(key.name)}",
        after=frozenset({gone.number}),
        reverse=(f"ALTER INDEX {maker.names.qualified(key.schema, key.name)} RENAME TO {quote(temporary)}",),
    )
    index_comment(maker, key, desired, fate)


def _keeps_columns(maker: Maker, key: Key, current: Index) -> bool:
    """Nothing that the current index uses goes or changes: then it may stay while the new one is built."""
    needs = maker.context.needs_before.of.get(key, set())
    del current
    return not any(each in maker.context.fates for each in needs)


def _named(item: Index, name: str) -> Index:
    return replace(item, name=name, comment="")


def _alter(maker: Maker, key: Key, fate: Fate, current: Index, desired: Index) -> None:
    target = f"ALTER INDEX {maker.names.qualified(key.schema, key.name)}"
    comment = f"modify index {quote(key.name)} of table: {quote(key.relation)}"
    clauses = storage_changes(current.options, desired.options)
    before, after = option(current.options, "tablespace"), option(desired.options, "tablespace")
    if before != after:
        clauses.append(
            (
                f"SET TABLESPACE {quote(after or 'pg_default')}",
                f"SET TABLESPACE {quote(before or 'pg_default')}",
            )
        )
    for clause, back in clauses:
        maker.build(key, fate, f"{target} {clause}", comment, reverse=(f"{target} {back}",))
    if desired.attached_to != current.attached_to and way_of(maker.context, key, desired) is Way.ATTACHED:
        _attach(maker, key, desired, fate)
    if desired.valid and not current.valid:
        _make_parts(maker, key, desired, fate)
    index_comment(maker, key, desired, fate, current.comment)
