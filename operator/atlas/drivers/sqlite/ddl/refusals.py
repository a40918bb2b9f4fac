"""What SQLite has not, and what a rebuild must not lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.schema import key_of
from atlas.schema.objects import View
from atlas.schema.table import Table
from atlas.schema.walk import child_key, children

if TYPE_CHECKING:
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema import Realm
    from atlas.schema.table import Index

_OF_OTHERS = ("excludes", "policies", "partition_by", "partition_of", "inherits", "unlogged", "row_security")


def refuse_foreign(desired: Realm) -> None:
    """Refuse objects of other databases.

    Raises:
        Unsupported: With the object.
    """
    for schema in desired.schemas:
        if schema.name != "main":
            raise Unsupported(f'sqlite: schema "{schema.name}": SQLite has one schema, "main"')
    for item in desired.objects:
        if not isinstance(item, Table | View):
            raise Unsupported(f"sqlite: {key_of(item)}: SQLite has no such objects")
        if isinstance(item, Table):
            _refuse_parts(item)


def _refuse_parts(table: Table) -> None:
    for name in _OF_OTHERS:
        if getattr(table, name):
            raise Unsupported(f"sqlite: {key_of(table)}: SQLite has no {name.replace('_', ' ')}")
    for index in table.indexes:
        _refuse_index(table, index)
    if not table.columns:
        raise Unsupported(f"sqlite: {key_of(table)}: expected at least one column")
    for child in (table, *children(table)):
        if getattr(child, "comment", ""):
            key = key_of(table) if child is table else child_key(table, child)  # type: ignore[arg-type]
            raise Unsupported(f"sqlite: {key}: SQLite keeps no comments; take the comment out")


def _refuse_index(table: Table, index: Index) -> None:
    if (
        index.include
        or index.method
        or index.parser
        or any(part.prefix or part.opclass for part in index.parts)
    ):
        raise Unsupported(
            f"sqlite: {child_key(table, index)}: SQLite indexes are plain B-trees; expected columns and expressions"
        )


def refuse_lost(current: Realm, pair: Pair) -> None:
    """Refuse to rebuild a table that holds what the patterns of the scope hide: it would not come back.

    Raises:
        Unsupported: With the table and what it holds.
    """
    hidden = sorted(
        key for key in current.excluded if key.kind.is_child and key.relation == pair.current.name
    )
    if hidden:
        raise Unsupported(
            f"sqlite: {key_of(pair.after)} has to be made anew, which would lose {hidden[0]}, that is excluded; "
            "include it, or change the table by a versioned migration"
        )
