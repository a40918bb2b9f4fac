"""Changes of a column's type that not every value survives.

What is unknown is taken to be harmless here: the server refuses a conversion that it does not know.
"""

from __future__ import annotations

import re
from enum import Enum

_TYPE = re.compile(r"^(?P<name>[a-z][a-z0-9_ ]*?)\s*(?:\((?P<args>[0-9, ]+)\)(?P<rest>.*))?$")
_INTEGERS = {
    "tinyint": 1,
    "smallint": 2,
    "mediumint": 3,
    "int": 4,
    "integer": 4,
    "bigint": 8,
}
_TEXTS = {
    "character varying": 0,
    "varchar": 0,
    "character": 1,
    "char": 1,
    "varbinary": 0,
    "binary": 1,
    "tinytext": 255,
    "tinyblob": 255,
    "text": 65_535,
    "blob": 65_535,
    "mediumtext": 16_777_215,
    "mediumblob": 16_777_215,
    "longtext": 4_294_967_295,
    "longblob": 4_294_967_295,
}
"""The longest value where the type says none; 0 is any."""
_DECIMALS = {"numeric", "decimal"}
_FLOATS = {"real", "double precision", "double", "float"}
_MOMENTS = {"timestamp", "timestamptz", "datetime", "time"}
_UNLIMITED = 1 << 40


class Loss(Enum):
    """What becomes of a value that does not fit."""

    REFUSED = "refused"
    """The statement fails."""
    SILENT = "silent"
    """The value is rounded or cut, and nobody is told."""


def narrowing(current: str, desired: str, dialect: str) -> Loss | None:
    """What may be lost when a column changes from one type to another; None for nothing that is known of.

    SQLite keeps values whatever the declared type is.
    """
    before, after = _split(current), _split(desired)
    if dialect == "sqlite" or before is None or after is None:
        return None
    (name, args), (new_name, new_args) = before, after
    if new_name in _INTEGERS:
        return _to_integer(name, args, new_name, dialect)
    if name in _TEXTS and new_name in _TEXTS:
        shorter = _length(new_name, new_args, dialect) < _length(name, args, dialect)
        return Loss.REFUSED if shorter else None
    if name in _DECIMALS and new_name in _DECIMALS:
        return _decimal(args, new_args, dialect)
    return Loss.SILENT if name in _MOMENTS and new_name == "date" else None


def _to_integer(name: str, args: tuple[int, ...], new_name: str, dialect: str) -> Loss | None:
    if name in _INTEGERS:
        return Loss.REFUSED if _INTEGERS[new_name] < _INTEGERS[name] else None
    if name in _FLOATS or (name in _DECIMALS and _scale(args, dialect) > 0):
        return Loss.SILENT
    return Loss.REFUSED if name in _DECIMALS else None


def _split(text: str) -> tuple[str, tuple[int, ...]] | None:
    found = _TYPE.match(text.lower())
    if found is None:
        return None
    args = tuple(int(each) for each in (found["args"] or "").split(",") if each.strip())
    return found["name"].strip().removesuffix(" unsigned"), args


def _length(name: str, args: tuple[int, ...], dialect: str) -> int:
    if args:
        return args[0]
    if name in {"text", "blob"} and dialect == "postgres":
        return _UNLIMITED
    return _TEXTS[name] or _UNLIMITED


def _scale(args: tuple[int, ...], dialect: str) -> int:
    if len(args) > 1:
        return args[1]
    return 0 if args or dialect != "postgres" else _UNLIMITED


def _decimal(args: tuple[int, ...], new_args: tuple[int, ...], dialect: str) -> Loss | None:
    if _scale(new_args, dialect) < _scale(args, dialect):
        return Loss.SILENT
    if _digits(new_args, dialect) < _digits(args, dialect):
        return Loss.REFUSED
    return None


def _digits(args: tuple[int, ...], dialect: str) -> int:
    """Digits before the point."""
    if not args:
        return _UNLIMITED if dialect == "postgres" else 10
    return args[0] - (args[1] if len(args) > 1 else 0)
