"""Statements for triggers. Those of one moment fire in an order, which is a part of what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.stored import trigger_sql
from atlas.engine.order import Cycle, topological
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.schema import Add, Drop, Modify, Rename
from atlas.schema.options import option
from atlas.schema.table import Table, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Change

TableName = tuple[str, str]


def drop_triggers(changes: Iterable[Change], writer: Writer) -> Iterator[PlannedStatement]:
    """Those that go, and those whose name goes."""
    for change in changes:
        match change:
            case Drop(current=Trigger() as trigger) | Rename(current=Trigger() as trigger):
                table = change.key.relation
                yield PlannedStatement(
                    sql=SqlText(f"DROP TRIGGER {writer.qualified(change.key.schema, trigger.name)}"),
                    comment=f'drop "{trigger.name}" trigger',
                    changes=(change,),
                    reverse=(SqlText(trigger_sql(trigger, change.key.schema, table, writer)),),
                )
            case _:
                pass


def make_triggers(
    changes: Sequence[Change], tables: Mapping[TableName, Table], writer: Writer
) -> Iterator[PlannedStatement]:
    """New and changed triggers, each behind the one that it follows; those of new tables among them."""
    wanted: dict[tuple[str, str, str], tuple[Change, Trigger | None]] = {}
    for change in changes:
        match change:
            case Add(desired=Table() as table):
                for trigger in table.triggers:
                    wanted[table.schema, table.name, trigger.name] = (change, None)
            case Add(desired=Trigger() as trigger) | Rename(desired=Trigger() as trigger):
                wanted[change.key.schema, change.key.relation, trigger.name] = (change, None)
            case Modify(current=Trigger() as current, desired=Trigger()):
                wanted[change.key.schema, change.key.relation, change.key.name] = (change, current)
            case _:
                pass
    made: set[tuple[str, str, str]] = set()
    for name in _ordered(wanted, tables):
        change, before = wanted[name]
        yield from _made(
            name, change, before, _Place(tables[name[:2]], frozenset(wanted), frozenset(made)), writer
        )
        made.add(name)


class _Place:
    """The triggers beside one that is made: which of them are there already."""

    def __init__(
        self, table: Table, wanted: frozenset[tuple[str, str, str]], made: frozenset[tuple[str, str, str]]
    ) -> None:
        self.table = table
        self._waiting = wanted - made

    def following(self, trigger: Trigger) -> str:
        """The trigger that stands already and must fire behind a first one; '' when there is none."""
        if option(trigger.options, "follows"):
            return ""
        return next(
            (
                each.name
                for each in self.table.triggers
                if option(each.options, "follows") == trigger.name and not self._waits(each)
            ),
            "",
        )

    def _waits(self, trigger: Trigger) -> bool:
        return (self.table.schema, self.table.name, trigger.name) in self._waiting


def _ordered(
    wanted: Mapping[tuple[str, str, str], object], tables: Mapping[TableName, Table]
) -> tuple[tuple[str, str, str], ...]:
    needs = [
        (name, (*name[:2], option(trigger.options, "follows")))
        for name in wanted
        for trigger in tables[name[:2]].triggers
        if trigger.name == name[2]
    ]
    try:
        return topological(tuple(wanted), needs)
    except Cycle:
        return tuple(wanted)


def _made(
    name: tuple[str, str, str], change: Change, before: Trigger | None, place: _Place, writer: Writer
) -> Iterator[PlannedStatement]:
    schema, table, trigger_name = name
    trigger = next(each for each in place.table.triggers if each.name == trigger_name)
    precedes = place.following(trigger)
    drop = f"DROP TRIGGER {writer.qualified(schema, trigger_name)}"
    comment = f'{"modify" if before else "create"} "{trigger_name}" trigger'
    verb = "CREATE"
    if before and writer.is_mariadb:
        verb = "CREATE OR REPLACE"
    elif before:
        yield PlannedStatement(
            sql=SqlText(drop), comment=comment, reverse=(SqlText(trigger_sql(before, schema, table, writer)),)
        )
    plain = replace(before, options=()) if before else None
    undo = trigger_sql(plain, schema, table, writer, verb) if plain and writer.is_mariadb else drop
    yield PlannedStatement(
        sql=SqlText(trigger_sql(trigger, schema, table, writer, verb, precedes)),
        comment=comment,
        changes=(change,),
        reverse=(SqlText(undo),),
    )
