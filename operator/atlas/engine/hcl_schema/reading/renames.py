"""``renamed_from``: what an object was called until now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Entry

ATTRIBUTE = "renamed_from"
_CHILDREN = {
    "column": Kind.COLUMN,
    "index": Kind.INDEX,
    "unique": Kind.UNIQUE,
    "check": Kind.CHECK,
    "foreign_key": Kind.FOREIGN_KEY,
}


def note_rename(reader: BlockReader, key: Key) -> None:
    """Note the former name of an object; that of a routine had the same arguments."""
    former = _former(reader)
    if former:
        _, parenthesis, arguments = key.name.partition("(")
        reader.document.renames.append((key._replace(name=f"{former}{parenthesis}{arguments}"), key))


def note_renames_within(reader: BlockReader, entry: Entry) -> None:
    """Note the former names of the children of a table, under the former name of the table."""
    relation = _former(reader) or entry.name
    for block_type, kind in _CHILDREN.items():
        for child in reader.blocks(block_type):
            former = _former(child)
            if former:
                desired = Key(kind, entry.schema, entry.name, child.name)
                reader.document.renames.append((desired._replace(relation=relation, name=former), desired))


def _former(reader: BlockReader) -> str:
    return reader.text(ATTRIBUTE) if reader.has(ATTRIBUTE) else ""
