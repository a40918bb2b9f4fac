"""Triggers and row security policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.text import bare, closing, outside_quotes
from atlas.schema.table import Policy, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row

# Bits of tgtype: src/include/catalog/pg_trigger.h.
_ROW, _BEFORE, _INSTEAD = 1, 2, 64
_EVENTS = {"INSERT": 4, "UPDATE": 16, "DELETE": 8, "TRUNCATE": 32}
_ENABLED = {"O": "origin", "D": "disabled", "R": "replica", "A": "always"}
_COMMANDS = {"*": "ALL", "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}
_WHEN = " WHEN ("


def triggers_of(found: Found, relation: str) -> Iterator[Trigger]:
    """The triggers of a table or view, sorted by name."""
    names = found.column_names(relation)
    for row in sorted(found.triggers.get(relation, ()), key=lambda row: row["name"]):
        yield _trigger(row, names)


def _trigger(row: Row, names: dict[int, str]) -> Trigger:
    bits: int = row["type"]
    timing = "INSTEAD OF" if bits & _INSTEAD else "BEFORE" if bits & _BEFORE else "AFTER"
    return Trigger(
        name=row["name"],
        timing=timing,
        events=tuple(event for event, bit in _EVENTS.items() if bits & bit),
        update_of=tuple(names[number] for number in row["columns"]),
        for_each_row=bool(bits & _ROW),
        when=_when(row["definition"]),
        function=row["function"],
        arguments=_arguments(row["arguments"]),
        constraint=row["constraint"] is not None,
        ref_table=row["ref_table"] or "",
        deferrable=row["deferrable"],
        initially_deferred=row["initially_deferred"],
        old_table=row["old_table"] or "",
        new_table=row["new_table"] or "",
        enabled=_ENABLED[row["enabled"]],
        comment=row["comment"] or "",
    )


def _when(definition: str | None) -> str:
    """The condition, which the server prints only as a part of the whole statement."""
    if definition is None:
        return ""
    start = outside_quotes(definition, _WHEN) + len(_WHEN) - 1
    return bare(definition[start : closing(definition, start) + 1])


def _arguments(hexadecimal: str) -> tuple[str, ...]:
    """Each ends in a zero byte."""
    return tuple(part.decode(errors="replace") for part in bytes.fromhex(hexadecimal).split(b"\x00")[:-1])


def policies_of(found: Found, relation: str) -> Iterator[Policy]:
    """The policies of a table, sorted by name."""
    for row in sorted(found.policies.get(relation, ()), key=lambda row: row["name"]):
        yield Policy(
            name=row["name"],
            permissive=row["permissive"],
            command=_COMMANDS[row["command"]],
            roles=tuple(row["roles"]),
            using=bare(row["using"]),
            check=bare(row["check"]),
            comment=row["comment"] or "",
        )
