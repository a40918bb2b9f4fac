"""Views and materialized views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.keys import KeyReader
from atlas.engine.hcl_schema.reading.trigger import read_trigger
from atlas.engine.hcl_schema.reading.types import read_type
from atlas.schema.objects import MaterializedView, View
from atlas.schema.table import Column

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry

_CHECKS = ("LOCAL", "CASCADED")


def read_view(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> View:
    """A view."""
    return View(
        schema=entry.schema,
        name=entry.name,
        definition=_definition(reader, entry),
        columns=_columns(reader, entry, catalogue),
        check_option=reader.one_of("check_option", _CHECKS),
        triggers=tuple(
            sorted(
                (read_trigger(each, entry, catalogue) for each in entry.triggers), key=lambda each: each.name
            )
        ),
        comment=reader.text("comment"),
        options=reader.options(),
    )


def read_materialized(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> MaterializedView:
    """A materialized view with its indexes."""
    keys = KeyReader(entry, catalogue)
    return MaterializedView(
        schema=entry.schema,
        name=entry.name,
        definition=_definition(reader, entry),
        columns=_columns(reader, entry, catalogue),
        indexes=tuple(
            sorted((keys.index(each) for each in reader.blocks("index")), key=lambda each: each.name)
        ),
        with_data=reader.flag("with_data", default=True),
        comment=reader.text("comment"),
        options=reader.options(),
    )


def _definition(reader: BlockReader, entry: Entry) -> str:
    """The query; blanks around and a semicolon behind it say nothing."""
    definition = reader.sql("as").strip().removesuffix(";").rstrip()
    if not definition:
        raise reader.error(f'{reader.title} needs "as", its query')
    reader.document.mentions(entry.key, definition)
    return definition


def _columns(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=each.name,
            type=read_type(each, catalogue, entry.key),
            null=each.flag("null", default=True),
            comment=each.text("comment"),
        )
        for each in reader.blocks("column", "view column")
    )
