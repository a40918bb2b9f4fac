"""How a table is partitioned, and of which table it is a partition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.keys import columns, part_block
from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.sql_text import split_list
from atlas.hcl.quote import quote
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.table import Partition, PartitionBy, PartitionOf

_VALUES = (("LESS THAN ", "values_less_than"), ("IN ", "values_in"))


def partition_block(partition: PartitionBy, printer: Printer) -> Block:
    """The partition key, and MySQL's partitions."""
    block = Block("partition")
    block.attribute("type", partition.method.replace(" ", "_"))
    plain = all(part.column and not (part.opclass or part.collation) for part in partition.parts)
    if plain:
        block.expressions("columns", columns(part.column for part in partition.parts))
    if partition.count:
        block.attribute("count", str(partition.count))
    block.text("subpartition", partition.subpartition)
    if not plain:
        for part in partition.parts:
            block.block(part_block("by", part, printer))
    for each in partition.partitions:
        block.block(_one(each))
    return block


def _one(partition: Partition) -> Block:
    block = Block("partition", partition.name)
    for words, name in _VALUES:
        if partition.values.upper().startswith(words):
            values = split_list(partition.values[len(words) :])
            block.expressions(name, map(quote, values))
    block.text("comment", partition.comment)
    block.options(partition.options)
    return block


def partition_of_block(partition: PartitionOf, printer: Printer) -> Block:
    """The parent of a partition, and which of its rows are here."""
    block = Block("partition_of")
    parent = Key(Kind.TABLE, partition.schema, "", partition.table)
    block.attribute("table", printer.names.reference(parent))
    block.text("bound", partition.bound)
    return block
