"""Views, routines, triggers, events and sequences: what is made by one statement of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.objects import Argument, Event, Routine, Sequence, View
    from atlas.schema.table import Trigger

_DEFAULT_CACHE = 1000


def view_sql(view: View, writer: Writer, verb: str = "CREATE") -> str:
    """CREATE VIEW; ``verb`` may be ``CREATE OR REPLACE``."""
    words = [verb]
    if algorithm := option(view.options, "algorithm"):
        words.append(f"ALGORITHM={algorithm}")
    if definer := option(view.options, "definer"):
        words.append(writer.definer(definer).rstrip())
    if option(view.options, "security") == "INVOKER":
        words.append("SQL SECURITY INVOKER")
    words.append(f"VIEW {writer.qualified(view.schema, view.name)} AS {writer.here(view.definition)}")
    if view.check_option:
        words.append(f"WITH {view.check_option} CHECK OPTION")
    return " ".join(words)


def routine_sql(routine: Routine, writer: Writer, verb: str = "CREATE") -> str:
    """CREATE FUNCTION or PROCEDURE."""
    definer = writer.definer(option(routine.options, "definer"))
    aggregate = "AGGREGATE " if option(routine.options, "aggregate") == "yes" else ""
    name = writer.qualified(routine.schema, routine.name)
    arguments = ", ".join(_argument(each, routine, writer) for each in routine.arguments)
    words = [f"{verb} {definer}{aggregate}{routine_word(routine)} {name} ({arguments})"]
    if not routine.is_procedure:
        words.append(f"RETURNS {routine.returns}")
    if routine.comment:
        words.append(f"COMMENT {writer.text(routine.comment)}")
    if routine.deterministic:
        words.append("DETERMINISTIC")
    if routine.data_access:
        words.append(routine.data_access.replace("_", " "))
    if option(routine.options, "security") == "INVOKER":
        words.append("SQL SECURITY INVOKER")
    return " ".join([*words, routine.body])


def routine_word(routine: Routine) -> str:
    """``FUNCTION`` or ``PROCEDURE``."""
    return "PROCEDURE" if routine.is_procedure else "FUNCTION"


def trigger_sql(
    trigger: Trigger, schema: str, table: str, writer: Writer, verb: str = "CREATE", precedes: str = ""
) -> str:
    """CREATE TRIGGER; ``precedes`` is the trigger of the same moment that must fire behind it."""
    place = ""
    if follows := option(trigger.options, "follows"):
        place = f"FOLLOWS {writer.name(follows)} "
    elif precedes:
        place = f"PRECEDES {writer.name(precedes)} "
    return (
        f"{verb} {writer.definer(option(trigger.options, 'definer'))}TRIGGER {writer.qualified(schema, trigger.name)}"
        f" {trigger.timing} {trigger.events[0]} ON {writer.qualified(schema, table)} FOR EACH ROW {place}{trigger.body}"
    )


def event_sql(event: Event, writer: Writer, verb: str = "CREATE") -> str:
    """CREATE or ALTER EVENT, with all that can be said of one."""
    status = {"ENABLED": "ENABLE", "DISABLED": "DISABLE"}.get(event.status, "DISABLE ON SLAVE")
    words = [
        f"{verb} {writer.definer(option(event.options, 'definer'))}EVENT {writer.qualified(event.schema, event.name)}",
        f"ON SCHEDULE {event.schedule}",
        f"ON COMPLETION {'PRESERVE' if event.preserve else 'NOT PRESERVE'}",
        status,
    ]
    if event.comment or verb == "ALTER":
        words.append(f"COMMENT {writer.text(event.comment)}")
    return " ".join([*words, f"DO {event.body}"])


def sequence_sql(sequence: Sequence, writer: Writer) -> str:
    """CREATE SEQUENCE."""
    words = [f"CREATE SEQUENCE {writer.qualified(sequence.schema, sequence.name)}"]
    words += [f"START WITH {sequence.start}"] if sequence.start is not None else []
    words += [f"INCREMENT BY {sequence.increment}"] if sequence.increment != 1 else []
    words += [f"MINVALUE {sequence.min_value}"] if sequence.min_value is not None else []
    words += [f"MAXVALUE {sequence.max_value}"] if sequence.max_value is not None else []
    words += [_cache(sequence.cache)] if sequence.cache != 1 else []
    words += ["CYCLE"] if sequence.cycle else []
    words += [f"COMMENT {writer.text(sequence.comment)}"] if sequence.comment else []
    return " ".join(words)


def alter_sequence_sql(sequence: Sequence, fields: frozenset[str], writer: Writer) -> str:
    """ALTER SEQUENCE; it goes on where it is: no RESTART."""
    words = [f"ALTER SEQUENCE {writer.qualified(sequence.schema, sequence.name)}"]
    if "start" in fields:
        words.append(f"START WITH {_start(sequence)}")
    if "increment" in fields:
        words.append(f"INCREMENT BY {sequence.increment}")
    if "min_value" in fields:
        words.append("NO MINVALUE" if sequence.min_value is None else f"MINVALUE {sequence.min_value}")
    if "max_value" in fields:
        words.append("NO MAXVALUE" if sequence.max_value is None else f"MAXVALUE {sequence.max_value}")
    if "cache" in fields:
        words.append(_cache(_DEFAULT_CACHE if sequence.cache == 1 else sequence.cache))
    if "cycle" in fields:
        words.append("CYCLE" if sequence.cycle else "NO CYCLE")
    return " ".join(words)


def _start(sequence: Sequence) -> int:
    if sequence.start is not None:
        return sequence.start
    bound = sequence.min_value if sequence.increment >= 0 else sequence.max_value
    return bound if bound is not None else (1 if sequence.increment >= 0 else -1)


def _cache(cache: int) -> str:
    return f"CACHE {cache}" if cache else "NOCACHE"


def _argument(argument: Argument, routine: Routine, writer: Writer) -> str:
    words = [argument.mode] if routine.is_procedure else []
    words += [writer.name(argument.name), argument.type]
    words += [f"CHARSET {argument.charset}"] if argument.charset else []
    words += [f"COLLATE {argument.collation}"] if argument.collation else []
    return " ".join(words)
