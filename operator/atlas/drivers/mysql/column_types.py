"""Column types in the notation of HCL schemas: see ``engine.schema_ports.TypeNames``.

Texts are those of ``information_schema.COLUMNS.COLUMN_TYPE``. ``unsigned`` is no part of the notation: it is an
attribute of the column, so a text that ends in it has no name here, and whoever prints takes it off first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.hcl.quote import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN: Final = """
    date tinyblob mediumblob longblob tinytext mediumtext longtext json geometry point multipoint linestring
    multilinestring polygon multipolygon geometrycollection geomcollection inet4 inet6 uuid
"""
_ONE: Final = """
    bit tinyint smallint mediumint int bigint timestamp datetime time year varchar char varbinary binary blob text
"""
_MOST: Final[dict[str, int]] = {
    **dict.fromkeys(_PLAIN.split(), 0),
    **dict.fromkeys(_ONE.split(), 1),
    **dict.fromkeys(("decimal", "float", "double", "real"), 2),
}
"""How many arguments a type takes at most."""
_ALIASES: Final = {"bool": "tinyint(1)", "boolean": "tinyint(1)", "integer": "int", "numeric": "decimal"}
_SIZED: Final = frozenset({"varchar", "varbinary"})
_LISTS: Final = frozenset({"enum", "set"})
_UNNAMED: Final = frozenset({"uuid", "geomcollection"})
"""Understood, but printed as ``sql("…")``: older readers do not know them."""
_WIDTHS: Final = {
    "tinyint": {"3", "4"},
    "smallint": {"5", "6"},
    "mediumint": {"8", "9"},
    "int": {"10", "11"},
    "bigint": {"20"},
}
"""The display widths that a server makes up itself, signed and unsigned; MySQL 8.0.19 prints none at all."""
_TEXT: Final = re.compile(r"([a-z][a-z0-9]*)(?:\((.*)\))?\Z", re.DOTALL)
_NUMBERS: Final = re.compile(r"\d+(?:, ?\d+)?\Z")
_VALUE: Final = re.compile(r"'((?:[^'\\]|''|\\.)*)'(,|\Z)", re.DOTALL)
_ESCAPED: Final = re.compile(r"''|\\(.)", re.DOTALL)
_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}


class MySQLTypeNames:
    """The types that this dialect has names for."""

    def to_hcl(self, type_text: str) -> str | None:
        found = _TEXT.match(type_text)
        if found is None:
            return None
        name, arguments = found[1], found[2]
        if name in _LISTS:
            values = _values(arguments or "")
            return f"{name}({','.join(map(quote, values))})" if values else None
        if type_text == "tinyint(1)":
            return "bool"
        if name not in _MOST or name in _UNNAMED or (arguments and not _NUMBERS.match(arguments)):
            return None
        numbers = [number.strip() for number in arguments.split(",")] if arguments else []
        if numbers and numbers[0] in _WIDTHS.get(name, ()):
            numbers = []
        if name == "decimal" and numbers[1:] == ["0"]:
            numbers = numbers[:1]
        return f"{name}({','.join(numbers)})" if numbers else name

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        if name in _LISTS:
            return f"{name}({','.join(_literal(name, argument) for argument in _required(name, arguments))})"
        known = _ALIASES.get(name, name)
        if known.endswith(")") and not arguments:
            return known
        if known not in _MOST and not known.endswith(")"):
            raise ValueError(f'There is no type named "{name}".')
        if len(arguments) > _MOST.get(known, 0):
            raise ValueError(f'too many arguments for type definition "{name}"')
        if known in _SIZED:
            _required(name, arguments)
        for argument in arguments:
            if not isinstance(argument, int) or isinstance(argument, bool) or argument < 0:
                raise ValueError(f'type "{name}" takes whole numbers, found {argument!r}')
        return f"{known}({','.join(map(str, arguments))})" if arguments else known


def _required(name: str, arguments: Sequence[int | float | str]) -> Sequence[int | float | str]:
    if not arguments:
        needed = f'values, as in {name}("a", "b")' if name in _LISTS else f"a size, as in {name}(255)"
        raise ValueError(f'type "{name}" needs {needed}')
    return arguments


def _literal(name: str, value: float | str) -> str:
    """A value of an enum as the catalog writes it (MySQL: ``append_unescaped`` doubles quotes, escapes the rest)."""
    if not isinstance(value, str):
        raise ValueError(f'type "{name}" takes strings, found {value!r}')  # noqa: TRY004  the port says ValueError
    escaped = value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r")
    return "'" + escaped.replace("\0", "\\0") + "'"


def _values(text: str) -> list[str]:
    values: list[str] = []
    at = 0
    while at < len(text):
        found = _VALUE.match(text, at)
        if found is None:
            return []
        values.append(_ESCAPED.sub(_sign, found[1]))
        at = found.end()
    return values


def _sign(found: re.Match[str]) -> str:
    return "'" if found[1] is None else _SIGNS.get(found[1], found[1])
