"""``eq ne lt le gt ge``: Go compares values of one kind only."""

from __future__ import annotations

from typing import Final

from atlas.gotemplate.formatting import Verb, format_value
from atlas.gotemplate.values import NO_VALUE, FunctionError, is_list, is_map, type_name

_KINDS: Final = ((bool, "bool"), (int, "int"), (float, "float"), (str, "string"))
_ORDERED: Final = frozenset({"int", "float", "string"})


def equal(first: object, *others: object) -> bool:
    """Whether ``first`` equals any of ``others``."""
    if not others:
        message = "missing argument for comparison"
        raise FunctionError(message)
    return any(_same(first, other) for other in others)


def unequal(first: object, second: object) -> bool:
    """``ne``."""
    return not equal(first, second)


def less(first: object, second: object) -> bool:
    """``lt``: of numbers or strings of one kind."""
    kind, other = _kind(first), _kind(second)
    if kind not in _ORDERED or not other:
        message = "invalid type for comparison"
        raise FunctionError(message)
    if kind != other:
        raise _incompatible(first, second)
    return first < second  # type: ignore[operator,no-any-return]  # both are of one ordered kind


def less_or_equal(first: object, second: object) -> bool:
    """``le``."""
    return less(first, second) or equal(first, second)


def greater(first: object, second: object) -> bool:
    """``gt``."""
    return not less_or_equal(first, second)


def greater_or_equal(first: object, second: object) -> bool:
    """``ge``."""
    return not less(first, second)


def _same(first: object, second: object) -> bool:
    if _absent(first) or _absent(second):
        return _absent(first) and _absent(second)
    if _kind(first) != _kind(second):
        raise _incompatible(first, second)
    if is_list(first) or is_map(first):
        message = f"non-comparable type {format_value(first, Verb('s'))}: {type_name(first)}"
        raise FunctionError(message)
    return first == second


def _absent(value: object) -> bool:
    return value is None or value is NO_VALUE


def _kind(value: object) -> str:
    return next((kind for python_type, kind in _KINDS if isinstance(value, python_type)), "")


def _incompatible(first: object, second: object) -> FunctionError:
    return FunctionError(f"incompatible types for comparison: {type_name(first)} and {type_name(second)}")
