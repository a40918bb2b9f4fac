"""The key of every object under its oid, as ``pg_depend`` names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atlas.drivers.postgres.inspect.column import folded_sequences
from atlas.drivers.postgres.inspect.index import follows_parent
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row

Address: TypeAlias = str
"""Oid of the catalog, oid of the object, number of the column or 0, as ``1259:16400:2``."""

# The oids of the catalogs themselves, the same on every server: src/include/catalog/pg_*.h.
PG_TYPE, PG_PROC, PG_CLASS = 1247, 1255, 1259
PG_ATTRDEF, PG_CONSTRAINT, PG_REWRITE = 2604, 2606, 2618
PG_TRIGGER, PG_EXTENSION, PG_POLICY = 2620, 3079, 3256

_RELATIONS = {
    "r": Kind.TABLE,
    "p": Kind.TABLE,
    "v": Kind.VIEW,
    "m": Kind.MATERIALIZED,
    "c": Kind.COMPOSITE,
    "S": Kind.SEQUENCE,
}
_TYPES = {"e": Kind.ENUM, "d": Kind.DOMAIN, "r": Kind.RANGE}
_CONSTRAINTS = {
    "p": Kind.PRIMARY_KEY,
    "u": Kind.UNIQUE,
    "f": Kind.FOREIGN_KEY,
    "c": Kind.CHECK,
    "x": Kind.EXCLUDE,
}
_ROUTINES = {"p": Kind.PROCEDURE, "a": Kind.AGGREGATE}


def keys_of(found: Found) -> dict[Address, Key]:
    """Keys by address. A type of a row, an array or a multirange stands for what it belongs to; a default for its column."""
    keys = dict(_extensions(found))
    relations = {row["oid"]: _relation_key(found, row) for row in found.relations}
    keys.update(_relations(found, relations))
    keys.update(_types(found))
    keys.update(_routines(found))
    keys.update(_constraints(found, relations))
    keys.update(_indexes(found, relations))
    keys.update(_rules(found, relations))
    for (table, number), sequence in folded_sequences(found).items():
        keys[_at(PG_CLASS, sequence["oid"])] = keys[_at(PG_CLASS, table, number)]
    keys.update(_members(found, keys))
    return keys


def _at(catalog: int, oid: str, number: int = 0) -> Address:
    return f"{catalog}:{oid}:{number}"


def _relation_key(found: Found, row: Row) -> Key:
    return Key(_RELATIONS[row["kind"]], found.schema(row), "", row["name"])


def _child(kind: Kind, relation: Key, name: str) -> Key:
    return Key(kind, relation.schema, relation.name, name)


def _extensions(found: Found) -> Iterator[tuple[Address, Key]]:
    for row in found.extensions:
        yield _at(PG_EXTENSION, row["oid"]), Key(Kind.EXTENSION, "", "", row["name"])


def _relations(found: Found, relations: dict[str, Key]) -> Iterator[tuple[Address, Key]]:
    for row in found.relations:
        key = relations[row["oid"]]
        yield _at(PG_CLASS, row["oid"]), key
        yield _at(PG_TYPE, row["row_type"]), key
        yield _at(PG_TYPE, row["array_type"]), key
        yield _at(PG_REWRITE, row["rule"]), key
        oid, is_table = row["oid"], key.kind is Kind.TABLE
        for column in found.columns.get(oid, ()):
            own = Key(Kind.COLUMN, key.schema, key.name, column["name"]) if is_table else key
            yield f"{PG_CLASS}:{oid}:{column['number']}", own
            if column["default_oid"]:
                yield _at(PG_ATTRDEF, column["default_oid"]), own


def _types(found: Found) -> Iterator[tuple[Address, Key]]:
    for row in found.types:
        key = Key(_TYPES[row["kind"]], found.schema(row), "", row["name"])
        for field in ("oid", "array_type", "multirange_type", "multirange_array_type"):
            yield _at(PG_TYPE, row[field]), key
        for constraint in found.constraints.get(row["oid"], ()):
            yield _at(PG_CONSTRAINT, constraint["oid"]), key


def _routines(found: Found) -> Iterator[tuple[Address, Key]]:
    for row in found.routines:
        arguments = ", ".join(row["identity"])
        if row["kind"] == "a":
            arguments = row["printed_arguments"] or "*"
        kind = _ROUTINES.get(row["kind"], Kind.FUNCTION)
        yield _at(PG_PROC, row["oid"]), Key(kind, found.schema(row), "", f"{row['name']}({arguments})")


def _constraints(found: Found, relations: dict[str, Key]) -> Iterator[tuple[Address, Key]]:
    for oid, relation in relations.items():
        for row in found.constraints.get(oid, ()):
            name = "" if row["kind"] == "p" else row["name"]
            key = _child(_CONSTRAINTS[row["kind"]], relation, name)
            yield _at(PG_CONSTRAINT, row["oid"]), key
            if row["kind"] in "pux":
                yield _at(PG_CLASS, row["index"]), key


def _indexes(found: Found, relations: dict[str, Key]) -> Iterator[tuple[Address, Key]]:
    for row in found.indexes.values():
        relation = relations.get(row["relation"])
        if relation is None or row["is_constraint"] or follows_parent(found, relation.name, row):
            continue
        yield _at(PG_CLASS, row["oid"]), _child(Kind.INDEX, relation, row["name"])


def _rules(found: Found, relations: dict[str, Key]) -> Iterator[tuple[Address, Key]]:
    for oid, relation in relations.items():
        for row in found.triggers.get(oid, ()):
            key = _child(Kind.TRIGGER, relation, row["name"])
            yield _at(PG_TRIGGER, row["oid"]), key
            if row["constraint"] is not None:
                yield _at(PG_CONSTRAINT, row["constraint"]), key
        for row in found.policies.get(oid, ()):
            yield _at(PG_POLICY, row["oid"]), _child(Kind.POLICY, relation, row["name"])


def _members(found: Found, keys: dict[Address, Key]) -> Iterator[tuple[Address, Key]]:
    """What an extension brought stands for the extension."""
    for row in found.depend:
        if row["is_member"] and (extension := keys.get(row["needed"])):
            yield row["dependent"], extension
