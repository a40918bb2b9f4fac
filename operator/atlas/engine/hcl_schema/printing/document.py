"""All blocks of a realm, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block
from atlas.engine.hcl_schema.printing.names import Names
from atlas.engine.hcl_schema.printing.routine import aggregate_block, routine_block
from atlas.engine.hcl_schema.printing.table import table_block
from atlas.engine.hcl_schema.printing.trigger import event_block, policy_block, trigger_block
from atlas.engine.hcl_schema.printing.type import (
    composite_block,
    domain_block,
    enum_block,
    range_block,
    sequence_block,
)
from atlas.engine.hcl_schema.printing.values import Printer
from atlas.engine.hcl_schema.printing.view import materialized_block, view_block
from atlas.hcl.quote import quote
from atlas.schema.objects import (
    Aggregate,
    Composite,
    Domain,
    Enum,
    Event,
    Extension,
    MaterializedView,
    RangeType,
    Routine,
    Sequence,
    View,
)
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Realm, Schema


def document_lines(realm: Realm, types: TypeNames) -> list[str]:
    """The lines of the printed realm."""
    printer = Printer(realm, types, Names(realm))
    return [line for block in _blocks(realm, printer) for line in block.lines()]


def _blocks(realm: Realm, printer: Printer) -> Iterator[Block]:
    """Kinds in the order of Atlas; those that it does not print stand beside their likes."""
    tables, views = printer.in_order(realm.of(Table)), printer.in_order(realm.of(View))
    for table in tables:
        yield table_block(table, printer)
    for view in views:
        yield view_block(view, printer)
    for materialized in realm.of(MaterializedView):
        yield materialized_block(materialized, printer)
    for routine in realm.of(Routine):
        yield routine_block(routine, printer)
    relations: list[Table | View] = [*tables, *views]
    for relation in relations:
        for trigger in printer.in_order(relation.triggers):
            yield trigger_block(trigger, relation, printer)
    yield from _types(realm, printer)
    yield from _rest(realm, printer)
    for schema in realm.schemas:
        yield _schema_block(schema)


def _types(realm: Realm, printer: Printer) -> Iterator[Block]:
    for enum in realm.of(Enum):
        yield enum_block(enum, printer)
    for domain in realm.of(Domain):
        yield domain_block(domain, printer)
    for composite in realm.of(Composite):
        yield composite_block(composite, printer)
    for range_type in realm.of(RangeType):
        yield range_block(range_type, printer)


def _rest(realm: Realm, printer: Printer) -> Iterator[Block]:
    for sequence in realm.of(Sequence):
        yield sequence_block(sequence, printer)
    for aggregate in realm.of(Aggregate):
        yield aggregate_block(aggregate, printer)
    for table in realm.of(Table):
        for policy in table.policies:
            yield policy_block(policy, table, printer)
    for event in realm.of(Event):
        yield event_block(event, printer)
    for extension in realm.of(Extension):
        yield _extension_block(extension, printer)


def _extension_block(extension: Extension, printer: Printer) -> Block:
    block = Block("extension", extension.name)
    if extension.schema:
        is_known = printer.names.has_schema(extension.schema)
        block.attribute(
            "schema", printer.names.schema(extension.schema) if is_known else quote(extension.schema)
        )
    block.text("version", extension.version)
    block.text("comment", extension.comment)
    return block


def _schema_block(schema: Schema) -> Block:
    block = Block("schema", schema.name)
    block.text("comment", schema.comment)
    block.text("charset", schema.charset)
    block.text("collate", schema.collation)
    return block
