"""Column types in the notation of HCL schemas: see ``engine.schema_ports.TypeNames``.

Texts are those of ``format_type`` (PostgreSQL 15, Chapter 8, Data Types). The first name of a type is the one that is printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Type(NamedTuple):
    """How a type is written in SQL: ``words``, then its arguments, then ``tail``."""

    words: str
    most: int = 0
    """How many arguments it takes at most."""
    tail: str = ""


_ONE: Final = {
    "bit_varying": "bit varying",
    "character_varying": "character varying",
    "interval": "interval",
    "second": "interval second",
    "day_to_second": "interval day to second",
    "hour_to_second": "interval hour to second",
    "minute_to_second": "interval minute to second",
}
_PLAIN: Final = """
    bpchar text bytea boolean smallint integer bigint smallserial serial bigserial real double_precision money date uuid xml json
    jsonb hstore cidr inet macaddr macaddr8 circle line lseg box path point polygon tsvector tsquery xid xid8 int4range
    int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange
    tstzmultirange datemultirange oid name regclass regcollation regconfig regdictionary regnamespace regoper
    regoperator regproc regprocedure regrole regtype any anyelement anyarray anynonarray anyenum internal record
    trigger event_trigger void unknown
"""
_FIELDS: Final = "year month day hour minute year_to_month day_to_hour day_to_minute hour_to_minute"
_TYPES: Final[dict[str, _Type]] = {
    **{
        name: _Type(name.replace("_", " ") if name == "double_precision" else name) for name in _PLAIN.split()
    },
    **{name: _Type(f"interval {name.replace('_', ' ')}") for name in _FIELDS.split()},
    **{name: _Type(words, 1) for name, words in _ONE.items()},
    "bit": _Type("bit", 1),
    "character": _Type("character", 1),
    "numeric": _Type("numeric", 2),
    "time": _Type("time", 1, " without time zone"),
    "timetz": _Type("time", 1, " with time zone"),
    "timestamp": _Type("timestamp", 1, " without time zone"),
    "timestamptz": _Type("timestamp", 1, " with time zone"),
}
_ALIASES: Final = {
    "bool": "boolean",
    "char": "character",
    "decimal": "numeric",
    "float4": "real",
    "float8": "double_precision",
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "serial2": "smallserial",
    "serial4": "serial",
    "serial8": "bigserial",
    "varbit": "bit_varying",
    "varchar": "character_varying",
}
_NAMES: Final = {(each.words, each.tail): name for name, each in _TYPES.items()}
_SQL_ALIASES: Final = {
    alias: _TYPES[name].words for alias, name in _ALIASES.items() if alias != "char" and not _TYPES[name].tail
}
_TEXT: Final = re.compile(r"([a-z][a-z0-9_ ]*?) ?(?:\((-?\d+(?:, ?-?\d+)*)\))?( with(?:out)? time zone)?\Z")
_MAX_REAL: Final = 24
_MAX_FLOAT: Final = 53
"""float(1) to float(24) is real, up to float(53) double precision (8.1.3)."""


class PostgresTypeNames:
    """The types that this dialect has names for."""

    def to_hcl(self, type_text: str) -> str | None:
        found = _TEXT.match(type_text)
        if found is None:
            return None
        words, arguments, tail = found[1], found[2], found[3] or ""
        if words in {"timestamptz", "timetz"}:
            words, tail = words.removesuffix("tz"), " with time zone"
        elif words in {"timestamp", "time"}:
            tail = tail or " without time zone"
        name = _NAMES.get((_SQL_ALIASES.get(words, words), tail))
        if name is None:
            return None
        numbers = [number.strip() for number in arguments.split(",")] if arguments else _implied(name)
        if name == "numeric" and len(numbers) == _TYPES[name].most and numbers[1] == "0":
            numbers = numbers[:1]
        return f"{name}({','.join(numbers)})" if numbers else name

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        if name == "float":
            return _float(arguments)
        each = _TYPES.get(_ALIASES.get(name, name))
        if each is None:
            raise ValueError(f'There is no type named "{name}".')
        if len(arguments) > each.most:
            raise ValueError(f'too many arguments for type definition "{name}"')
        numbers = [str(_whole(name, argument)) for argument in arguments] or _implied(
            _ALIASES.get(name, name)
        )
        size = f"({','.join(numbers)})" if numbers else ""
        return f"{each.words}{size}{each.tail}"


def _implied(name: str) -> list[str]:
    """A bit or a character without a length has one (8.3, 8.10)."""
    return ["1"] if name in {"bit", "character"} else []


def _whole(name: str, argument: float | str) -> int:
    if not isinstance(argument, int) or isinstance(argument, bool):
        raise ValueError(f'type "{name}" takes whole numbers, found {argument!r}')  # noqa: TRY004  the port says ValueError
    return argument


def _float(arguments: Sequence[int | float | str]) -> str:
    if len(arguments) > 1:
        raise ValueError('too many arguments for type definition "float"')
    precision = _whole("float", arguments[0]) if arguments else _MAX_FLOAT
    if not 1 <= precision <= _MAX_FLOAT:
        raise ValueError(f'type "float" takes a precision from 1 to {_MAX_FLOAT}, found {precision}')
    return "real" if precision <= _MAX_REAL else "double precision"
