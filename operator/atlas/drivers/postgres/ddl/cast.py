"""Which types the server converts into each other by itself when a column changes its type."""

from __future__ import annotations

import math
import re

from atlas.drivers.postgres.ddl.names import split_type

_STRINGS = frozenset({"text", "character varying", "character", "bpchar", "name"})
_GROUPS = (
    frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"}),
    _STRINGS,
    frozenset({"bit", "bit varying"}),
    frozenset({"json", "jsonb"}),
    frozenset({"inet", "cidr"}),
    frozenset({"macaddr", "macaddr8"}),
    frozenset({"timestamp without time zone", "timestamp with time zone", "date"}),
)
"""Types of a group have assignment casts in both directions (pg_cast, castcontext 'a' or 'i')."""
_ONE_WAY = frozenset(
    {
        ("integer", "money"),
        ("bigint", "money"),
        ("numeric", "money"),
        ("money", "numeric"),
        ("integer", "oid"),
        ("bigint", "oid"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp with time zone", "time without time zone"),
        ("timestamp with time zone", "time with time zone"),
        ("time without time zone", "time with time zone"),
        ("time with time zone", "time without time zone"),
        ("time without time zone", "interval"),
        ("interval", "time without time zone"),
    }
)
_MODIFIER = re.compile(r"\(([^()]*)\)")
_SHORT = {
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "time": "time without time zone",
    "int": "integer",
    "varchar": "character varying",
    "char": "character",
}


def bare(type_text: str) -> str:
    """A type without its modifier: ``timestamp with time zone`` of ``timestamp(3) with time zone``."""
    text = " ".join(_MODIFIER.sub("", type_text).split())
    if text.startswith("interval "):
        return "interval[]" if text.endswith("[]") else "interval"
    return _SHORT.get(text, text)


def modifier(type_text: str) -> tuple[int, ...]:
    """``(10, 2)`` of ``numeric(10,2)``; () for none, or one that is not made of numbers."""
    found = _MODIFIER.search(type_text)
    if found is None:
        return ()
    numbers = found[1].split(",")
    return (
        tuple(int(each) for each in numbers)
        if all(each.strip().lstrip("-").isdigit() for each in numbers)
        else ()
    )


def is_assignable(current: str, desired: str) -> bool:
    """ALTER COLUMN … TYPE needs no USING.

    Source: https://www.postgresql.org/docs/15/sql-createcast.html on assignment casts, and that every type is
    assignable to the string types.
    """
    before, after = bare(current), bare(desired)
    if before.endswith("[]") and after.endswith("[]"):
        before, after = before.removesuffix("[]"), after.removesuffix("[]")
    if before == after or after in _STRINGS - {"name"} or (before, after) in _ONE_WAY:
        return True
    return any(before in group and after in group for group in _GROUPS)


def is_made_json(current: str, desired: str) -> bool:
    """A value of the server's own types that no cast makes JSON of, and ``to_json`` and ``to_jsonb`` do."""
    return (
        bare(desired) in {"json", "jsonb"}
        and split_type(current) is None
        and bare(current) not in _STRINGS | {"json", "jsonb"}
    )


def keeps_rows(current: str, desired: str) -> bool:
    """The rows are stored as they were: nothing is written anew.

    Source: https://www.postgresql.org/docs/15/sql-altertable.html, notes; varchar_support, numeric_support, … of the
    server for modifiers that grow.
    """
    before, after = bare(current), bare(desired)
    if before == after:
        return _modifier_grows(before, modifier(current), modifier(desired))
    if (before, after) == ("character varying", "text"):
        return True
    return (before, after) in {("text", "character varying"), ("cidr", "inet")} and not modifier(desired)


def _modifier_grows(name: str, old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    if old == new:
        return True
    if not new:
        return name != "character"
    if not old:
        return False
    if name == "numeric":
        return old[1:] == new[1:] and new[0] >= old[0]
    return name in {"character varying", "bit varying", "interval"} | _TIMES and new[0] >= old[0]


_TIMES = frozenset(
    {
        "timestamp with time zone",
        "timestamp without time zone",
        "time with time zone",
        "time without time zone",
    }
)


_DIGITS: dict[str, float] = {"smallint": 5, "integer": 10, "bigint": 19, "numeric": math.inf}
"""Digits before the point that a value can have."""


def _digits(name: str, parts: tuple[int, ...]) -> float:
    return parts[0] - (parts[1] if len(parts) > 1 else 0) if parts else _DIGITS[name]


def may_fail(current: str, desired: str) -> bool:
    """A value of the one may not fit the other."""
    if is_made_json(current, desired):
        return False
    before, after = bare(current), bare(desired)
    old, new = modifier(current), modifier(desired)
    if before in _DIGITS and after in _DIGITS:
        needed, room = _digits(before, old), _digits(after, new)
        # As many nines as an integer has digits are too large for it.
        return needed >= room if before == "numeric" != after else needed > room
    if after in _STRINGS:
        return bool(new) and not (before == after and bool(old) and new[0] >= old[0])
    if before == after:
        return bool(new) and before not in {"interval"} | _TIMES and not keeps_rows(current, desired)
    return not (
        after in {"real", "double precision"} or (before, after) in {("json", "jsonb"), ("jsonb", "json")}
    ) and not (before in _TIMES | {"date"} and after in _TIMES | {"date"})
