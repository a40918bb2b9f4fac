"""A CREATE TRIGGER text."""

from __future__ import annotations

from atlas.drivers.sqlite.text.names import without_parentheses
from atlas.drivers.sqlite.text.reader import Reader
from atlas.schema.table import Trigger


def read_trigger(text: str, name: str) -> Trigger:
    """Read.

    Raises:
        Unsupported: Something in it is not understood.
    """
    reader = Reader(text, f'trigger "{name}"')
    reader.expect("CREATE")
    _ = reader.one_of("TEMP", "TEMPORARY")
    reader.expect("TRIGGER")
    _ = reader.accept("IF", "NOT", "EXISTS")
    reader.qualified_name()
    timing = reader.one_of("BEFORE", "AFTER", "INSTEAD") or "BEFORE"
    if timing == "INSTEAD":
        reader.expect("OF")
        timing = "INSTEAD OF"
    event = reader.one_of("INSERT", "UPDATE", "DELETE") or reader.refuse(reader.rest())
    columns = _columns(reader) if event == "UPDATE" and reader.accept("OF") else ()
    reader.expect("ON")
    reader.qualified_name()
    _ = reader.accept("FOR", "EACH", "ROW")
    when = without_parentheses(reader.until("BEGIN")) if reader.accept("WHEN") else ""
    if reader.word != "BEGIN":
        reader.refuse(reader.rest())
    return Trigger(
        name=name,
        timing=timing,
        events=(event,),
        update_of=columns,
        when=when,
        body=reader.rest(),
        definition=text,
    )


def _columns(reader: Reader) -> tuple[str, ...]:
    found = [reader.name()]
    while reader.accept(","):
        found.append(reader.name())
    return tuple(found)
