"""Sequences, and the options that identity columns share with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, quote

if TYPE_CHECKING:
    from atlas.schema.objects import Sequence
    from atlas.schema.table import Identity

_LAST = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def bounds(item: Sequence | Identity, type_text: str) -> tuple[int, int]:
    """The least and greatest value, where None stands for the default of type and direction."""
    limit = _LAST.get(type_text, 2**63)
    low, high = (1, limit - 1) if item.increment > 0 else (-limit, -1)
    return (
        low if item.min_value is None else item.min_value,
        high if item.max_value is None else item.max_value,
    )


def start_of(item: Sequence | Identity, type_text: str) -> int:
    """Where the sequence starts when nothing is said."""
    if item.start is not None:
        return item.start
    low, high = bounds(item, type_text)
    return low if item.increment > 0 else high


def settings(item: Sequence | Identity, *, start: bool = True) -> list[str]:
    """Options that are not the default, each as CREATE SEQUENCE has it."""
    words: list[str] = []
    if start and item.start is not None and (item.start != 1 or item.min_value is not None):
        words.append(f"START WITH {item.start}")
    if item.increment != 1:
        words.append(f"INCREMENT BY {item.increment}")
    if item.min_value is not None:
        words.append(f"MINVALUE {item.min_value}")
    if item.max_value is not None:
        words.append(f"MAXVALUE {item.max_value}")
    if item.cache != 1:
        words.append(f"CACHE {item.cache}")
    if item.cycle:
        words.append("CYCLE")
    return words


def changed_settings(current: Sequence | Identity, desired: Sequence | Identity, type_text: str) -> list[str]:
    """What ALTER SEQUENCE has to say; START is said again where a bound passes it."""
    words: list[str] = []
    if desired.increment != current.increment:
        words.append(f"INCREMENT BY {desired.increment}")
    if desired.min_value != current.min_value:
        words.append("NO MINVALUE" if desired.min_value is None else f"MINVALUE {desired.min_value}")
    if desired.max_value != current.max_value:
        words.append("NO MAXVALUE" if desired.max_value is None else f"MAXVALUE {desired.max_value}")
    if start_of(desired, type_text) != start_of(current, type_text):
        words.append(f"START WITH {start_of(desired, type_text)}")
    if desired.cache != current.cache:
        words.append(f"CACHE {desired.cache}")
    if desired.cycle != current.cycle:
        words.append("CYCLE" if desired.cycle else "NO CYCLE")
    return words


def create(item: Sequence, names: Names) -> str:
    """CREATE SEQUENCE, without OWNED BY: its table may not be there yet."""
    unlogged = "UNLOGGED " if item.unlogged else ""
    as_type = f" AS {item.type}" if item.type != "bigint" else ""
    words = "".join(f" {word}" for word in settings(item))
    return f"CREATE {unlogged}SEQUENCE {names.qualified(item.schema, item.name)}{as_type}{words}"


def owned_by(item: Sequence, names: Names) -> str:
    """``OWNED BY "t"."c"``, or NONE."""
    if item.owned_by is None:
        return "OWNED BY NONE"
    table, column = item.owned_by
    return f"OWNED BY {names.qualified(item.schema, table)}.{quote(column)}"
