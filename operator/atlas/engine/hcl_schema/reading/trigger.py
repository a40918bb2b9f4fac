"""Triggers and policies, which name their relation, and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.scope import Ref
from atlas.schema import Key, Kind
from atlas.schema.objects import Event
from atlas.schema.table import Policy, Trigger

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry

_TIMINGS = {"before": "BEFORE", "after": "AFTER", "instead_of": "INSTEAD OF"}
_EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
_LEVELS = ("ROW", "STATEMENT")
_ENABLED = ("ORIGIN", "DISABLED", "REPLICA", "ALWAYS")
_COMMANDS = ("ALL", "SELECT", "INSERT", "UPDATE", "DELETE")
_STATES = ("ENABLED", "ENABLE", "DISABLED", "DISABLE", "SLAVESIDE DISABLED", "DISABLE ON SLAVE")


def read_trigger(reader: BlockReader, relation: Entry, catalogue: Catalogue) -> Trigger:
    """A trigger of ``relation``."""
    key = Key(Kind.TRIGGER, relation.schema, relation.name, reader.name)
    timing, block = _timing(reader)
    events, update_of = _events(block, relation, catalogue)
    level = reader.one_of("for", _LEVELS) or reader.one_of("foreach", _LEVELS)
    execute, tables = reader.block("execute"), reader.block("referencing")
    function = "" if execute is None else _function(execute, key, catalogue)
    if not function and not reader.has("as"):
        raise reader.error(f'{reader.title} does nothing: it needs "as" or an "execute" block')
    if reader.document.dialect == "postgres" and not function:
        raise reader.error(f'{reader.title} needs an "execute" block that names a function')
    return Trigger(
        name=reader.name,
        timing=timing,
        events=events,
        update_of=update_of,
        for_each_row=level == "ROW" or (not level and reader.document.dialect != "postgres"),
        when=reader.sql_expression("when"),
        function=function,
        arguments=() if execute is None else execute.texts("args"),
        body=reader.body("as"),
        constraint=reader.flag("constraint"),
        ref_table=_referenced(reader, catalogue),
        deferrable=reader.flag("deferrable"),
        initially_deferred=reader.flag("initially_deferred"),
        old_table="" if tables is None else tables.text("old_table"),
        new_table="" if tables is None else tables.text("new_table"),
        enabled=reader.one_of("enabled", _ENABLED).lower() or "origin",
        comment=reader.text("comment"),
        options=reader.options(),
    )


def _timing(reader: BlockReader) -> tuple[str, BlockReader]:
    found = [
        (timing, block)
        for name, timing in _TIMINGS.items()
        if (block := reader.block(name, "event of trigger")) is not None
    ]
    if len(found) != 1:
        raise reader.error(f"{reader.title} needs one block of before, after and instead_of")
    return found[0]


def _events(
    reader: BlockReader, relation: Entry, catalogue: Catalogue
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    columns = tuple(
        catalogue.column(ref, relation, reader, "update_of")[1] for ref in reader.refs("update_of")
    )
    events = tuple(
        event
        for event in _EVENTS
        if (event == "UPDATE" and columns) or (reader.has(event.lower()) and reader.flag(event.lower()))
    )
    if not events:
        raise reader.error(f"{reader.title} names no event: set insert, update or delete")
    return events, columns


def _function(reader: BlockReader, key: Key, catalogue: Catalogue) -> str:
    value = reader.value("function")
    if not isinstance(value, Ref):
        return reader.sql("function")
    entry = catalogue.find(value, reader, "function")
    reader.document.needs(key, entry.key)
    return f"{entry.schema}.{entry.name}"


def _referenced(reader: BlockReader, catalogue: Catalogue) -> str:
    ref = reader.ref("from") if reader.has("from") else None
    if ref is None:
        return ""
    entry = catalogue.find(ref, reader, "from")
    return f"{entry.schema}.{entry.name}"


def read_policy(reader: BlockReader, table: Entry) -> Policy:
    """A row security policy of ``table``."""
    kind = reader.one_of("as", ("PERMISSIVE", "RESTRICTIVE"))
    using, check = reader.sql_expression("using"), reader.sql_expression("check")
    key = Key(Kind.POLICY, table.schema, table.name, reader.name)
    reader.document.mentions(key, using)
    reader.document.mentions(key, check)
    return Policy(
        name=reader.name,
        permissive=kind != "RESTRICTIVE",
        command=reader.one_of("for", _COMMANDS) or "ALL",
        roles=_roles(reader),
        using=using,
        check=check,
        comment=reader.text("comment"),
    )


def _roles(reader: BlockReader) -> tuple[str, ...]:
    """Names of roles; PUBLIC is everybody, which is no role at all."""
    names = [
        item.path[-1] if isinstance(item, Ref) else item if isinstance(item, str) else ""
        for item in reader.items("to")
    ]
    if not all(names):
        raise reader.error("to: expected roles: PUBLIC, role.NAME or a string", "to")
    return () if "PUBLIC" in names else tuple(sorted(names))


def read_event(reader: BlockReader, entry: Entry) -> Event:
    """An event of MySQL."""
    schedule, body = reader.sql("schedule"), reader.body("as")
    if not schedule or not body:
        raise reader.error(f'{reader.title} needs "schedule" and "as"')
    return Event(
        schema=entry.schema,
        name=entry.name,
        schedule=schedule,
        body=body,
        status=reader.one_of("status", _STATES) or "ENABLED",
        preserve=reader.flag("preserve"),
        comment=reader.text("comment"),
        options=reader.options(),
    )
