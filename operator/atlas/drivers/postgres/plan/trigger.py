"""Steps of triggers and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import policy, trigger
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.maker import hazard, restored
from atlas.drivers.postgres.plan.step import Act, Place
from atlas.engine.plan import HazardKind
from atlas.schema import Kind
from atlas.schema.table import Policy, Trigger

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key


def trigger_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A trigger: replaced in one statement, which keeps nobody from reading; one that is a constraint is made anew."""
    current, desired = fate.current, fate.desired
    on = maker.context.relation(key)
    if fate.goes and isinstance(current, Trigger):
        maker.remove(
            key,
            fate,
            f"DROP TRIGGER {quote(key.name)} ON {on}",
            f"drop trigger {quote(key.name)} from {_what(maker, key)}",
            reverse=restored(
                (trigger.create(current, on, maker.names),),
                f"TRIGGER {quote(key.name)} ON {on}",
                current.comment,
            ),
        )
    if not isinstance(desired, Trigger):
        return
    if fate.comes:
        new_trigger(maker, key, desired, fate)
        return
    assert isinstance(current, Trigger)  # noqa: S101  it is altered
    is_replaced = bool(fate.fields - {"comment", "enabled"})
    if is_replaced:
        maker.build(
            key,
            fate,
            trigger.create(desired, on, maker.names, replace="OR REPLACE "),
            f"modify trigger {quote(key.name)} on {_what(maker, key)}",
            reverse=_back(current, on, maker),
        )
    if desired.enabled != ("origin" if is_replaced else current.enabled):
        _set_enabled(maker, key, fate, current, desired)
    _comment(maker, key, fate, desired, current.comment)


def _back(current: Trigger, on: str, maker: Maker) -> tuple[str, ...]:
    """The trigger as it was, also when it fired."""
    text = trigger.create(current, on, maker.names, replace="OR REPLACE ")
    if current.enabled == "origin":
        return (text,)
    return text, f"ALTER TABLE {on} {trigger.set_enabled(current)}"


def new_trigger(maker: Maker, key: Key, item: Trigger, fate: Fate) -> None:
    """Make one that is not there."""
    on = maker.context.relation(key)
    maker.build(
        key,
        fate,
        trigger.create(item, on, maker.names),
        f"create trigger {quote(item.name)} on {_what(maker, key)}",
        reverse=(f"DROP TRIGGER {quote(item.name)} ON {on}",),
    )
    if item.enabled != "origin":
        _set_enabled(maker, key, fate, None, item)
    _comment(maker, key, fate, item, "")


def _what(maker: Maker, key: Key) -> str:
    kind = maker.context.host(key).kind
    return f"{'view' if kind is Kind.VIEW else 'table'}: {quote(key.relation)}"


def _set_enabled(maker: Maker, key: Key, fate: Fate, current: Trigger | None, desired: Trigger) -> None:
    """NB: a clause, but of a trigger that may be made after its table is altered."""
    back = trigger.set_enabled(current) if current else f"ENABLE TRIGGER {quote(desired.name)}"
    maker.clause(key, fate, trigger.set_enabled(desired), Place.SETTING, act=Act.FINISH, reverse=(back,))


def _comment(maker: Maker, key: Key, fate: Fate, item: Trigger, before: str) -> None:
    target = f"TRIGGER {quote(item.name)} ON {maker.context.relation(key)}"
    maker.comment(
        key, fate, target, f"trigger: {quote(item.name)} on {_what(maker, key)}", item.comment, before
    )


def policy_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A policy of row security."""
    current, desired = fate.current, fate.desired
    on = maker.context.relation(key)
    where = f"table: {quote(key.relation)}"
    access = (hazard(HazardKind.CHANGES_ACCESS, key, f"Who may see or write which rows of {where} changes."),)
    if fate.goes and isinstance(current, Policy):
        maker.remove(
            key,
            fate,
            f"DROP POLICY {quote(key.name)} ON {on}",
            f"drop policy {quote(key.name)} from {where}",
            hazards=access,
            reverse=restored(
                (policy.create(current, on),), f"POLICY {quote(key.name)} ON {on}", current.comment
            ),
        )
    if not isinstance(desired, Policy):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            policy.create(desired, on),
            f"create policy {quote(key.name)} on {where}",
            hazards=() if maker.context.is_new(key) else access,
            reverse=(f"DROP POLICY {quote(key.name)} ON {on}",),
        )
    elif isinstance(current, Policy) and fate.fields - {"comment"}:
        maker.build(
            key,
            fate,
            policy.alter(current, desired, on),
            f"modify policy {quote(key.name)} on {where}",
            hazards=access,
            reverse=(policy.alter(desired, current, on),) if policy.can_alter(desired, current) else None,
        )
    before = current.comment if isinstance(current, Policy) and not fate.comes else ""
    target = f"POLICY {quote(key.name)} ON {on}"
    maker.comment(key, fate, target, f"policy: {quote(key.name)} on {where}", desired.comment, before)
