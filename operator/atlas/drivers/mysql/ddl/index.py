"""Indexes and primary keys as clauses of CREATE and ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.table import Index, IndexPart, PrimaryKey

_HASHING = frozenset({"MEMORY", "NDB", "NDBCLUSTER"})
"""Engines whose indexes are hashes unless one says otherwise."""
_CLASSES = frozenset({"fulltext", "spatial"})


def index_clause(index: Index, writer: Writer, engine: str = "") -> str:
    """``UNIQUE INDEX `i` (`a` (10), `b` DESC)``; ``engine`` is that of the table."""
    words = [index.method.upper()] if index.method in _CLASSES else []
    words += ["UNIQUE"] if index.unique else []
    words += [f"INDEX {writer.name(index.name)}", _parts(index.parts, writer)]
    words += _method(index.method, engine)
    if index.parser:
        words.append(f"WITH PARSER {index.parser}")
    if index.comment:
        words.append(f"COMMENT {writer.text(index.comment)}")
    if index.invisible:
        words.append(visibility(index, writer))
    return " ".join(words)


def visibility(index: Index, writer: Writer) -> str:
    """Whether the optimizer looks at the index; the two servers have words of their own."""
    if writer.is_mariadb:
        return "IGNORED" if index.invisible else "NOT IGNORED"
    return "INVISIBLE" if index.invisible else "VISIBLE"


def primary_key_clause(key: PrimaryKey, writer: Writer, engine: str = "") -> str:
    """``PRIMARY KEY (`a`)``."""
    words = ["PRIMARY KEY", _parts(key.parts, writer), *_method(key.method, engine)]
    if key.comment:
        words.append(f"COMMENT {writer.text(key.comment)}")
    return " ".join(words)


def _method(method: str, engine: str) -> list[str]:
    if method in _CLASSES:
        return []
    if method in {"", "btree"}:
        return ["USING BTREE"] if engine.upper() in _HASHING else []
    return [f"USING {method.upper()}"]


def _parts(parts: Iterable[IndexPart], writer: Writer) -> str:
    return "(" + ", ".join(_part(part, writer) for part in parts) + ")"


def _part(part: IndexPart, writer: Writer) -> str:
    words = [writer.name(part.column) if part.column else f"({writer.sql(part.expr)})"]
    words += [f"({part.prefix})"] if part.prefix else []
    words += ["DESC"] if part.desc else []
    return " ".join(words)
