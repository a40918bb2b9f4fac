"""The closed family of differences between two realms. The kind of the object is in the key.

A change says what is different, never how to get there: whether a column is altered or its table rebuilt is
decided by the driver that plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from atlas.schema.identity import Key
    from atlas.schema.walk import Object


@dataclass(frozen=True, slots=True)
class Add:
    """``desired`` is to be made. The children of a relation that is added are no changes of their own."""

    key: Key
    desired: Object


@dataclass(frozen=True, slots=True)
class Drop:
    """``current`` is to go. The children of a relation that is dropped are no changes of their own."""

    key: Key
    current: Object


@dataclass(frozen=True, slots=True)
class Modify:
    """An object of the same key differs in ``fields``: names of its class, never those that hold children.

    After a Rename of the object or its relation, ``key`` is the desired one.
    """

    key: Key
    current: Object
    desired: Object
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rename:
    """``current_key`` is to be called ``key``; only names differ between the two."""

    current_key: Key
    key: Key
    current: Object
    desired: Object


Change: TypeAlias = Add | Drop | Modify | Rename


def labels(change: Change) -> tuple[str, ...]:
    """What a change is, in words for tables and tests: ``column modify:type``, ``index add``, one a field."""
    kind = change.key.kind.value
    match change:
        case Add():
            return (f"{kind} add",)
        case Drop():
            return (f"{kind} drop",)
        case Rename():
            return (f"{kind} rename",)
        case Modify():
            return tuple(f"{kind} modify:{name}" for name in sorted(change.fields))
