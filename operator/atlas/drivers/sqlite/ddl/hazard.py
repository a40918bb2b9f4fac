"""What changes of a table can cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.risks import affinity, risks
from atlas.drivers.sqlite.ddl.table import has_default, rowid_alias
from atlas.drivers.sqlite.diff import canonical_type
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema import Key, Kind, key_of
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.sqlite.ddl.decide import Addition, Difference
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema.table import Column, Table

_NUMBERS = frozenset({"integer", "real", "numeric"})
_MAY_FAIL = HazardKind.MAY_FAIL


def _column_key(table: Table, name: str) -> Key:
    return Key(Kind.COLUMN, table.schema, table.name, name)


def of_dropped_table(table: Table) -> Hazard:
    """A table goes."""
    return Hazard(HazardKind.DELETES_DATA, key_of(table), f'All rows of "{table.name}" are deleted.')


def of_dropped_column(table: Table, column: Column) -> Iterator[Hazard]:
    """A column goes; what a generated one holds can be computed again."""
    if column.generated is None:
        text = f'The values of "{column.name}" are deleted.'
        yield Hazard(HazardKind.DELETES_DATA, _column_key(table, column.name), text)


def of_lost_columns(table: Table, different: Difference) -> tuple[Hazard, ...]:
    """What a rebuild does not bring along."""
    found = [hazard for column in different.dropped for hazard in of_dropped_column(table, column)]
    for current, desired in different.changed:
        if desired.generated and not current.generated:
            text = f'The values of "{desired.name}" are replaced by computed ones.'
            found.append(Hazard(HazardKind.DELETES_DATA, _column_key(table, desired.name), text))
        elif affinity(current.type) == "text" and affinity(desired.type) in _NUMBERS and not table.strict:
            text = f'Texts of "{desired.name}" that look like numbers become numbers: 007 becomes 7.'
            found.append(Hazard(HazardKind.DELETES_DATA, _column_key(table, desired.name), text))
    return tuple(found)


def of_addition(table: Table, addition: Addition) -> tuple[Hazard, ...]:
    """A column comes."""
    column = addition.column
    key = _column_key(table, column.name)
    found = []
    if not column.null and not has_default(column):
        found.append(
            Hazard(_MAY_FAIL, key, f'It fails if "{table.name}" has rows: they would have no value.')
        )
    found += [
        Hazard(
            _MAY_FAIL, child_key(table, check), f'It fails where a row of "{table.name}" breaks the check.'
        )
        for check in addition.checks
    ]
    return tuple(found)


def of_copy(pair: Pair, different: Difference) -> tuple[Hazard, ...]:
    """The rows go through everything that the new table demands."""
    table = pair.after
    text = f'Every row of "{table.name}" is written anew while nobody else can write.'
    found = [Hazard(HazardKind.REWRITES_TABLE, key_of(table), text)]
    for addition in different.additions:
        found += of_addition(table, addition)
    for current, desired in different.changed:
        found += _of_changed(pair.before, table, current, desired)
    if table.strict and not pair.before.strict:
        text = "It fails where a value is not of the type of its column."
        found.append(Hazard(_MAY_FAIL, key_of(table), text))
    found += risks(pair, different).hazards()
    return tuple(dict.fromkeys(found))


def _of_changed(before: Table, table: Table, current: Column, desired: Column) -> Iterator[Hazard]:
    key = _column_key(table, desired.name)
    alias = rowid_alias(before)
    if current.null and not desired.null and not has_default(desired) and desired.name != alias:
        yield Hazard(_MAY_FAIL, key, f'It fails where "{desired.name}" is NULL.')
    if table.strict and canonical_type(current.type) != canonical_type(desired.type):
        yield Hazard(_MAY_FAIL, key, f'It fails where a value of "{desired.name}" is not of the new type.')
