"""Which reader reads which block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.routine import read_aggregate, read_routine
from atlas.engine.hcl_schema.reading.table import read_table
from atlas.engine.hcl_schema.reading.trigger import read_event
from atlas.engine.hcl_schema.reading.type import (
    read_composite,
    read_domain,
    read_enum,
    read_range,
    read_sequence,
)
from atlas.engine.hcl_schema.reading.view import read_materialized, read_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry
    from atlas.schema.objects import SchemaObject

_READERS: dict[str, Callable[[BlockReader, Entry, Catalogue], SchemaObject]] = {
    "table": read_table,
    "view": read_view,
    "materialized": read_materialized,
    "function": read_routine,
    "procedure": read_routine,
    "aggregate": read_aggregate,
    "enum": lambda reader, entry, _: read_enum(reader, entry),
    "domain": read_domain,
    "composite": read_composite,
    "range": read_range,
    "sequence": read_sequence,
    "event": lambda reader, entry, _: read_event(reader, entry),
}


def read_object(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> SchemaObject:
    """The object that a declared block says."""
    return _READERS[reader.instance.type](reader, entry, catalogue)
