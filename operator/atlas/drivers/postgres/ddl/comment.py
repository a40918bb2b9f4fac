"""COMMENT ON everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, literal, quote
from atlas.drivers.postgres.ddl.routine import aggregate_signature, signature
from atlas.schema.identity import Key, Kind
from atlas.schema.objects import Aggregate, Routine

if TYPE_CHECKING:
    from atlas.schema.walk import Object

WORDS = {
    Kind.SCHEMA: "SCHEMA",
    Kind.EXTENSION: "EXTENSION",
    Kind.ENUM: "TYPE",
    Kind.COMPOSITE: "TYPE",
    Kind.RANGE: "TYPE",
    Kind.DOMAIN: "DOMAIN",
    Kind.SEQUENCE: "SEQUENCE",
    Kind.TABLE: "TABLE",
    Kind.VIEW: "VIEW",
    Kind.MATERIALIZED: "MATERIALIZED VIEW",
    Kind.FUNCTION: "FUNCTION",
    Kind.PROCEDURE: "PROCEDURE",
    Kind.AGGREGATE: "AGGREGATE",
}
"""How statements call the kinds that are no children."""

PHRASES = {
    Kind.ENUM: "enum type",
    Kind.COMPOSITE: "composite type",
    Kind.RANGE: "range type",
    Kind.MATERIALIZED: "materialized view",
    Kind.PRIMARY_KEY: "primary key",
    Kind.UNIQUE: "constraint",
    Kind.CHECK: "constraint",
    Kind.EXCLUDE: "constraint",
    Kind.FOREIGN_KEY: "constraint",
}
"""How people call the kinds whose value is not the word."""


def phrase(kind: Kind) -> str:
    """The kind in the words of comments."""
    return PHRASES.get(kind, kind.value)


def named(key: Key, item: Object, names: Names) -> str:
    """``FUNCTION "f" (integer)``: an object that is no child, as DROP, ALTER and COMMENT ON call it."""
    if isinstance(item, Routine):
        return f"{WORDS[key.kind]} {signature(item, names)}"
    if isinstance(item, Aggregate):
        return f"{WORDS[key.kind]} {aggregate_signature(item, names)}"
    if key.kind in {Kind.SCHEMA, Kind.EXTENSION}:
        return f"{WORDS[key.kind]} {quote(key.name)}"
    return f"{WORDS[key.kind]} {names.qualified(key.schema, key.name)}"


def comment_on(target: str, text: str) -> str:
    """COMMENT ON; '' takes the comment away."""
    return f"COMMENT ON {target} IS {literal(text) if text else 'NULL'}"
