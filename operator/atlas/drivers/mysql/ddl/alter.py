"""What makes one table of another that is the same table: one ALTER, and more only where the server wants it.

Order of the clauses: options, checks, changed columns, dropped ones, new ones, dropped indexes, new ones. Foreign keys
are the business of whoever knows all tables (``foreign``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.drivers.mysql.ddl.clause import Clause
from atlas.drivers.mysql.ddl.columns import ColumnPlanner
from atlas.drivers.mysql.ddl.keys import KeyPlanner
from atlas.drivers.mysql.ddl.options import SYSTEM_VERSIONING, changed_option_clauses
from atlas.drivers.mysql.ddl.partition import partition_steps
from atlas.schema import Modify
from atlas.schema.options import option
from atlas.schema.table import Check, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from atlas.drivers.mysql.ddl.charsets import Charsets
    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.drivers.mysql.inspect.columns import Charset
    from atlas.engine.plan import Hazard
    from atlas.schema import Change

_PARTITIONS = "partition_by"
_CHARSETS = frozenset({"charset", "collation"})


@dataclass(frozen=True, slots=True)
class TableAlter:
    """ALTERs of a table, in this order; those of partitions have one clause each, for the grammar takes no more."""

    before: tuple[Clause, ...]
    main: tuple[Clause, ...]
    second: tuple[Clause, ...]
    after: tuple[Clause, ...]


def plan_alter(
    current: Table, desired: Table, changes: Sequence[Change], *, charsets: Charsets, writer: Writer
) -> TableAlter:
    """The ALTERs for ``changes`` of a table and its children; empty ones where nothing is to be done."""
    aligned = replace(desired, checks=tuple(_aligned(current, desired, changes)))
    pair = charsets.tables(current, desired)
    columns = ColumnPlanner(current=current, desired=aligned, charsets=pair, writer=writer).plan(changes)
    keys = KeyPlanner(current=current, desired=aligned, writer=writer).plan(changes, columns.again)
    of_table = next(
        (each for each in changes if isinstance(each, Modify) and isinstance(each.desired, Table)), None
    )
    options = list(_option_clauses(current, desired, of_table, writer))
    if pair[0] != pair[1]:
        undo, words = map(_charset_words, pair)
        options.append(Clause(words or "CHARSET DEFAULT", undo, of_table))
    partitions = tuple(_partition_clauses(current, desired, of_table, writer))
    goes = bool(partitions) and desired.partition_by is None
    return TableAlter(
        before=(*_history(current, desired, of_table), *(partitions if goes else ())),
        main=(
            *options,
            *keys.checks,
            *columns.modified,
            *columns.dropped,
            *columns.added,
            *keys.dropped,
            *keys.added,
            *_copy_clauses(columns.checked, writer),
        ),
        second=tuple(columns.second),
        after=() if goes else partitions,
    )


def _copy_clauses(checked: Sequence[bool], writer: Writer) -> Iterator[Clause]:
    """MariaDB looks at rows for a check in a definition of a column only where it copies the table (10.11)."""
    if checked and writer.is_mariadb:
        yield Clause("ALGORITHM=COPY", f"ALGORITHM={'COPY' if any(checked) else 'DEFAULT'}")


def _charset_words(found: Charset) -> str:
    return f"CHARSET {found.charset} COLLATE {found.collation}" if found.charset else ""


def _aligned(current: Table, desired: Table, changes: Iterable[Change]) -> Iterator[Check]:
    """The desired checks; one that is the same rule in another place stays in its place."""
    changed = {change.key.name for change in changes if isinstance(getattr(change, "desired", None), Check)}
    before = {check.name: check for check in current.checks}
    for check in desired.checks:
        yield before[check.name] if check.name in before and check.name not in changed else check


def _option_clauses(
    current: Table, desired: Table, change: Modify | None, writer: Writer
) -> Iterator[Clause]:
    if change is None:
        return
    fields = change.fields - _CHARSETS
    clauses = list(changed_option_clauses(current, desired, fields, writer))
    undos = list(changed_option_clauses(desired, current, fields - {"auto_increment"}, writer))
    if clauses:
        # The words that undo are others in number: an option that was put on is reset.
        yield Clause(
            ", ".join(clauses), ", ".join(undos), change, tuple(_option_hazards(current, desired, change))
        )


def _history(current: Table, desired: Table, change: Modify | None) -> Iterator[Clause]:
    """A history begins by a statement of its own: only then can columns be left out of it."""
    if (
        change
        and option(desired.options, SYSTEM_VERSIONING)
        and not option(current.options, SYSTEM_VERSIONING)
    ):
        cost = hazard.rewrites(change.key, "Every row gets the time from which it is valid.")
        yield Clause("ADD SYSTEM VERSIONING", "DROP SYSTEM VERSIONING", change, (cost,))


def _option_hazards(current: Table, desired: Table, change: Modify) -> Iterator[Hazard]:
    if "engine" in change.fields:
        yield hazard.rewrites(change.key, "Every row moves to the other engine.")
    if option(current.options, SYSTEM_VERSIONING) and not option(desired.options, SYSTEM_VERSIONING):
        yield hazard.deletes(change.key, "The history of its rows is gone.")


def _partition_clauses(
    current: Table, desired: Table, change: Modify | None, writer: Writer
) -> Iterator[Clause]:
    if change is None or _PARTITIONS not in change.fields:
        return
    for step in partition_steps(current.partition_by, desired.partition_by, writer):
        hazards = []
        if step.rewrites:
            hazards.append(hazard.rewrites(change.key, "Rows are written anew, into other partitions."))
        if step.deletes:
            hazards.append(hazard.deletes(change.key, "The rows of the partition are gone."))
        if step.may_fail:
            hazards.append(hazard.may_fail(change.key, "A row that fits no partition makes it fail."))
        yield Clause(step.clause, "", change, tuple(hazards))
