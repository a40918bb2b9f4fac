"""Statements for views, routines, triggers, events and sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import stored
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.schema import Add, Drop, Modify, Rename
from atlas.schema.objects import Event, Routine, Sequence, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Change

Program = View | Routine | Event | Sequence
_RIGHTS = frozenset({"definer", "security"})
_SIGNATURE = frozenset({"arguments", "returns"})


def drop_statement(change: Drop, item: Program, writer: Writer) -> PlannedStatement:
    """DROP of one of them; all but a sequence can be made again as they were."""
    cost = Hazard(HazardKind.BREAKS_CLIENTS, change.key, f"Programs that use the {_word(item)} fail.")
    return PlannedStatement(
        sql=SqlText(_drop(item, writer)),
        comment=f'drop "{item.name}" {_word(item)}',
        changes=(change,),
        hazards=(cost,),
        # NB: where a sequence stood is lost with it.
        reverse=() if isinstance(item, Sequence) else (SqlText(_create(item, writer)),),
    )


def make_statements(change: Change, writer: Writer) -> Iterator[PlannedStatement]:
    """What makes a new one, or the desired one of the current one. A rename comes as a drop and an add."""
    match change:
        case Add(desired=View() | Routine() | Event() | Sequence() as item):
            yield PlannedStatement(
                sql=SqlText(_create(item, writer)),
                comment=f'create "{item.name}" {_word(item)}',
                changes=(change,),
                reverse=(SqlText(_drop(item, writer)),),
            )
        case Modify(
            current=View() | Routine() | Event() | Sequence() as current,
            desired=View() | Routine() | Event() | Sequence() as item,
        ):
            yield from _modified(change, current, item, writer)
        case Rename(current=Routine() | Event() as current, desired=Routine() | Event() as item):
            yield drop_statement(Drop(change.current_key, current), current, writer)
            yield from make_statements(Add(change.key, item), writer)
        case _:
            return


def _modified(change: Modify, current: Program, item: Program, writer: Writer) -> Iterator[PlannedStatement]:
    comment, name = f'modify "{item.name}" {_word(item)}', writer.qualified(item.schema, item.name)
    if isinstance(item, Routine) and not writer.is_mariadb:
        # MySQL has no CREATE OR REPLACE of routines.
        yield PlannedStatement(
            sql=SqlText(_drop(current, writer)), comment=comment, reverse=(SqlText(_create(current, writer)),)
        )
        yield PlannedStatement(
            sql=SqlText(_create(item, writer)),
            comment=comment,
            changes=(change,),
            hazards=tuple(_costs(change, current, item)),
            reverse=(SqlText(_drop(item, writer)),),
        )
        return
    if isinstance(item, Sequence) and "comment" in change.fields:
        yield PlannedStatement(
            sql=SqlText(f"ALTER TABLE {name} COMMENT {writer.text(item.comment)}"),
            comment=comment,
            changes=(change,),
            reverse=(SqlText(f"ALTER TABLE {name} COMMENT {writer.text(current.comment)}"),),
        )
        if change.fields == {"comment"}:
            return
    yield PlannedStatement(
        sql=SqlText(_alter(item, change, writer)),
        comment=comment,
        changes=(change,),
        hazards=tuple(_costs(change, current, item)),
        reverse=(SqlText(_alter(current, change, writer)),),
    )


def _costs(change: Modify, current: Program, item: Program) -> Iterator[Hazard]:
    """Whose rights it has, and whether those who use it still get what they ask for."""
    rights = [{word: value for word, value in each.options if word in _RIGHTS} for each in (current, item)]
    if "options" in change.fields and rights[0] != rights[1]:
        yield Hazard(HazardKind.CHANGES_ACCESS, change.key, f"The {_word(item)} runs with other rights.")
    if change.fields & _SIGNATURE:
        yield Hazard(HazardKind.BREAKS_CLIENTS, change.key, "Programs that call it as before may fail.")
    if isinstance(current, View) and isinstance(item, View):
        gone = {column.name for column in current.columns} - {column.name for column in item.columns}
        if gone and item.columns:
            text = f"Programs that read {', '.join(sorted(gone))} from it fail."
            yield Hazard(HazardKind.BREAKS_CLIENTS, change.key, text)


def _alter(item: Program, change: Modify, writer: Writer) -> str:
    match item:
        case View():
            return stored.view_sql(item, writer, "CREATE OR REPLACE")
        case Routine():
            return stored.routine_sql(item, writer, "CREATE OR REPLACE")
        case Event():
            return stored.event_sql(item, writer, "ALTER")
        case Sequence():
            return stored.alter_sequence_sql(item, change.fields, writer)


def _create(item: Program, writer: Writer) -> str:
    match item:
        case View():
            return stored.view_sql(item, writer)
        case Routine():
            return stored.routine_sql(item, writer)
        case Event():
            return stored.event_sql(item, writer)
        case Sequence():
            return stored.sequence_sql(item, writer)


def _drop(item: Program, writer: Writer) -> str:
    return f"DROP {_word(item).upper()} {writer.qualified(item.schema, item.name)}"


def _word(item: Program) -> str:
    return stored.routine_word(item).lower() if isinstance(item, Routine) else type(item).__name__.lower()
