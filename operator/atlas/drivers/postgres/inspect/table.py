"""Tables and partitions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.column import columns_of
from atlas.drivers.postgres.inspect.constraint import constraints_of
from atlas.drivers.postgres.inspect.index import follows_parent, index_of
from atlas.drivers.postgres.inspect.option import pairs, storage_options
from atlas.drivers.postgres.inspect.text import bare, elements
from atlas.drivers.postgres.inspect.trigger import policies_of, triggers_of
from atlas.schema.table import IndexPart, PartitionBy, PartitionOf, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.drivers.postgres.inspect.column import Place
    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.schema.options import Options

_METHODS = {"r": "RANGE", "l": "LIST", "h": "HASH"}
_REPLICA_IDENTITY = {"f": "FULL", "n": "NOTHING"}


def table_of(found: Found, row: Row, folded: Mapping[Place, Row], indexes: Sequence[Row]) -> Table:
    """A table with everything that is in it; ``indexes`` are all of its own, those of constraints too."""
    constraints = constraints_of(found, row["oid"], row["name"])
    listed = [
        each for each in indexes if not each["is_constraint"] and not follows_parent(found, row["name"], each)
    ]
    parents = row["parents"] or []
    return Table(
        schema=found.schema(row),
        name=row["name"],
        columns=tuple(columns_of(found, row["oid"], folded)),
        primary_key=constraints.primary_key,
        uniques=tuple(constraints.uniques),
        indexes=tuple(index_of(found, each) for each in listed),
        foreign_keys=tuple(constraints.foreign_keys),
        checks=tuple(constraints.checks),
        excludes=tuple(constraints.excludes),
        triggers=tuple(triggers_of(found, row["oid"])),
        policies=tuple(policies_of(found, row["oid"])),
        partition_by=_partition_by(found, row),
        partition_of=_partition_of(row),
        inherits=() if row["bound"] else tuple((schema, name) for schema, name in parents),
        row_security=row["row_security"],
        forced_row_security=row["forced_row_security"],
        unlogged=row["unlogged"],
        comment=row["comment"] or "",
        options=_options(row, indexes),
    )


def indexes_by_relation(found: Found) -> dict[str, list[Row]]:
    """The indexes of each table and materialized view, sorted by name."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(found.indexes.values(), key=lambda row: row["name"]):
        groups[row["relation"]].append(row)
    return groups


def _partition_of(row: Row) -> PartitionOf | None:
    if row["bound"] is None:
        return None
    schema, table = row["parents"][0]
    return PartitionOf(schema=schema, table=table, bound=row["bound"])


def _partition_by(found: Found, row: Row) -> PartitionBy | None:
    given: Row | None = row["partition_key"]
    if given is None:
        return None
    names = found.column_names(row["oid"])
    expressions = iter(elements(given["expressions"] or ""))
    parts = tuple(_partition_part(given["printed"], key, names, expressions) for key in given["parts"])
    return PartitionBy(method=_METHODS[given["strategy"]], parts=parts)


def _partition_part(printed: str, key: Row, names: dict[int, str], expressions: Iterator[str]) -> IndexPart:
    expr = "" if key["number"] else next(expressions)
    collation = key["collation"] or ""
    # NB: whether an expression has this collation by itself is in no catalog, but in the printed key.
    if expr and f"{expr} COLLATE " not in printed and f"{expr}) COLLATE " not in printed:
        collation = ""
    return IndexPart(
        column=names[key["number"]] if key["number"] else "",
        expr=bare(expr),
        opclass=key["opclass"] or "",
        collation=collation,
    )


def _options(row: Row, indexes: Sequence[Row]) -> Options:
    clustered = next((each["name"] for each in indexes if each["clustered"]), None)
    identity = _REPLICA_IDENTITY.get(row["replica_identity"])
    if row["replica_identity"] == "i":
        identity = next(
            (f"USING INDEX {each['name']}" for each in indexes if each["replica_identity"]), "NOTHING"
        )
    return storage_options(
        row,
        **pairs(row["toast_options"], "toast."),
        access_method=row["access_method"],
        of_type=row["of_type"],
        replica_identity=identity,
        clustered=clustered,
    )
