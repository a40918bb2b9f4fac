"""What evaluation yields, and HCL's conversions between the primitive types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

Function: TypeAlias = Callable[..., object]


class SetValue(list[object]):
    """A set: each element once, in the order of its making."""


class Scope(NamedTuple):
    """The names that an expression may use. A mapping may compute its entries when they are asked for."""

    variables: Mapping[str, object]
    functions: Mapping[str, Function]

    def with_names(self, names: Mapping[str, object]) -> Scope:
        """This scope with more variables, as inside a ``for``."""
        return Scope({**self.variables, **names}, self.functions)


def kind(value: object) -> str:  # noqa: PLR0911  one case a type
    """The type of a value in the words of a message."""
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "string"
        case int() | float():
            return "number"
        case Mapping():
            return "object"
        case Sequence():
            return "list"
        case _:
            return type(value).__name__


def to_text(value: object) -> str:
    """A primitive as a string. Raises ValueError for others."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(int(value)) if float(value).is_integer() else repr(value)
        case _:
            message = f"a string is required, found {kind(value)}"
            raise ValueError(message)


def to_number(value: object) -> int | float:
    """A number, or a string that reads as one. Raises ValueError for others."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return int(value) if value.lstrip("-").isdigit() else float(value)
        except ValueError:
            pass
    message = f"a number is required, found {kind(value)}"
    raise ValueError(message)


def to_bool(value: object) -> bool:
    """A bool, or one of the strings ``true`` and ``false``. Raises ValueError for others."""
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return value == "true"
    message = f"a bool is required, found {kind(value)}"
    raise ValueError(message)
