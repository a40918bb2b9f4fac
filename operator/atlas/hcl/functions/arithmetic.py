"""Functions of numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.arguments import approximate, exact, whole
from atlas.hcl.values import to_number

if TYPE_CHECKING:
    from atlas.hcl.values import Function, Number

_MAX_RANGE: Final = 1024
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CASELESS: Final = 36
"""Up to this base, capitals mean what small letters mean."""


def _log(number: object, base: object) -> Number:
    return exact(math.log(approximate(number)) / math.log(approximate(base)))


def _pow(number: object, power: object) -> Number:
    return exact(math.pow(approximate(number), approximate(power)))


def _parseint(text: object, base: object) -> int:
    radix = whole(base)
    if not isinstance(text, str):
        raise ValueError("the first argument must be a string")  # noqa: TRY004  every function says ValueError
    if not 2 <= radix <= len(_DIGITS):  # noqa: PLR2004  the smallest base there is
        message = f"the base must be between 2 and {len(_DIGITS)}"
        raise ValueError(message)
    digits = text[1:] if text[:1] in {"+", "-"} else text
    value = 0
    for sign in digits.lower() if radix <= _CASELESS else digits:
        digit = _DIGITS.find(sign)
        if not 0 <= digit < radix:
            break
        value = value * radix + digit
    else:
        if digits:
            return -value if text[0] == "-" else value
    message = f"the text is no whole number of base {radix}"  # which may be a password
    raise ValueError(message)


def _range(*numbers: object) -> list[Number]:
    start: Number
    match [to_number(number) for number in numbers]:
        case [end]:
            start, step = 0, -1 if end < 0 else 1
        case [start, end]:
            step = -1 if end < start else 1
        case [start, end, step]:
            _check_direction(start, end, step)
        case _:
            raise ValueError("one, two or three numbers are required")
    found: list[Number] = []
    at = start
    while at > end if step < 0 else at < end:
        if len(found) == _MAX_RANGE:
            message = f"a range has at most {_MAX_RANGE} numbers: use a larger step"
            raise ValueError(message)
        found.append(at)
        at = to_number(at + step)
    return found


def _check_direction(start: Number, end: Number, step: Number) -> None:
    if step == 0:
        raise ValueError("the step must not be zero")
    if (end - start) * step < 0:
        raise ValueError("the step leads away from the end")


def _signum(value: object) -> int:
    number = whole(value)
    return (number > 0) - (number < 0)


FUNCTIONS: Final[dict[str, Function]] = {
    "abs": lambda number: abs(to_number(number)),
    "ceil": lambda number: math.ceil(to_number(number)),
    "floor": lambda number: math.floor(to_number(number)),
    "log": _log,
    "max": lambda number, *numbers: max(map(to_number, (number, *numbers))),
    "min": lambda number, *numbers: min(map(to_number, (number, *numbers))),
    "parseint": _parseint,
    "pow": _pow,
    "range": _range,
    "signum": _signum,
}
