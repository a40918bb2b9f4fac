"""Enum types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, literal

if TYPE_CHECKING:
    from atlas.schema.objects import Enum


def create(item: Enum, names: Names) -> str:
    """CREATE TYPE."""
    values = ", ".join(literal(value) for value in item.values)
    return f"CREATE TYPE {names.qualified(item.schema, item.name)} AS ENUM ({values})"


def only_adds(current: Enum, desired: Enum) -> bool:
    """Every current value stays, in the same order."""
    return tuple(value for value in desired.values if value in set(current.values)) == current.values


def added_values(current: Enum, desired: Enum, names: Names) -> list[tuple[str, str]]:
    """Each new value and the statement that adds it, in an order in which they can be run."""
    known = list(current.values)
    found: list[tuple[str, str]] = []
    for place, value in enumerate(desired.values):
        if value in known:
            continue
        if not known or known[-1] == (desired.values[place - 1] if place else ""):
            where = ""
        elif place == 0:
            where = f" BEFORE {literal(known[0])}"
        else:
            where = f" AFTER {literal(desired.values[place - 1])}"
        known.insert(place, value)
        name = names.qualified(desired.schema, desired.name)
        found.append((value, f"ALTER TYPE {name} ADD VALUE {literal(value)}{where}"))
    return found
