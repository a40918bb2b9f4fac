"""What a plan is made of, and what its maker may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema import Change, Key, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPolicy:
    """The ``diff`` block of a project file or resource.

    Attributes:
        skip: Changes that are not made, as ``drop_table``: ``add``, ``drop``, ``modify`` or ``rename``, and the
            kind of the object.
        concurrent_index_create: PostgreSQL: CREATE INDEX CONCURRENTLY on tables that exist.
        concurrent_index_drop: PostgreSQL: DROP INDEX CONCURRENTLY.
        online: PostgreSQL: constraints as NOT VALID and then VALIDATE, NOT NULL by way of a validated check.
    """

    skip: frozenset[str] = frozenset()
    concurrent_index_create: bool = False
    concurrent_index_drop: bool = False
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """Choices.

    Attributes:
        bound: Names of this schema are written bare; '' writes ``schema.name`` everywhere.
        renames: Pairs ``(current, desired)`` that somebody said are the same object.
        policy: What to leave out, and how careful to be.
    """

    bound: str = ""
    renames: tuple[tuple[Key, Key], ...] = ()
    policy: DiffPolicy = DiffPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """What a driver plans.

    Attributes:
        desired: What is to be afterwards; what a policy keeps is in it.
        changes: ``engine.diff`` of the two realms, all to be made.
    """

    current: Realm
    desired: Realm
    changes: tuple[Change, ...]
    options: PlanOptions
