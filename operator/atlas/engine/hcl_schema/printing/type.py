"""Types that somebody made, and sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.keys import check_block
from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.names import path
from atlas.hcl.quote import quote
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.objects import Composite, Domain, Enum, RangeType, Sequence


def enum_block(enum: Enum, printer: Printer) -> Block:
    """An enum type."""
    block = Block("enum", *printer.names.labels(enum))
    block.attribute("schema", printer.names.schema(enum.schema))
    block.attribute("values", f"[{', '.join(map(quote, enum.values))}]")
    block.text("comment", enum.comment)
    return block


def domain_block(domain: Domain, printer: Printer) -> Block:
    """A domain."""
    block = Block("domain", *printer.names.labels(domain))
    block.attribute("schema", printer.names.schema(domain.schema))
    block.attribute("type", printer.type(domain.type))
    block.flag("null", domain.null, default=True)
    if domain.default is not None:
        block.attribute("default", printer.default(domain.default, domain.type))
    block.text("collate", domain.collation)
    block.text("comment", domain.comment)
    for check in domain.checks:
        block.block(check_block(check, printer))
    return block


def composite_block(composite: Composite, printer: Printer) -> Block:
    """A composite type."""
    block = Block("composite", *printer.names.labels(composite))
    block.attribute("schema", printer.names.schema(composite.schema))
    block.text("comment", composite.comment)
    for field in composite.fields:
        each = Block("field", field.name)
        each.attribute("type", printer.type(field.type))
        each.text("collate", field.collation)
        each.text("comment", field.comment)
        block.block(each)
    return block


def range_block(range_type: RangeType, printer: Printer) -> Block:
    """A range type."""
    block = Block("range", *printer.names.labels(range_type))
    block.attribute("schema", printer.names.schema(range_type.schema))
    block.attribute("subtype", printer.type(range_type.subtype))
    block.text("ops", range_type.opclass)
    block.text("collate", range_type.collation)
    block.text("canonical", range_type.canonical)
    block.text("subtype_diff", range_type.subtype_diff)
    block.text("multirange", range_type.multirange)
    block.text("comment", range_type.comment)
    return block


def sequence_block(sequence: Sequence, printer: Printer) -> Block:
    """A sequence that was made as one."""
    block = Block("sequence", *printer.names.labels(sequence))
    block.attribute("schema", printer.names.schema(sequence.schema))
    if sequence.type != "bigint":
        block.attribute("type", printer.type(sequence.type))
    for name, value, default in (
        ("start", sequence.start, None),
        ("increment", sequence.increment, 1),
        ("min_value", sequence.min_value, None),
        ("max_value", sequence.max_value, None),
        ("cache", sequence.cache, 1),
    ):
        if value != default:
            block.attribute(name, str(value))
    block.flag("cycle", sequence.cycle)
    if sequence.owned_by is not None:
        table, column = sequence.owned_by
        owner = printer.names.reference(Key(Kind.TABLE, sequence.schema, "", table))
        block.attribute("owner", path(f"{owner}.column", column))
    block.flag("unlogged", sequence.unlogged)
    block.text("comment", sequence.comment)
    block.options(sequence.options)
    return block
