"""Columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.values import UNSIGNED, raw

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.table import Column, Generated, Identity


def column_block(column: Column, printer: Printer, block_type: str = "column") -> Block:
    """A column of a table."""
    block = Block(block_type, column.name)
    block.attribute("null", "true" if column.null else "false")
    unsigned = printer.is_mysql and column.type.endswith(UNSIGNED)
    block.attribute("type", printer.type(column.type.removesuffix(UNSIGNED) if unsigned else column.type))
    if column.default is not None:
        block.attribute("default", printer.default(column.default, column.type))
    block.flag("unsigned", unsigned)
    block.text("comment", column.comment)
    block.text("charset", column.charset)
    block.text("collate", column.collation)
    if column.on_update:
        block.attribute("on_update", raw(column.on_update))
    block.flag("auto_increment", column.auto_increment)
    block.flag("invisible", column.invisible)
    block.flag("inherited", column.inherited)
    block.options(column.options)
    if column.identity is not None:
        block.block(_identity(column.identity))
    if column.generated is not None:
        block.block(_generated(column.generated, printer))
    return block


def _identity(identity: Identity) -> Block:
    block = Block("identity")
    block.attribute("generated", "ALWAYS" if identity.always else "BY_DEFAULT")
    is_usual = identity.increment > 0 and identity.min_value is None
    for name, value, default in (
        ("start", identity.start, 1 if is_usual else None),
        ("increment", identity.increment, 1),
        ("min_value", identity.min_value, None),
        ("max_value", identity.max_value, None),
        ("cache", identity.cache, 1),
    ):
        if value != default:
            block.attribute(name, str(value))
    block.flag("cycle", identity.cycle)
    return block


def _generated(generated: Generated, printer: Printer) -> Block:
    block = Block("as")
    block.attribute("expr", printer.expression(generated.expr))
    block.attribute("type", "STORED" if generated.stored else "VIRTUAL")
    return block
