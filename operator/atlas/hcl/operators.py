"""What the operators of HCL do to values. Errors are ValueErrors; whoever evaluates knows the place."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final

from atlas.hcl.values import to_bool, to_number

if TYPE_CHECKING:
    from collections.abc import Callable

_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "%": math.fmod,
}
_ORDER: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def apply_unary(sign: str, value: object) -> object:
    """``-value`` or ``!value``."""
    return -to_number(value) if sign == "-" else not to_bool(value)


def apply_binary(sign: str, left: object, right: object) -> object:
    """``left sign right``; numbers that come out whole are ints."""
    if sign in {"==", "!="}:
        return _equal(left, right) == (sign == "==")
    if sign in {"&&", "||"}:
        return to_bool(right)
    first, second = to_number(left), to_number(right)
    if sign in _ORDER:
        return _ORDER[sign](first, second)
    if sign in "/%" and second == 0:
        message = "a division by zero"
        raise ValueError(message)
    return _whole(first / second if sign == "/" else _ARITHMETIC[sign](first, second))


def _equal(left: object, right: object) -> bool:
    """Python calls True and 1 equal; HCL compares values of different types as unequal."""
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return left == right


def _whole(value: float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() else value
