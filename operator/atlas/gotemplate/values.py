"""How Python values stand for Go's: kinds, truth, type names and fields.

| Python | Go |
|---|---|
| ``str`` ``bool`` ``int`` ``float`` ``bytes`` | ``string`` ``bool`` ``int`` ``float64`` ``[]byte`` |
| ``None`` | a nil pointer |
| ``list`` and ``tuple`` | a slice |
| ``dict`` | a struct: keys keep their order, an unknown field is an error, a callable value is a method |
| ``GoMap`` and other mappings | a map: keys are sorted, a missing key is ``<no value>`` |
| any other object | a pointer to a struct: attributes with capital names are its fields and methods |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, Generic, TypeGuard, TypeVar

V = TypeVar("V")


class GoMap(dict[str, V], Generic[V]):
    """A dict that stands for a Go map rather than for a struct."""

    __slots__ = ()


class NoValue(Enum):
    """What a missing map key evaluates to."""

    NO_VALUE = "<no value>"


NO_VALUE: Final = NoValue.NO_VALUE


class FunctionError(ValueError):
    """A template function refuses its arguments; the message follows ``error calling NAME:``."""


class FieldError(ValueError):
    """A field that cannot be evaluated; the message is Go's."""


def is_struct(value: object) -> TypeGuard[dict[str, object]]:
    """A dict that is no GoMap."""
    return isinstance(value, dict) and not isinstance(value, GoMap)


def is_map(value: object) -> TypeGuard[Mapping[object, object]]:
    """A GoMap or a mapping that is no dict."""
    return isinstance(value, Mapping) and not is_struct(value)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """What stands for a slice."""
    return isinstance(value, list | tuple)


def is_integer(value: object) -> TypeGuard[int]:
    """An int that is no bool."""
    return isinstance(value, int) and not isinstance(value, bool)


def truth(value: object) -> bool:
    """Whether ``if`` takes the first branch: zero, empty, nil and missing are false, a struct is true."""
    if value is NO_VALUE or value is None:
        return False
    if isinstance(value, str | bytes | bool | int | float | list | tuple) or is_map(value):
        return bool(value)
    return True


def type_name(value: object) -> str:
    """The Go type in an error message."""
    if value is None or value is NO_VALUE:
        return "interface {}"
    for python_type, name in _TYPE_NAMES:
        if isinstance(value, python_type):
            return name
    if is_struct(value):
        return "struct"
    return "map[string]interface {}" if is_map(value) else "*" + type(value).__name__


_TYPE_NAMES: Final = (
    (bool, "bool"),
    (int, "int"),
    (float, "float64"),
    (str, "string"),
    (bytes, "[]uint8"),
    ((list, tuple), "[]interface {}"),
)


def sorted_items(mapping: Mapping[object, object]) -> list[tuple[object, object]]:
    """The entries of a map in the order in which Go prints and ranges over them."""
    return sorted(mapping.items(), key=lambda item: (str(type(item[0])), item[0]))


def _alike(name: str, receiver: object) -> str:
    if not isinstance(receiver, Mapping):
        return ""
    from difflib import get_close_matches

    known = [key for key in receiver if isinstance(key, str)]
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    near = near or [key for key in known if key.lower() == name.lower()]
    return f": did you mean {near[0]}?" if near else ""


def field(receiver: object, name: str) -> object:
    """The field, map entry or method ``name`` of ``receiver``; a method is returned uncalled.

    Raises FieldError with Go's message.
    """
    if receiver is NO_VALUE:
        return NO_VALUE
    if receiver is None:
        message = f"nil pointer evaluating interface {{}}.{name}"
        raise FieldError(message)
    if isinstance(receiver, Mapping):
        try:
            return receiver[name]  # a struct may know fields that its JSON leaves out: dict.__missing__
        except KeyError:
            if is_map(receiver):
                return NO_VALUE
    elif name[:1].isupper() and not isinstance(receiver, str | bytes | bool | int | float | list | tuple):
        found = getattr(receiver, name, NO_VALUE)
        if found is not NO_VALUE:
            return found
    message = f"can't evaluate field {name} in type {type_name(receiver)}{_alike(name, receiver)}"
    raise FieldError(message)
