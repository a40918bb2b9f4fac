"""Views and materialized views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.keys import index_block
from atlas.engine.hcl_schema.printing.layout import Block, body

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.objects import MaterializedView, View
    from atlas.schema.table import Column


def view_block(view: View, printer: Printer) -> Block:
    """A view."""
    block = Block("view", *printer.names.labels(view))
    block.attribute("schema", printer.names.schema(view.schema))
    for column in view.columns:
        block.block(_column(column, printer))
    block.attribute("as", body(view.definition))
    block.expressions("depends_on", printer.depends_on(view))
    block.text("comment", view.comment)
    if view.check_option:
        block.attribute("check_option", view.check_option)
    block.options(view.options)
    return block


def materialized_block(view: MaterializedView, printer: Printer) -> Block:
    """A materialized view with its indexes."""
    block = Block("materialized", *printer.names.labels(view))
    block.attribute("schema", printer.names.schema(view.schema))
    for column in view.columns:
        block.block(_column(column, printer))
    for index in view.indexes:
        block.block(index_block(index, printer))
    block.attribute("as", body(view.definition))
    block.expressions("depends_on", printer.depends_on(view))
    block.text("comment", view.comment)
    block.flag("with_data", view.with_data, default=True)
    block.options(view.options)
    return block


def _column(column: Column, printer: Printer) -> Block:
    block = Block("column", column.name)
    block.flag("null", column.null, default=True)
    printer.typed(block, "type", column.type)
    block.text("comment", column.comment)
    return block
