"""Enums, domains and range types; composite types are relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.constraint import constraints_of
from atlas.drivers.postgres.inspect.text import multirange_name
from atlas.schema.objects import Domain, Enum, RangeType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row


def types(found: Found) -> Iterator[Enum | Domain | RangeType]:
    """All of them."""
    for row in found.types:
        yield _type(found, row)


def _type(found: Found, row: Row) -> Enum | Domain | RangeType:
    match row["kind"]:
        case "e":
            return Enum(
                schema=found.schema(row),
                name=row["name"],
                values=tuple(row["labels"] or ()),
                comment=row["comment"] or "",
            )
        case "d":
            return _domain(found, row)
        case _:
            return _range(found, row)


def _domain(found: Found, row: Row) -> Domain:
    return Domain(
        schema=found.schema(row),
        name=row["name"],
        type=row["type"],
        null=not row["not_null"],
        default=row["expr"],
        collation=row["collation"] or "",
        checks=tuple(constraints_of(found, row["oid"]).checks),
        comment=row["comment"] or "",
    )


def _range(found: Found, row: Row) -> RangeType:
    multirange = row["multirange"]
    return RangeType(
        schema=found.schema(row),
        name=row["name"],
        subtype=row["subtype"],
        opclass=row["opclass"] or "",
        collation=row["collation"] or "",
        canonical=row["canonical"] or "",
        subtype_diff=row["subtype_diff"] or "",
        multirange="" if multirange == multirange_name(row["name"]) else multirange,
        comment=row["comment"] or "",
    )
