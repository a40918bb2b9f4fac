"""What functions ask of their arguments. Every refusal is a ValueError; whoever evaluates knows the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atlas.hcl.unify import unified
from atlas.hcl.values import Number, SetValue, is_list, kind, to_number, to_text


def given(value: object) -> object:
    """Any value but null."""
    if value is None:
        raise ValueError("an argument must not be null")
    return value


def whole(value: object) -> int:
    """A whole number."""
    number = to_number(value)
    if not isinstance(number, int):
        message = f"a whole number is required, found {number}"
        raise ValueError(message)  # noqa: TRY004  every function says ValueError
    return number


def approximate(value: object) -> float:
    """A number as the nearest float, for what only floats can compute."""
    return float(to_number(value))


def exact(value: float) -> Number:
    """The number that a float is printed as."""
    from atlas.hcl.values import read_number

    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  NaN
        raise ValueError("the result is no finite number")
    return read_number(repr(value))


def items(value: object) -> Sequence[object]:
    """A list, tuple or set."""
    if is_list(value):
        return value
    message = f"a list is required, found {kind(value)}"
    raise ValueError(message)


def ordered(value: object) -> Sequence[object]:
    """A list or tuple; the elements of a set have no positions."""
    if isinstance(value, SetValue):
        raise ValueError("a list is required, found set: tolist() makes one of it")  # noqa: TRY004  as above
    return items(value)


def alike(value: object) -> list[object]:
    """The elements of a list, tuple or set in one type."""
    return unified(items(value))


def texts(value: object) -> list[str | None]:
    """The elements of a list of strings; a null stays null."""
    return [None if item is None else to_text(item) for item in items(value)]


def mapping(value: object) -> Mapping[str, object]:
    """An object or map."""
    if isinstance(value, Mapping):
        return value
    message = f"an object is required, found {kind(value)}"
    raise ValueError(message)
