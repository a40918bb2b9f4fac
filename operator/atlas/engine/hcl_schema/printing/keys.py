"""Indexes and the constraints of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.names import path
from atlas.hcl.quote import is_identifier, quote
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.table import (
        Check,
        Exclude,
        ForeignKey,
        Index,
        IndexPart,
        PrimaryKey,
        Unique,
    )

METHODS = {
    "hash": "HASH",
    "gin": "GIN",
    "gist": "GIST",
    "spgist": "SPGIST",
    "brin": "BRIN",
    "btree": "BTREE",
    "fulltext": "FULLTEXT",
    "spatial": "SPATIAL",
}
_PAGES = "pages_per_range"
AUTOINDEX = "sqlite_autoindex_"
"""SQLite's names of the indexes behind constraints; ``index`` blocks of such a name are UNIQUE constraints."""


def columns(names: Iterable[str]) -> list[str]:
    """References to columns of the same table."""
    return [path("column", name) for name in names]


def index_block(index: Index, printer: Printer) -> Block:
    """An index of a table or a materialized view."""
    block = Block("index", index.name)
    block.flag("unique", index.unique)
    _plain_columns(block, index.parts)
    block.text("comment", index.comment)
    _method(block, index.method)
    if index.where:
        block.attribute("where", printer.expression(index.where))
    block.flag("nulls_distinct", index.nulls_distinct, default=True)
    block.expressions("include", columns(index.include))
    pages = dict(index.options).get(_PAGES)
    if pages:
        block.attribute("page_per_range", pages)
    if index.parser:
        block.attribute("parser", index.parser if is_identifier(index.parser) else quote(index.parser))
    block.flag("invisible", index.invisible)
    block.flag("valid", index.valid, default=True)
    block.text("attached_to", index.attached_to)
    block.options(tuple(pair for pair in index.options if pair[0] != _PAGES))
    _parts(block, index.parts, printer)
    return block


def primary_key_block(key: PrimaryKey, printer: Printer) -> Block:
    """A primary key; its label is its name."""
    block = Block("primary_key", *([key.name] if key.name else ()))
    _plain_columns(block, key.parts)
    block.text("comment", key.comment)
    _method(block, key.method)
    block.expressions("include", columns(key.include))
    _deferrable(block, key)
    block.options(key.options)
    _parts(block, key.parts, printer)
    return block


def unique_block(unique: Unique, printer: Printer) -> Block:
    """A UNIQUE constraint."""
    block = Block("unique", *([unique.name] if unique.name else ()))
    _plain_columns(block, unique.parts)
    block.text("comment", unique.comment)
    block.flag("nulls_distinct", unique.nulls_distinct, default=True)
    block.expressions("include", columns(unique.include))
    _deferrable(block, unique)
    block.options(unique.options)
    _parts(block, unique.parts, printer)
    return block


def autoindex_block(unique: Unique, name: str, printer: Printer) -> Block:
    """A UNIQUE constraint of SQLite, as the index that it has."""
    block = Block("index", name)
    block.flag("unique", value=True)
    _plain_columns(block, unique.parts)
    block.text("constraint", unique.name)
    block.options(tuple(pair for pair in unique.options if pair[0] != "autoindex"))
    _parts(block, unique.parts, printer)
    return block


def exclude_block(exclude: Exclude, printer: Printer) -> Block:
    """An exclusion constraint."""
    block = Block("exclude", exclude.name)
    _method(block, exclude.method)
    if exclude.where:
        block.attribute("where", printer.expression(exclude.where))
    block.expressions("include", columns(exclude.include))
    block.text("comment", exclude.comment)
    _deferrable(block, exclude)
    block.options(exclude.options)
    for part in exclude.parts:
        block.block(part_block("on", part, printer))
    return block


def check_block(check: Check, printer: Printer) -> Block:
    """A check of a table or a domain."""
    block = Block("check", *([check.name] if check.name else ()))
    block.attribute("expr", printer.expression(check.expr))
    block.flag("enforced", check.enforced, default=True)
    block.flag("no_inherit", check.no_inherit)
    block.flag("validated", check.validated, default=True)
    block.text("comment", check.comment)
    return block


def foreign_key_block(key: ForeignKey, printer: Printer) -> Block:
    """A foreign key; both actions are always written."""
    block = Block("foreign_key", key.name)
    table = printer.names.reference(Key(Kind.TABLE, key.ref_schema, "", key.ref_table))
    block.expressions("columns", columns(key.columns))
    block.expressions("ref_columns", [path(f"{table}.column", name) for name in key.ref_columns])
    block.attribute("on_update", key.on_update.replace(" ", "_"))
    block.attribute("on_delete", key.on_delete.replace(" ", "_"))
    block.expressions("on_delete_columns", columns(key.delete_columns))
    if key.match:
        block.attribute("match", key.match)
    _deferrable(block, key)
    block.flag("validated", key.validated, default=True)
    block.text("comment", key.comment)
    return block


def part_block(name: str, part: IndexPart, printer: Printer) -> Block:
    """One element of an index, a key or a partition."""
    block = Block(name)
    block.flag("desc", part.desc)
    if part.column:
        block.attribute("column", path("column", part.column))
    else:
        block.attribute("expr", printer.expression(part.expr))
    if part.prefix:
        block.attribute("prefix", str(part.prefix))
    if part.opclass:
        block.attribute("ops", _opclass(part.opclass))
    block.text("collate", part.collation)
    if part.nulls:
        block.attribute(f"nulls_{part.nulls}", "true")
    block.text("op", part.operator)
    return block


def _opclass(text: str) -> str:
    if is_identifier(text):
        return text
    return f"sql({quote(text)})" if "(" in text else quote(text)


def _is_plain(parts: tuple[IndexPart, ...]) -> bool:
    """Whether column names say all; one part that needs more makes every part a block."""
    for part in parts:
        special = part.desc or part.nulls or part.opclass or part.collation or part.prefix or part.operator
        if special or not part.column:
            return False
    return True


def _plain_columns(block: Block, parts: tuple[IndexPart, ...]) -> None:
    if _is_plain(parts):
        block.expressions("columns", columns([part.column for part in parts]))


def _parts(block: Block, parts: tuple[IndexPart, ...], printer: Printer) -> None:
    if not _is_plain(parts):
        for part in parts:
            block.block(part_block("on", part, printer))


def _method(block: Block, method: str) -> None:
    if method:
        block.attribute("type", METHODS.get(method.lower()) or quote(method))


def _deferrable(block: Block, item: PrimaryKey | Unique | Exclude | ForeignKey) -> None:
    block.flag("deferrable", item.deferrable)
    block.flag("initially_deferred", item.initially_deferred)
