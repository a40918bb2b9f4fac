"""Composite and range types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, quote

if TYPE_CHECKING:
    from atlas.schema.objects import Composite, RangeType
    from atlas.schema.table import Column


def attribute(item: Column, names: Names) -> str:
    """One field of a composite type."""
    collate = f" COLLATE {names.collation(item.collation)}" if item.collation else ""
    return f"{quote(item.name)} {names.type(item.type)}{collate}"


def create(item: Composite, names: Names) -> str:
    """CREATE TYPE … AS."""
    fields = ", ".join(attribute(each, names) for each in item.fields)
    return f"CREATE TYPE {names.qualified(item.schema, item.name)} AS ({fields})"


def create_range(item: RangeType, names: Names) -> str:
    """CREATE TYPE … AS RANGE."""
    words = [f"SUBTYPE = {names.type(item.subtype)}"]
    pairs = (
        ("SUBTYPE_OPCLASS", item.opclass),
        ("COLLATION", names.collation(item.collation) if item.collation else ""),
        ("CANONICAL", item.canonical),
        ("SUBTYPE_DIFF", item.subtype_diff),
        ("MULTIRANGE_TYPE_NAME", quote(item.multirange) if item.multirange else ""),
    )
    words += [f"{word} = {value}" for word, value in pairs if value]
    return f"CREATE TYPE {names.qualified(item.schema, item.name)} AS RANGE ({', '.join(words)})"


def can_alter(current: Composite, desired: Composite) -> bool:
    """Fields only go away or are appended: what columns of the type hold stays as it is."""
    wanted = {each.name: each for each in desired.fields}
    kept = [each for each in current.fields if each.name in wanted]
    same = all(
        (each.type, each.collation) == (wanted[each.name].type, wanted[each.name].collation) for each in kept
    )
    return same and [each.name for each in kept] == [each.name for each in desired.fields[: len(kept)]]
