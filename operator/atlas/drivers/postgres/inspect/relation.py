"""Views, materialized views, sequences and composite types; ``table`` has the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.column import columns_of, folded_sequences, limits
from atlas.drivers.postgres.inspect.index import index_of
from atlas.drivers.postgres.inspect.option import pairs, storage_options
from atlas.drivers.postgres.inspect.table import indexes_by_relation, table_of
from atlas.drivers.postgres.inspect.trigger import triggers_of
from atlas.schema.objects import Composite, MaterializedView, Sequence, View
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.schema.table import Table


def relations(found: Found) -> Iterator[Table | View | MaterializedView | Sequence | Composite]:
    """All of them; a sequence that is a part of its column is none."""
    folded = folded_sequences(found)
    indexes = indexes_by_relation(found)
    hidden = {row["oid"] for row in folded.values()}
    places = {row["oid"]: row for row in found.relations}
    for row in found.relations:
        match row["kind"]:
            case "r" | "p":
                yield table_of(found, row, folded, indexes.get(row["oid"], ()))
            case "v":
                yield _view(found, row)
            case "m":
                yield _materialized(found, row, indexes.get(row["oid"], ()))
            case "c":
                yield _composite(found, row)
            case _ if row["oid"] not in hidden:
                yield _sequence(found, row, places.get(row["sequence"]["owner"]))


def _view(found: Found, row: Row) -> View:
    options = pairs(row["options"])
    check_option = options.pop("check_option", "")
    return View(
        schema=found.schema(row),
        name=row["name"],
        definition=_query(row),
        columns=tuple(columns_of(found, row["oid"])),
        check_option=check_option.upper(),
        triggers=tuple(triggers_of(found, row["oid"])),
        comment=row["comment"] or "",
        options=options_of(options),
    )


def _materialized(found: Found, row: Row, indexes: tuple[Row, ...] | list[Row]) -> MaterializedView:
    return MaterializedView(
        schema=found.schema(row),
        name=row["name"],
        definition=_query(row),
        columns=tuple(columns_of(found, row["oid"])),
        indexes=tuple(index_of(found, each) for each in indexes),
        with_data=row["populated"],
        comment=row["comment"] or "",
        options=storage_options(row, access_method=row["access_method"]),
    )


def _query(row: Row) -> str:
    text: str = row["definition"]
    return text.strip().removesuffix(";")


def _composite(found: Found, row: Row) -> Composite:
    return Composite(
        schema=found.schema(row),
        name=row["name"],
        fields=tuple(columns_of(found, row["oid"])),
        comment=row["comment"] or "",
    )


def _sequence(found: Found, row: Row, owner: Row | None) -> Sequence:
    given: Row = row["sequence"]
    low, high = limits(given["type"], given["increment"])
    usual_start = given["min_value"] if given["increment"] > 0 else given["max_value"]
    return Sequence(
        schema=found.schema(row),
        name=row["name"],
        type=given["type"],
        start=None if given["start"] == usual_start else given["start"],
        increment=given["increment"],
        min_value=None if given["min_value"] == low else given["min_value"],
        max_value=None if given["max_value"] == high else given["max_value"],
        cache=given["cache"],
        cycle=given["cycle"],
        owned_by=_owned_by(found, given, owner),
        unlogged=row["unlogged"],
        comment=row["comment"] or "",
    )


def _owned_by(found: Found, given: Row, owner: Row | None) -> tuple[str, str] | None:
    if owner is None:
        return None
    return owner["name"], found.column_names(owner["oid"])[given["owner_column"]]
