"""``for_each``: a block once for every element of a collection, with ``each.key`` and ``each.value``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from atlas.hcl import Scope, evaluate
from atlas.hcl.positions import error_at
from atlas.hcl.values import SetValue, kind

if TYPE_CHECKING:
    from atlas.hcl.nodes import Attribute


class Round(NamedTuple):
    """One element: its key, and the names with ``each``."""

    key: object
    scope: Scope


def rounds(for_each: Attribute, scope: Scope) -> tuple[Round, ...]:
    """The elements in HCL's order: objects and maps by key, sets by element, lists and tuples by position.

    Raises:
        ParseError: The value is no collection.
    """
    value = evaluate(for_each.expression, scope)
    match value:
        case Mapping():
            pairs: list[tuple[object, object]] = sorted(value.items())
        case SetValue():
            pairs = [(element, element) for element in value]
        case Sequence() if not isinstance(value, str):
            pairs = list(enumerate(value))
        case _:
            raise error_at(
                for_each.range,
                f"for_each: a set, map or list is required, found {kind(value)}: write toset([…])",
            )
    return tuple(
        Round(key, scope.with_names({"each": {"key": key, "value": element}})) for key, element in pairs
    )
