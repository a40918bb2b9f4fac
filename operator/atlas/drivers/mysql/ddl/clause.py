"""Clauses of ALTER TABLE with all that is known of them, and the statement that they become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.options import SYSTEM_VERSIONING
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.engine.plan import Hazard
    from atlas.schema import Change
    from atlas.schema.table import Table


@dataclass(frozen=True, slots=True)
class Clause:
    """One item of an ALTER TABLE.

    Attributes:
        undo: The clause that takes it back; '' where nothing can.
        change: What it is made for, None for a part of another's.
    """

    sql: str
    undo: str = ""
    change: Change | None = None
    hazards: tuple[Hazard, ...] = ()


def alter_statement(
    table: Table, clauses: Sequence[Clause], writer: Writer, *, changes: Iterable[Change] = ()
) -> PlannedStatement:
    """One ALTER TABLE of all clauses; it can be taken back when each of them can."""
    head = alter_head(table, writer)
    made = [clause.change for clause in clauses if clause.change is not None]
    undo = [clause.undo for clause in reversed(clauses)]
    return PlannedStatement(
        sql=SqlText(head + ", ".join(clause.sql for clause in clauses)),
        comment=f'modify "{table.name}" table',
        changes=tuple(dict.fromkeys([*made, *changes])),
        hazards=tuple(dict.fromkeys(hazard for clause in clauses for hazard in clause.hazards)),
        reverse=(SqlText(head + ", ".join(undo)),) if all(undo) else (),
    )


def alter_head(table: Table, writer: Writer) -> str:
    """``ALTER TABLE `t` ``. A table with history is altered with it, or not at all, unless the session says so."""
    head = f"ALTER TABLE {writer.qualified(table.schema, table.name)} "
    if option(table.options, SYSTEM_VERSIONING):
        return f"SET STATEMENT system_versioning_alter_history = KEEP FOR {head}"
    return head
