"""Why a change of a kind of object has no case on a driver: patterns of ``driver kind change``, the first that fits counts."""

from __future__ import annotations

_NO_SQLITE = "SQLite has no such object"
_NO_MARIADB = "MariaDB has no such object"
_NOT_THERE = "the server has no such property"
_OTHER = "a property of another server"

REASONS: dict[str, str] = {
    **{
        f"sqlite {kind} *": _NO_SQLITE
        for kind in (
            *("extension", "enum", "domain", "composite", "range", "sequence", "exclude", "policy"),
            *("materialized", "function", "procedure", "aggregate", "event"),
        )
    },
    **{
        f"mariadb {kind} *": _NO_MARIADB
        for kind in (
            *("extension", "enum", "domain", "composite", "range", "exclude", "policy", "materialized"),
            *("aggregate", "unique"),
        )
    },
    "postgres event *": "PostgreSQL has no such object",
    "sqlite schema *": "a SQLite file is one schema",
    "* rename": "objects of this kind are dropped and made again: nothing is lost by it",
}
