"""Types that somebody made, and sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.column import collation
from atlas.engine.hcl_schema.reading.keys import read_check
from atlas.engine.hcl_schema.reading.types import read_default, read_type
from atlas.schema.objects import Composite, Domain, Enum, RangeType, Sequence
from atlas.schema.table import Column

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry


def read_enum(reader: BlockReader, entry: Entry) -> Enum:
    """An enum type."""
    values = reader.texts("values")
    for value in values:
        if values.count(value) > 1:
            raise reader.error(f'duplicate value "{value}" in enum "{entry.name}"', "values")
    return Enum(schema=entry.schema, name=entry.name, values=values, comment=reader.text("comment"))


def read_domain(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Domain:
    """A domain."""
    checks = tuple(sorted((read_check(each) for each in reader.blocks("check")), key=lambda each: each.name))
    for check in checks:
        reader.document.mentions(entry.key, check.expr)
    return Domain(
        schema=entry.schema,
        name=entry.name,
        type=_required_type(reader, entry, catalogue, "type"),
        null=reader.flag("null", default=True),
        default=read_default(reader),
        collation=collation(reader),
        checks=checks,
        comment=reader.text("comment"),
    )


def read_composite(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Composite:
    """A composite type."""
    fields = tuple(
        Column(
            name=each.name,
            type=_required_type(each, entry, catalogue, "type"),
            collation=collation(each),
            comment=each.text("comment"),
        )
        for each in reader.blocks("field")
    )
    return Composite(schema=entry.schema, name=entry.name, fields=fields, comment=reader.text("comment"))


def read_range(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> RangeType:
    """A range type."""
    return RangeType(
        schema=entry.schema,
        name=entry.name,
        subtype=_required_type(reader, entry, catalogue, "subtype"),
        opclass=reader.word("ops"),
        collation=collation(reader),
        canonical=reader.text("canonical"),
        subtype_diff=reader.text("subtype_diff"),
        multirange=reader.text("multirange"),
        comment=reader.text("comment"),
    )


def read_sequence(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Sequence:
    """A sequence; the table of its owner needs it, when a default calls it."""
    owner = reader.ref("owner") if reader.has("owner") else None
    owned_by = None
    if owner is not None:
        if owner.path[0] != "table":
            raise reader.error(
                f"owner: expected table.NAME.column.NAME, found {'.'.join(owner.path)}", "owner"
            )
        table, column = catalogue.column(owner, entry, reader, "owner")
        owned_by = (table.name, column)
    return Sequence(
        schema=entry.schema,
        name=entry.name,
        type=read_type(reader, catalogue, entry.key) or "bigint",
        start=reader.number("start"),
        increment=reader.number_or("increment", 1),
        min_value=reader.number("min_value"),
        max_value=reader.number("max_value"),
        cache=reader.number_or("cache", 1),
        cycle=reader.flag("cycle"),
        owned_by=owned_by,
        unlogged=reader.flag("unlogged"),
        comment=reader.text("comment"),
        options=reader.options(),
    )


def _required_type(reader: BlockReader, entry: Entry, catalogue: Catalogue, name: str) -> str:
    type_text = read_type(reader, catalogue, entry.key, name)
    if not type_text:
        raise reader.error(f'{reader.title} has no "{name}"')
    return type_text
