"""Steps of indexes that are no constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import index as ddl
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.context import Verdict
from atlas.drivers.postgres.plan.maker import LOCK_TIMEOUT_S, hazard, restored
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
    elif fate.goes and isinstance(current, Index):
        _drop(maker, key, fate, current)
    elif isinstance(desired, Index) and fate.comes:
        new_index(maker, key, desired, fate)
    elif isinstance(current, Index) and isinstance(desired, Index):
        _alter(maker, key, fate, current, desired)


def new_index(maker: Maker, key: Key, item: Index, fate: Fate) -> Step:
    """Make one that is not there."""
    online = maker.context.policy.concurrent_index_create and _can_be_concurrent(maker, key)
    on = maker.context.relation(key)
    only = "ONLY " if _has_own_parts(maker, key, item) else ""
    words = "CONCURRENTLY " if online else ""
    made = maker.build(
        key,
        fate,
        ddl.create(item, f"{only}{on}", maker.names, words=words),
        f"create index {quote(item.name)} to table: {quote(key.relation)}",
        hazards=_costs(maker, key, item, online=online),
        reverse=(f"DROP INDEX {words}{maker.names.qualified(key.schema, item.name)}",),
        in_transaction=not online,
        lock_timeout_s=LOCK_TIMEOUT_S if online else None,
    )
    _attach(maker, key, item, fate)
    index_comment(maker, key, item, fate)
    return made


def _attach(maker: Maker, key: Key, item: Index, fate: Fate) -> None:
    if item.attached_to:
        maker.build(
            key,
            fate,
            f"ALTER INDEX {maker.names.dotted(item.attached_to)} ATTACH PARTITION "
            f"{maker.names.qualified(key.schema, item.name)}",
            f"attach index {quote(item.name)} of table: {quote(key.relation)}",
        )


def _has_own_parts(maker: Maker, key: Key, item: Index) -> bool:
    """Indexes of partitions are attached to this one by name: it is made without making theirs."""
    return f"{key.schema}.{item.name}" in maker.context.attached_to


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
    from dataclasses import replace

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
    if desired.attached_to != current.attached_to:
        _attach(maker, key, desired, fate)
    index_comment(maker, key, desired, fate, current.comment)
