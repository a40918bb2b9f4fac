"""A whole database as a realm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.inspect.catalog import read_catalog
from atlas.drivers.sqlite.inspect.dependencies import dependencies
from atlas.drivers.sqlite.inspect.references import with_references
from atlas.drivers.sqlite.inspect.relation import table_of, view_of
from atlas.drivers.sqlite.text.names import folded
from atlas.drivers.sqlite.text.trigger import read_trigger
from atlas.schema import Realm, Schema, Unmodelled

if TYPE_CHECKING:
    from atlas.drivers.sqlite.inspect.catalog import Catalog, ObjectRow
    from atlas.drivers.sqlite.session import SqliteSession
    from atlas.schema.objects import SchemaObject
    from atlas.schema.table import Trigger

_INTERNAL = "sqlite_"
_MAIN = Schema(name="main")


def inspect(session: SqliteSession) -> Realm:
    """Read ``main``: tables in the order of creation, then views. Temporary and attached objects are not of it.

    Raises:
        Unsupported: A definition is not understood, or the library is too old.
    """
    catalog = read_catalog(session)
    rows = [row for row in catalog.objects if not row.name.startswith(_INTERNAL)]
    triggers = _triggers(rows)
    tables = [
        table_of(row, catalog, triggers.get(folded(row.name), ()))
        for row in rows
        if row.type == "table" and _kind(row, catalog) == "table"
    ]
    views = [view_of(row, catalog, triggers.get(folded(row.name), ())) for row in rows if row.type == "view"]
    objects: tuple[SchemaObject, ...] = (*with_references(tables), *views)
    return Realm(
        dialect="sqlite",
        schemas=(_MAIN,),
        objects=objects,
        dependencies=dependencies(objects),
        unmodelled=_unmodelled(rows, catalog),
    )


def _kind(row: ObjectRow, catalog: Catalog) -> str:
    found = catalog.tables.get(row.name)
    return found.type if found else row.type


def _triggers(rows: list[ObjectRow]) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for row in rows:
        if row.type == "trigger":
            found.setdefault(folded(row.table), []).append(read_trigger(row.sql or "", row.name))
    return {
        table: tuple(sorted(triggers, key=lambda trigger: trigger.name)) for table, triggers in found.items()
    }


def _unmodelled(rows: list[ObjectRow], catalog: Catalog) -> tuple[Unmodelled, ...]:
    """Virtual tables with what hangs on them; their shadow tables are a part of them."""
    virtual = {
        folded(row.name)
        for row in rows
        if row.type == "table" and _kind(row, catalog) in {"virtual", "shadow"}
    }
    found = [
        Unmodelled(kind="virtual table", name=f"main.{row.name}")
        for row in rows
        if row.type == "table" and _kind(row, catalog) == "virtual"
    ]
    found += [
        Unmodelled(kind=row.type, name=f"main.{row.name}", on=f"main.{row.table}")
        for row in rows
        if row.type in {"trigger", "index"} and folded(row.table) in virtual and row.sql
    ]
    return tuple(sorted(found, key=lambda each: (each.kind, each.name)))
