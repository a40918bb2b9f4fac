"""All blocks of a realm, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.names import Names
from atlas.engine.hcl_schema.printing.table import table_block
from atlas.engine.hcl_schema.printing.values import Printer
from atlas.schema.table import Table

if TYPE_CHECKING:
    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Realm, Schema


def document_lines(realm: Realm, types: TypeNames) -> list[str]:
    """The lines of the printed realm."""
    printer = Printer(realm, types, Names(realm))
    lines: list[str] = []
    for table in realm.of(Table):
        lines += table_block(table, printer).lines()
    for schema in realm.schemas:
        lines += _schema_block(schema).lines()
    return lines


def _schema_block(schema: Schema) -> Block:
    block = Block("schema", schema.name)
    block.text("comment", schema.comment)
    block.text("charset", schema.charset)
    block.text("collate", schema.collation)
    return block
