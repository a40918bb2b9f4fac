"""Plans for MySQL and MariaDB: statements in the order in which they run.

``plan`` has the order; ``alter`` makes one ALTER of all changes of a table; a file a kind of object writes SQL;
``hazard`` knows what a change costs. Nothing here asks a server.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.plan import Planner
from atlas.drivers.mysql.ddl.refusals import (
    refuse_renames_under_expressions,
    refuse_touched,
    refuse_unknown,
)
from atlas.drivers.mysql.ddl.renamed import renamed
from atlas.drivers.mysql.ddl.renames import rename_statements, renames_in_place
from atlas.drivers.mysql.ddl.writing import writer_for
from atlas.drivers.mysql.diff import differs
from atlas.engine.diff import diff
from atlas.schema import Rename

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan import PlannedStatement, PlanTask
    from atlas.schema import Change, Realm


def statements(task: PlanTask, *, is_mariadb: bool) -> tuple[PlannedStatement, ...]:
    """See ``engine.schema_ports.SchemaDriver``."""
    refuse_unknown(task, is_mariadb=is_mariadb)
    refuse_touched(task)
    if not is_mariadb:
        refuse_renames_under_expressions(task)
    writer = writer_for(task.current, task.desired, bound=task.options.bound, is_mariadb=is_mariadb)
    renames = renames_in_place(task.changes)
    current, changes = task.current, task.changes
    if renames:
        current = renamed(task.current, renames)
        changes = _left(current, task)
    first = tuple(rename_statements(renames, task.current, task.desired, writer))
    planner = Planner(current, task.desired, changes, writer, first)
    return _with_all_changes(tuple(planner.statements()), task.changes)


def _left(current: Realm, task: PlanTask) -> tuple[Change, ...]:
    """What there is to do after the renames; renames that are no statements among it."""
    others = [
        (change.current_key, change.key)
        for change in task.changes
        if isinstance(change, Rename) and change not in renames_in_place(task.changes)
    ]
    return diff(current, task.desired, differs=differs, renames=others)


def _with_all_changes(
    planned: tuple[PlannedStatement, ...], changes: Iterable[Change]
) -> tuple[PlannedStatement, ...]:
    """Statements that tell the changes of the task: what a rename does along the way is told by the rename."""
    by_key = {(type(change), change.key): change for change in changes}
    told = tuple(
        replace(
            each,
            changes=tuple(by_key.get((type(change), change.key), change) for change in each.changes),
        )
        for each in planned
    )
    if not told:
        return ()
    known = {change for each in told for change in each.changes}
    rest = tuple(change for change in changes if change not in known)
    return (replace(told[0], changes=(*told[0].changes, *rest)), *told[1:]) if rest else told
