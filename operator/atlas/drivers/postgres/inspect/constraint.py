"""Keys, foreign keys, checks and exclusion constraints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.index import included, index_parts
from atlas.drivers.postgres.inspect.option import storage_options
from atlas.drivers.postgres.inspect.text import bare, default_name
from atlas.schema.table import Check, Exclude, ForeignKey, PrimaryKey, Unique

if TYPE_CHECKING:
    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row

ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}


@dataclass(slots=True)
class Constraints:
    """What constrains one table or domain, with the oids of each under its kind and name."""

    primary_key: PrimaryKey | None = None
    uniques: list[Unique] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    excludes: list[Exclude] = field(default_factory=list)


def constraints_of(found: Found, oid: str, table_name: str = "") -> Constraints:
    """The constraints of a table or domain, sorted by name."""
    result = Constraints()
    for row in sorted(found.constraints.get(oid, ()), key=lambda row: row["name"]):
        match row["kind"]:
            case "p":
                result.primary_key = _primary_key(found, row, table_name)
            case "u":
                result.uniques.append(_unique(found, row))
            case "f":
                result.foreign_keys.append(_foreign_key(found, row))
            case "c":
                result.checks.append(_check(row))
            case _:
                result.excludes.append(_exclude(found, row))
    return result


def _primary_key(found: Found, row: Row, table_name: str) -> PrimaryKey:
    index = found.indexes[row["index"]]
    return PrimaryKey(
        parts=index_parts(found, index),
        name="" if row["name"] == default_name(table_name, "", "pkey") else row["name"],
        include=included(found, index),
        deferrable=row["deferrable"],
        initially_deferred=row["initially_deferred"],
        comment=row["comment"] or "",
        options=storage_options(index),
    )


def _unique(found: Found, row: Row) -> Unique:
    index = found.indexes[row["index"]]
    return Unique(
        name=row["name"],
        parts=index_parts(found, index),
        include=included(found, index),
        nulls_distinct=not index["nulls_not_distinct"],
        deferrable=row["deferrable"],
        initially_deferred=row["initially_deferred"],
        comment=row["comment"] or "",
        options=storage_options(index),
    )


def _foreign_key(found: Found, row: Row) -> ForeignKey:
    names = found.column_names(row["relation"])
    return ForeignKey(
        name=row["name"],
        columns=tuple(names[number] for number in row["columns"]),
        ref_schema=row["ref_schema"],
        ref_table=row["ref_table"],
        ref_columns=tuple(row["ref_columns"]),
        on_update=ACTIONS[row["on_update"]],
        on_delete=ACTIONS[row["on_delete"]],
        match="FULL" if row["match"] == "f" else "",
        delete_columns=tuple(names[number] for number in row["delete_columns"] or ()),
        deferrable=row["deferrable"],
        initially_deferred=row["initially_deferred"],
        validated=row["validated"],
        comment=row["comment"] or "",
    )


def _check(row: Row) -> Check:
    return Check(
        name=row["name"],
        expr=bare(row["expr"]),
        no_inherit=row["no_inherit"],
        enforced=row["enforced"],
        validated=row["validated"],
        comment=row["comment"] or "",
    )


def _exclude(found: Found, row: Row) -> Exclude:
    index = found.indexes[row["index"]]
    return Exclude(
        name=row["name"],
        parts=index_parts(found, index, row["operators"]),
        method=index["method"],
        include=included(found, index),
        where=bare(index["predicate"]),
        deferrable=row["deferrable"],
        initially_deferred=row["initially_deferred"],
        comment=row["comment"] or "",
        options=storage_options(index),
    )
