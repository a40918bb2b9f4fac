"""Triggers, policies and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block, body
from atlas.engine.hcl_schema.printing.names import path
from atlas.hcl.quote import quote
from atlas.schema import Key, Kind, key_of

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.objects import Event, View
    from atlas.schema.table import Policy, Table, Trigger


def trigger_block(trigger: Trigger, relation: Table | View, printer: Printer) -> Block:
    """A trigger, which names its relation."""
    on = printer.names.reference(key_of(relation))
    block = Block("trigger", trigger.name)
    block.attribute("on", on)
    if printer.is_postgres:
        block.attribute("for", "ROW" if trigger.for_each_row else "STATEMENT")
    if trigger.when:
        block.attribute("when", quote(trigger.when))
    if trigger.body:
        block.attribute("as", body(trigger.body))
    _settings(block, trigger, printer)
    block.block(_events(trigger, on))
    if trigger.old_table or trigger.new_table:
        tables = Block("referencing")
        tables.text("old_table", trigger.old_table)
        tables.text("new_table", trigger.new_table)
        block.block(tables)
    if trigger.function:
        execute = Block("execute")
        execute.attribute("function", printer.routine(trigger.function))
        execute.expressions("args", map(quote, trigger.arguments))
        block.block(execute)
    return block


def _settings(block: Block, trigger: Trigger, printer: Printer) -> None:
    block.flag("constraint", trigger.constraint)
    if trigger.ref_table:
        schema, _, name = trigger.ref_table.partition(".")
        block.attribute("from", printer.names.reference(Key(Kind.TABLE, schema, "", name)))
    block.flag("deferrable", trigger.deferrable)
    block.flag("initially_deferred", trigger.initially_deferred)
    if trigger.enabled != "origin":
        block.attribute("enabled", trigger.enabled.upper())
    block.text("comment", trigger.comment)
    block.options(trigger.options)


def _events(trigger: Trigger, on: str) -> Block:
    """``before { insert = true }``."""
    block = Block(trigger.timing.lower().replace(" ", "_"))
    for event in trigger.events:
        if event == "UPDATE" and trigger.update_of:
            block.expressions("update_of", [path(f"{on}.column", name) for name in trigger.update_of])
        else:
            block.flag(event.lower(), value=True)
    return block


def policy_block(policy: Policy, table: Table, printer: Printer) -> Block:
    """A row security policy, which names its table."""
    block = Block("policy", policy.name)
    block.attribute("on", printer.names.reference(key_of(table)))
    if not policy.permissive:
        block.attribute("as", "RESTRICTIVE")
    block.attribute("for", policy.command)
    block.expressions("to", list(map(quote, policy.roles)) or ["PUBLIC"])
    if policy.using:
        block.attribute("using", printer.expression(policy.using))
    if policy.check:
        block.attribute("check", printer.expression(policy.check))
    block.text("comment", policy.comment)
    return block


def event_block(event: Event, printer: Printer) -> Block:
    """An event of MySQL."""
    block = Block("event", *printer.names.labels(event))
    block.attribute("schema", printer.names.schema(event.schema))
    block.text("schedule", event.schedule)
    block.attribute("as", body(event.body))
    if event.status != "ENABLED":
        block.attribute("status", quote(event.status))
    block.flag("preserve", event.preserve)
    block.text("comment", event.comment)
    block.options(event.options)
    return block
