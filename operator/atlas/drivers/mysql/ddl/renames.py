"""Renames come first, each a statement of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.clause import alter_head
from atlas.drivers.mysql.ddl.mentions import mentions
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.errors import Unsupported
from atlas.schema import Kind, Rename
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Realm

RELATIONS = {Kind.TABLE: "table", Kind.VIEW: "view", Kind.SEQUENCE: "sequence"}
_IN_PLACE = frozenset({*RELATIONS, Kind.COLUMN, Kind.INDEX})


def renames_in_place(changes: Iterable[object]) -> list[Rename]:
    """The renames that are statements; others (routines, constraints, triggers) are a drop and an add."""
    found = [change for change in changes if isinstance(change, Rename)]
    for change in found:
        if change.key.kind is Kind.SCHEMA:
            raise Unsupported(
                f'schema "{change.current_key.name}" cannot be renamed: MySQL has no statement for it; rename its '
                f"tables into schema {change.key.name} one by one, or make a new one"
            )
        _refuse_move(change)
    return [change for change in found if change.key.kind in _IN_PLACE]


def _refuse_move(change: Rename) -> None:
    """Tables alone move to another schema, and only without triggers (errors 1450 and 1435).

    Raises:
        Unsupported: For anything else.
    """
    if change.current_key.schema == change.key.schema:
        return
    has_triggers = isinstance(change.current, Table) and change.current.triggers
    if has_triggers or change.key.kind is not Kind.TABLE:
        what = "a table with triggers" if has_triggers else f"a {change.key.kind.value}"
        raise Unsupported(
            f"{change.current_key} cannot be renamed to {change.key}: {what} does not move to another schema; drop it "
            "in the one and make it in the other"
        )


def rename_statements(
    renames: Sequence[Rename], current: Realm, desired: Realm, writer: Writer
) -> Iterator[PlannedStatement]:
    """Relations first, then what is in them."""
    tables = {(table.schema, table.name): table for table in current.tables}
    for change in renames:
        if change.key.kind in RELATIONS:
            yield _of_relation(change, writer, mentions(change.current_key.name, change.key, desired))
    moved = {
        (change.key.schema, change.key.name): (change.current_key.schema, change.current_key.name)
        for change in renames
        if change.key.kind is Kind.TABLE
    }
    for change in renames:
        if change.key.kind in RELATIONS:
            continue
        name = (change.key.schema, change.key.relation)
        table = tables.get(moved.get(name, name))
        if table is not None:
            yield _of_child(change, replace(table, schema=name[0], name=name[1]), writer)


def _of_relation(change: Rename, writer: Writer, costs: Iterable[Hazard]) -> PlannedStatement:
    current = writer.qualified(change.current_key.schema, change.current_key.name)
    desired = writer.qualified(change.key.schema, change.key.name)
    kind = RELATIONS[change.key.kind]
    return PlannedStatement(
        sql=SqlText(f"RENAME TABLE {current} TO {desired}"),
        comment=f'rename a {kind} from "{change.current_key.name}" to "{change.key.name}"',
        changes=(change,),
        hazards=(_breaks(change, kind), *costs),
        reverse=(SqlText(f"RENAME TABLE {desired} TO {current}"),),
    )


def _of_child(change: Rename, table: Table, writer: Writer) -> PlannedStatement:
    word = change.key.kind.value
    names = writer.name(change.current_key.name), writer.name(change.key.name)
    head = alter_head(table, writer) + f"RENAME {word.upper()} "
    return PlannedStatement(
        sql=SqlText(f"{head}{names[0]} TO {names[1]}"),
        comment=f"rename {'an index' if change.key.kind is Kind.INDEX else 'a column'} from "
        f'"{change.current_key.name}" to "{change.key.name}"',
        changes=(change,),
        hazards=(_breaks(change, word),) if change.key.kind is Kind.COLUMN else (),
        reverse=(SqlText(f"{head}{names[1]} TO {names[0]}"),),
    )


def _breaks(change: Rename, kind: str) -> Hazard:
    text = f"Programs that use the {kind} by its name {change.current_key.name} fail."
    return Hazard(HazardKind.BREAKS_CLIENTS, change.key, text)
