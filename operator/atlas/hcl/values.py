"""What evaluation yields, and HCL's conversions between the primitive types.

Numbers are exact: whole ones are ints, others Decimals, and no float is among them. A number has at most as many
digits before or after its point as ``MAX_DIGITS``: one that is written ``1e999999999`` would fill the memory.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from decimal import Decimal

Function: TypeAlias = Callable[..., object]
Number: TypeAlias = "int | Decimal"

MAX_DIGITS: Final = 4000
_DIGITS: Final = re.compile(r"[+-]?[0-9]+", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?", re.ASCII)


class SetValue(list[object]):
    """A set: each element once; strings, numbers and bools in ascending order, others in the order of their making."""


class LazyFunction:
    """A function that is given its arguments unevaluated, each as a callable that evaluates it."""

    __slots__ = ("_call",)

    def __init__(self, call: Callable[[Sequence[Callable[[], object]]], object]) -> None:
        self._call = call

    def __call__(self, *arguments: Callable[[], object]) -> object:
        return self._call(arguments)


class Scope(NamedTuple):
    """The names that an expression may use. A mapping may compute its entries when they are asked for."""

    variables: Mapping[str, object]
    functions: Mapping[str, Function]

    def with_names(self, names: Mapping[str, object]) -> Scope:
        """This scope with more variables, as inside a ``for``."""
        return Scope({**self.variables, **names}, self.functions)


def is_decimal(value: object) -> TypeGuard[Decimal]:
    """Whether a value is a number that is not whole. Nobody has one who has not imported its module, which is slow."""
    module = sys.modules.get("decimal")
    return module is not None and isinstance(value, module.Decimal)


def is_number(value: object) -> TypeGuard[Number]:
    """Whether a value is a number; a bool is none."""
    return (isinstance(value, int) and not isinstance(value, bool)) or is_decimal(value)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value is a list, tuple or set."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def kind(value: object) -> str:  # noqa: PLR0911  one case a type
    """The type of a value in the words of a message."""
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "string"
        case int():
            return "number"
        case SetValue():
            return "set"
        case Mapping():
            return "object"
        case Sequence():
            return "list"
        case _:
            return "number" if is_decimal(value) else type(value).__name__


def to_text(value: object) -> str:
    """A primitive as a string. Raises ValueError for others."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return number_text(value)
    message = f"a string is required, found {kind(value)}"
    raise ValueError(message)


def number_text(value: Number) -> str:
    """A number without an exponent, and without zeros at its end."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_number(value: object) -> Number:
    """A number, or a string that reads as one. Raises ValueError for others."""
    if is_number(value):
        return value
    if isinstance(value, str):
        if _DIGITS.fullmatch(value):
            return int(value)
        if _NUMBER.fullmatch(value):
            return read_number(value)
    message = f"a number is required, found {kind(value)}"
    raise ValueError(message)


def read_number(text: str) -> Number:
    """The number of a decimal notation."""
    from decimal import Decimal

    return whole_or_decimal(Decimal(text))


def whole_or_decimal(value: Decimal) -> Number:
    """An int where the value is whole. Raises ValueError for what is no number, and for more than ``MAX_DIGITS``."""
    if not value.is_finite():
        raise ValueError("the number is infinite")
    if value and not -MAX_DIGITS < value.adjusted() < MAX_DIGITS:
        raise ValueError(f"a number has at most {MAX_DIGITS:,} digits")
    return int(value) if value == value.to_integral_value() else value


def to_bool(value: object) -> bool:
    """A bool, or one of the strings ``true``, ``false``, ``1`` and ``0``. Raises ValueError for others."""
    if isinstance(value, bool):
        return value
    if value in {"true", "1"}:
        return True
    if value in {"false", "0"}:
        return False
    message = f"a bool is required, found {kind(value)}"
    raise ValueError(message)


def identity(value: object) -> object:
    """A key that equal values share; ``1``, ``"1"`` and ``true`` have three."""
    match value:
        case bool():
            return (bool, value)
        case str() | int() | None:
            return value
        case Sequence():
            return (Sequence, *map(identity, value))
        case Mapping() if type(value).__hash__ is None:
            return (Mapping, *((name, identity(each)) for name, each in sorted(value.items())))
        case _:
            return value


def set_of(values: Iterable[object]) -> SetValue:
    """The set of values of one type."""
    each = {identity(value): value for value in values}
    nulls = [each.pop(None)] if None in each else []
    known = list(each.values())
    if any(all(map(is_one, known)) for is_one in (_is_text, is_number, _is_bool)):
        known.sort()
    return SetValue([*known, *nulls])
