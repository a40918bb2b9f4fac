"""Reading what clients send: missing and null are empty, a wrong type is refused by name."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from atlas.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping


_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")  # no database takes NUL or half of a surrogate pair
NAME_LIMIT = 4_096  # clients refuse a list with one name in it that is longer
FILE_LIMIT = 1 << 30  # what is pushed is bounded by its body, and by what it unpacks to
_LARGEST = 2**53  # the numbers that JSON carries exactly


def input_of(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The ``input`` argument, empty where there is none."""
    value = arguments.get("input")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Rejected("variable.input must be an object")
    return value


def text(fields: Mapping[str, Any], name: str, *, most: int = NAME_LIMIT) -> str:
    """A string field of at most ``most`` characters, '' where it is absent or null."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(f"variable.input.{name} must be a string")
    if len(value) > most:
        raise Rejected(f"variable.input.{name} has {len(value)} characters: expected at most {most}")
    if _UNSTORABLE.search(value):
        raise Rejected(f"variable.input.{name} holds a character that is none")
    return value


def needed(fields: Mapping[str, Any], *names: str, most: int = NAME_LIMIT) -> str:
    """The first of these string fields that is not empty."""
    for name in names:
        if value := text(fields, name, most=most):
            return value
    raise Rejected(f"variable.input.{names[0]} is required")


def number(fields: Mapping[str, Any], name: str, default: int) -> int:
    """A positive integer field."""
    value = fields.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST:
        raise Rejected(f"variable.input.{name} must be a positive number")
    return value


def items(fields: Mapping[str, Any], name: str) -> list[Any]:
    """A list field, empty where it is absent or null."""
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Rejected(f"variable.input.{name} must be a list")
    return value


def archive(fields: Mapping[str, Any], name: str) -> bytes:
    """A base64 field, empty where it is absent."""
    try:
        return b64decode(text(fields, name, most=FILE_LIMIT), validate=True)
    except binascii.Error as error:
        raise Rejected(f"variable.input.{name} is not base64") from error
