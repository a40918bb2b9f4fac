"""Charsets as columns really have them, on both sides.

A column without a charset has that of its table, and a table that of its schema. When one of these changes, what is
below keeps what it had until a statement converts it: changing a default converts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.column import has_charset
from atlas.drivers.mysql.inspect.columns import Charset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.schema import Realm
    from atlas.schema.table import Column, Table


@dataclass(frozen=True, slots=True)
class Charsets:
    """The charsets of the schemas of both sides, by name. One that the desired state does not say stays."""

    current: Mapping[str, Charset]
    desired: Mapping[str, Charset]

    def tables(self, current: Table, desired: Table) -> tuple[Charset, Charset]:
        """What the two tables have."""
        return (
            _below(Charset(current.charset, current.collation), self.current.get(current.schema)),
            _below(Charset(desired.charset, desired.collation), self.desired.get(desired.schema)),
        )


def charsets_of(current: Realm, desired: Realm) -> Charsets:
    """The charsets of two realms."""
    before = {schema.name: Charset(schema.charset, schema.collation) for schema in current.schemas}
    after = {
        schema.name: _below(Charset(schema.charset, schema.collation), before.get(schema.name))
        for schema in desired.schemas
    }
    return Charsets(before, {**before, **after})


def effective(column: Column, table: Charset) -> Column:
    """``column`` with its charset spelled out; as it is where it has none, or nobody knows."""
    if not has_charset(column) or not table.collation:
        return column
    found = _below(Charset(column.charset, column.collation), table)
    return replace(column, charset=found.charset, collation=found.collation)


def _below(said: Charset, parent: Charset | None) -> Charset:
    if parent is None:
        return said
    if said.charset:
        return said
    return Charset(parent.charset, said.collation) if said.collation else parent
