"""What the operators of HCL do to values. Errors are ValueErrors; whoever evaluates knows the place."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Final

from atlas.hcl.values import Number, identity, is_decimal, to_bool, to_number, whole_or_decimal

if TYPE_CHECKING:
    from collections.abc import Callable

_ORDER: Final[dict[str, Callable[[Number, Number], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DIGITS: Final = 154
"""Of a quotient that has no end: as many as 512 bits hold, which is what Go's numbers have."""


def apply_unary(sign: str, value: object) -> object:
    """``-value`` or ``!value``."""
    return negative(to_number(value)) if sign == "-" else not to_bool(value)


def negative(number: Number) -> Number:
    """The number with the other sign, with all its digits."""
    return number.copy_negate() if is_decimal(number) else -number


def apply_binary(sign: str, left: object, right: object) -> object:
    """``left sign right``; numbers that come out whole are ints."""
    if sign in {"==", "!="}:
        return (identity(left) == identity(right)) == (sign == "==")
    if sign in {"&&", "||"}:
        return to_bool(right)
    first, second = to_number(left), to_number(right)
    if sign in _ORDER:
        return _ORDER[sign](first, second)
    if sign in "/%" and second == 0:
        message = "a division by zero"
        raise ValueError(message)
    return _computed(sign, first, second)


def _computed(sign: str, first: Number, second: Number) -> Number:
    if isinstance(first, int) and isinstance(second, int):
        match sign:
            case "+":
                return first + second
            case "-":
                return first - second
            case "*":
                return first * second
            case "/" if first % second == 0:
                return first // second
            case "%":
                return abs(first) % abs(second) * (-1 if first < 0 else 1)
    return _computed_decimal(sign, first, second)


def _computed_decimal(sign: str, first: Number, second: Number) -> Number:
    from decimal import Context, Decimal

    exact = Context(prec=_DIGITS)
    operations = {
        "+": exact.add,
        "-": exact.subtract,
        "*": exact.multiply,
        "/": exact.divide,
        "%": exact.remainder,
    }
    return whole_or_decimal(operations[sign](Decimal(first), Decimal(second)))
