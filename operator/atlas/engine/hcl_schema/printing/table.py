"""Tables, with all that lives in them but triggers and policies, which are blocks of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.column import column_block
from atlas.engine.hcl_schema.printing.keys import (
    AUTOINDEX,
    autoindex_block,
    check_block,
    exclude_block,
    foreign_key_block,
    index_block,
    primary_key_block,
    unique_block,
)
from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.partition import partition_block, partition_of_block
from atlas.hcl.quote import is_identifier, quote
from atlas.schema import Key, Kind
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.table import Table

_ENGINES = {name.lower(): name for name in ("InnoDB", "MyISAM", "MEMORY", "CSV", "NDB")}


def table_block(table: Table, printer: Printer) -> Block:
    """A table."""
    block = Block("table", *printer.names.labels(table))
    block.attribute("schema", printer.names.schema(table.schema))
    _settings(block, table, printer)
    for column in table.columns:
        block.block(column_block(column, printer))
    for child in _children(table, printer):
        block.block(child)
    block.flag("without_rowid", table.without_rowid)
    block.flag("strict", table.strict)
    return block


def _settings(block: Block, table: Table, printer: Printer) -> None:
    block.text("comment", table.comment)
    block.text("charset", table.charset)
    block.text("collate", table.collation)
    if table.engine:
        known = _ENGINES.get(table.engine.lower(), table.engine)
        block.attribute("engine", known if is_identifier(known) else quote(known))
    if table.auto_increment is not None:
        block.attribute("auto_increment", str(table.auto_increment))
    block.flag("unlogged", table.unlogged)
    parents = [printer.names.reference(Key(Kind.TABLE, schema, "", name)) for schema, name in table.inherits]
    block.expressions("inherits", parents)
    block.options(table.options)


def _children(table: Table, printer: Printer) -> Iterator[Block]:
    """Keys, indexes and constraints in the order in which Atlas prints them; what it does not know comes last."""
    if table.primary_key is not None:
        yield primary_key_block(table.primary_key, printer)
    for key in table.foreign_keys:
        yield foreign_key_block(key, printer)
    is_sqlite = printer.dialect == "sqlite"
    if is_sqlite:
        for number, unique in enumerate(table.uniques, start=_first_autoindex(table)):
            name = option(unique.options, "autoindex", f"{AUTOINDEX}{table.name}_{number}")
            yield autoindex_block(unique, name, printer)
    for index in printer.in_order(table.indexes):
        yield index_block(index, printer)
    for check in table.checks:
        yield check_block(check, printer)
    if not is_sqlite:
        for unique in table.uniques:
            yield unique_block(unique, printer)
    yield from _rest(table, printer)


def _rest(table: Table, printer: Printer) -> Iterator[Block]:
    for exclude in table.excludes:
        yield exclude_block(exclude, printer)
    if table.partition_by is not None:
        yield partition_block(table.partition_by, printer)
    if table.partition_of is not None:
        yield partition_of_block(table.partition_of, printer)
    if table.row_security or table.forced_row_security:
        security = Block("row_security")
        security.flag("enabled", table.row_security)
        security.flag("enforced", table.forced_row_security)
        yield security


def _first_autoindex(table: Table) -> int:
    """The primary key has the first one, unless it is the rowid (https://sqlite.org/lang_createtable.html#rowid)."""
    key = table.primary_key
    if key is None:
        return 1
    types = {column.name: column.type.lower() for column in table.columns}
    is_rowid = len(key.parts) == 1 and types.get(key.parts[0].column) == "integer" and not table.without_rowid
    return 1 if is_rowid else 2
