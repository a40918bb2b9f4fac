"""How a table is partitioned, and of which table it is a partition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.table import IndexPart, Partition, PartitionBy, PartitionOf

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry
    from atlas.engine.hcl_schema.reading.keys import KeyReader

_METHODS = {
    "postgres": ("RANGE", "LIST", "HASH"),
    "mysql": (
        "RANGE",
        "LIST",
        "HASH",
        "KEY",
        "RANGE COLUMNS",
        "LIST COLUMNS",
        "LINEAR HASH",
        "LINEAR KEY",
        "SYSTEM TIME",
    ),
}


def read_partition(reader: BlockReader, keys: KeyReader) -> PartitionBy:
    """The partition key, and MySQL's partitions."""
    method = reader.one_of("type", _METHODS[reader.document.family])
    if not method:
        raise reader.error("missing attribute partition.type")
    columns, blocks = keys.columns(reader, "columns"), reader.blocks("by", "on")
    if columns and blocks:
        raise reader.error('multiple definitions for partition, use "columns" or "by"', "columns")
    if not columns and not blocks and reader.document.family == "postgres":
        raise reader.error('missing columns or "by" blocks for partition')
    return PartitionBy(
        method=method,
        parts=tuple(IndexPart(column=name) for name in columns)
        or tuple(keys.part(block) for block in blocks),
        count=reader.number_or("count", 0),
        partitions=tuple(_one(block) for block in reader.blocks("partition", "partition partition")),
        subpartition=reader.text("subpartition"),
    )


def _one(reader: BlockReader) -> Partition:
    values = ""
    if reader.has("values_less_than"):
        values = f"LESS THAN ({','.join(reader.texts('values_less_than'))})"
    elif reader.has("values_in"):
        values = f"IN ({','.join(reader.texts('values_in'))})"
    if values == "LESS THAN (MAXVALUE)":
        values = "LESS THAN MAXVALUE"
    return Partition(
        name=reader.name, values=values, comment=reader.text("comment"), options=reader.options()
    )


def read_partition_of(reader: BlockReader, own: Entry, catalogue: Catalogue) -> PartitionOf:
    """The parent of a partition."""
    ref = reader.ref("table")
    if ref is None or not reader.has("bound"):
        raise reader.error(
            'partition_of needs "table", the parent, and "bound", as in "FOR VALUES FROM (1) TO (9)"'
        )
    parent = catalogue.find(ref, reader, "table")
    reader.document.needs(own.key, parent.key)
    return PartitionOf(schema=parent.schema, table=parent.name, bound=reader.sql("bound"))
