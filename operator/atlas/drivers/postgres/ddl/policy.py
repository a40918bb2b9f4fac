"""Row security policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import quote

if TYPE_CHECKING:
    from atlas.schema.table import Policy

_SPECIAL = frozenset({"PUBLIC", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"})


def create(item: Policy, on: str) -> str:
    """CREATE POLICY on the table ``on``."""
    words = [f"CREATE POLICY {quote(item.name)} ON {on}"]
    if not item.permissive:
        words.append("AS RESTRICTIVE")
    if item.command != "ALL":
        words.append(f"FOR {item.command}")
    if item.roles:
        words.append(f"TO {roles(item)}")
    return " ".join((*words, *_expressions(item)))


def alter(current: Policy, desired: Policy, on: str) -> str:
    """ALTER POLICY; it cannot take an expression away, nor change the command."""
    words = [f"ALTER POLICY {quote(desired.name)} ON {on}"]
    if desired.roles != current.roles:
        words.append(f"TO {roles(desired)}")
    if desired.using != current.using:
        words.append(f"USING ({desired.using})")
    if desired.check != current.check:
        words.append(f"WITH CHECK ({desired.check})")
    return " ".join(words)


def can_alter(current: Policy, desired: Policy) -> bool:
    """Whether ALTER POLICY reaches the desired state."""
    return (
        (current.permissive, current.command) == (desired.permissive, desired.command)
        and bool(desired.using or not current.using)
        and bool(desired.check or not current.check)
    )


def roles(item: Policy) -> str:
    """The roles, PUBLIC for none."""
    return ", ".join(role if role in _SPECIAL else quote(role) for role in item.roles) or "PUBLIC"


def _expressions(item: Policy) -> list[str]:
    words = [f"USING ({item.using})"] if item.using else []
    return [*words, f"WITH CHECK ({item.check})"] if item.check else words
