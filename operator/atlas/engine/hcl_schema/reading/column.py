"""Columns of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.types import read_default, read_type
from atlas.engine.hcl_schema.sql_text import without_parentheses
from atlas.schema import Key, Kind
from atlas.schema.table import Column, Generated, Identity

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry

_IDENTITIES = ("ALWAYS", "BY DEFAULT")
_STORAGES = {"": None, "STORED": True, "PERSISTENT": True, "VIRTUAL": False}


def read_column(reader: BlockReader, table: Entry, catalogue: Catalogue) -> Column:
    """A column."""
    key = Key(Kind.COLUMN, table.schema, table.name, reader.name)
    type_text = read_type(reader, catalogue, key)
    if not type_text and not reader.has("type"):
        raise reader.error(f'cannot convert table "{table.name}": column "{reader.name}" has no type')
    default = read_default(reader)
    generated = _generated(reader)
    reader.document.mentions(table.key, default or "")
    reader.document.mentions(table.key, generated.expr if generated else "")
    return Column(
        name=reader.name,
        type=type_text,
        null=reader.flag("null"),
        default=default,
        generated=generated,
        identity=_identity(reader),
        auto_increment=reader.flag("auto_increment"),
        on_update=reader.word("on_update"),
        charset=reader.word("charset"),
        collation=collation(reader),
        invisible=reader.flag("invisible"),
        inherited=reader.flag("inherited"),
        comment=reader.text("comment"),
        options=reader.options(),
    )


def collation(reader: BlockReader) -> str:
    """``collate``, or ``collation`` as older files have it."""
    return reader.word("collate") or reader.word("collation")


def _generated(reader: BlockReader) -> Generated | None:
    """``as = "…"`` or ``as { expr, type }``; where a kind of storage is not said it is that of the dialect."""
    block = reader.block("as")
    if block is None and not reader.has("as"):
        return None
    if block is not None and reader.has("as"):
        raise block.error(f'multiple definitions of "as" in {reader.title}')
    expr = without_parentheses(reader.body("as")) if block is None else block.sql_expression("expr")
    if not expr:
        raise reader.error(f'the generated {reader.title} has no expression: set "expr"')
    word = "" if block is None else block.word("type").upper()
    if block is not None and word not in _STORAGES:
        raise block.error(f'type: "{word}" is none of STORED, VIRTUAL', "type")
    stored = _STORAGES[word]
    return Generated(expr=expr, stored=reader.document.dialect == "postgres" if stored is None else stored)


def _identity(reader: BlockReader) -> Identity | None:
    block = reader.block("identity")
    if block is None:
        return None
    return Identity(
        always=block.one_of("generated", _IDENTITIES) == "ALWAYS",
        start=_start(block),
        increment=_increment(block),
        min_value=block.number("min_value"),
        max_value=block.number("max_value"),
        cache=block.number_or("cache", 1),
        cycle=block.flag("cycle"),
    )


def _increment(block: BlockReader) -> int:
    """Older files have 0 for what is not said; no counter can have it."""
    return block.number("increment") or 1


def _start(block: BlockReader) -> int:
    """A counter starts at its least value, one that counts down at its greatest (CREATE SEQUENCE, START).

    Older files have 0 for what is not said; it can only be meant where it is not below the least value.
    """
    is_up = _increment(block) > 0
    limit = block.number("min_value" if is_up else "max_value")
    start = block.number("start")
    if start or (start == 0 and limit is not None):
        return start
    return limit if limit is not None else 1 if is_up else -1
