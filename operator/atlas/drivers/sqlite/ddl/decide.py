"""What differs between the two states of a table, and whether ALTER TABLE can do it.

The limits are those of https://sqlite.org/lang_altertable.html, sections 4 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from atlas.drivers.sqlite.ddl.table import has_default, is_literal
from atlas.drivers.sqlite.diff import differs, said
from atlas.drivers.sqlite.text.names import folded, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema.table import Check, Column, ForeignKey, Index, PrimaryKey, Table, Unique

C = TypeVar("C", "ForeignKey", "Check")

_NOT_CONSTANT = frozenset({"current_date", "current_time", "current_timestamp"})


@dataclass(frozen=True, slots=True)
class Addition:
    """A new column, with the constraints that can stand at it."""

    column: Column
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How the table gets from ``before`` to ``after``.

    Attributes:
        is_rebuilt: It has to be made anew; nothing else but the columns then counts.
        dropped_indexes: Those of ``before`` that ``after`` has not, or has otherwise.
        added_indexes: Those of ``after`` that ``before`` has not, or has otherwise.
    """

    is_rebuilt: bool
    additions: tuple[Addition, ...] = ()
    dropped: tuple[Column, ...] = ()
    changed: tuple[tuple[Column, Column], ...] = ()
    dropped_indexes: tuple[Index, ...] = ()
    added_indexes: tuple[Index, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.is_rebuilt or self.additions or self.dropped or self.changed)


def difference(pair: Pair) -> Difference:
    """Compare the table of a pair."""
    before, after = pair.before, pair.after
    if before == after:
        return Difference(is_rebuilt=False)
    current = {column.name: column for column in before.columns}
    desired = {column.name: column for column in after.columns}
    added = tuple(column for column in after.columns if column.name not in current)
    dropped = tuple(column for column in before.columns if column.name not in desired)
    changed = tuple(
        (current[column.name], column)
        for column in after.columns
        if column.name in current and differs(current[column.name], column)
    )
    new_keys = _missing(after.foreign_keys, before.foreign_keys)
    new_checks = _missing(after.checks, before.checks)
    additions = tuple(_addition(column, added, new_keys, new_checks) for column in added)
    gone, come = _indexes(before.indexes, after.indexes)
    return Difference(
        is_rebuilt=bool(changed)
        or _are_constraints_changed(before, after)
        or _left_over(additions, new_keys, new_checks)
        or not all(_can_add(addition, after) for addition in additions)
        or not all(_can_drop(column, before, gone) for column in dropped),
        additions=additions,
        dropped=dropped,
        changed=changed,
        dropped_indexes=gone,
        added_indexes=come,
    )


def _are_constraints_changed(before: Table, after: Table) -> bool:
    """Keys, uniques and options cannot be altered at all, other constraints not be taken away."""
    return bool(
        (before.without_rowid, before.strict) != (after.without_rowid, after.strict)
        or (before.primary_key is None) != (after.primary_key is None)
        or (before.primary_key and after.primary_key and said(before.primary_key) != said(after.primary_key))
        or {said(unique) for unique in before.uniques} != {said(unique) for unique in after.uniques}
        or _missing(before.foreign_keys, after.foreign_keys)
        or _missing(before.checks, after.checks)
    )


def _missing(of: Iterable[C], there: Iterable[C]) -> list[C]:
    known = {said(item) for item in there}
    return [item for item in of if said(item) not in known]


def _indexes(
    before: tuple[Index, ...], after: tuple[Index, ...]
) -> tuple[tuple[Index, ...], tuple[Index, ...]]:
    current, desired = {said(index) for index in before}, {said(index) for index in after}
    return (
        tuple(index for index in before if said(index) not in desired),
        tuple(index for index in after if said(index) not in current),
    )


def _addition(
    column: Column, added: tuple[Column, ...], keys: list[ForeignKey], checks: list[Check]
) -> Addition:
    """A check stands at the last of the new columns that it names."""
    name = folded(column.name)
    later = {folded(each.name) for each in added[added.index(column) + 1 :]}
    return Addition(
        column,
        tuple(key for key in keys if [folded(each) for each in key.columns] == [name]),
        tuple(check for check in checks if name in (named := names_in(check.expr)) and not later & named),
    )


def _left_over(additions: tuple[Addition, ...], keys: list[ForeignKey], checks: list[Check]) -> bool:
    placed = sum(len(each.foreign_keys) + len(each.checks) for each in additions)
    return placed < len(keys) + len(checks)


def _can_add(addition: Addition, after: Table) -> bool:
    column = addition.column
    if column.generated:
        return not column.generated.stored and not _is_key(column, after)
    if column.default is not None and has_default(column):
        if addition.foreign_keys or not is_literal(column.default):
            return False
        if folded(column.default) in _NOT_CONSTANT:
            return False
    return not _is_key(column, after)


def _is_key(column: Column, table: Table) -> bool:
    keys: list[PrimaryKey | Unique] = [*table.uniques, *([table.primary_key] if table.primary_key else [])]
    return folded(column.name) in {folded(part.column) for key in keys for part in key.parts}


def _can_drop(column: Column, before: Table, gone: tuple[Index, ...]) -> bool:
    """Nothing else of the table may name it. Indexes that go are gone by then."""
    name = folded(column.name)
    texts = [check.expr for check in before.checks]
    texts += [each.generated.expr for each in before.columns if each.generated and each is not column]
    names = {folded(each) for key in before.foreign_keys for each in key.columns}
    for index in before.indexes:
        if index not in gone:
            names.update(folded(part.column) for part in index.parts)
            texts += [index.where, *(part.expr for part in index.parts)]
    return (
        not _is_key(column, before)
        and name not in names
        and all(name not in names_in(text) for text in texts)
    )
