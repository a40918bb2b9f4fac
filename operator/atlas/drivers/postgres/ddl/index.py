"""Indexes, and the parts that keys, exclusions and partition keys share with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import listed, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.postgres.ddl.names import Names
    from atlas.schema.options import Options
    from atlas.schema.table import Index, IndexPart


def part(item: IndexPart, names: Names) -> str:
    """One element of an index; an expression always in parentheses."""
    words = [quote(item.column) if item.column else f"({item.expr})"]
    if item.collation:
        words.append(f"COLLATE {names.collation(item.collation)}")
    if item.opclass:
        words.append(item.opclass)
    if item.desc:
        words.append("DESC")
    if item.nulls:
        words.append(f"NULLS {item.nulls.upper()}")
    if item.operator:
        words.append(f"WITH {item.operator}")
    return " ".join(words)


def parts(items: Iterable[IndexPart], names: Names) -> str:
    """The list in parentheses."""
    return f"({', '.join(part(each, names) for each in items)})"


def storage(options: Options) -> str:
    """``WITH (fillfactor = 70)`` with a space before it; '' without options."""
    pairs = ", ".join(f"{word} = {value}" for word, value in options if word not in NO_STORAGE)
    return f" WITH ({pairs})" if pairs else ""


NO_STORAGE = frozenset({"clustered", "replica_identity", "tablespace", "access_method", "of_type"})
"""Words of ``options`` that are no storage parameters."""


def tablespace(options: Options) -> str:
    """The TABLESPACE of an index or table, with a space before it."""
    return next((f" TABLESPACE {quote(value)}" for word, value in options if word == "tablespace"), "")


def create(index: Index, on: str, names: Names, *, words: str = "", name: str = "") -> str:
    """CREATE INDEX on the relation ``on``; ``words`` go behind INDEX, and ``name`` replaces the index's own.

    A part of a partitioned index is made on its own table and attached afterwards.
    """
    unique = "UNIQUE " if index.unique else ""
    method = f" USING {index.method}" if index.method not in {"", "btree"} else ""
    include = f" INCLUDE ({listed(index.include)})" if index.include else ""
    nulls = "" if index.nulls_distinct else " NULLS NOT DISTINCT"
    where = f" WHERE ({index.where})" if index.where else ""
    return (
        f"CREATE {unique}INDEX {words}{quote(name or index.name)} ON {on}{method} {parts(index.parts, names)}"
        f"{include}{nulls}{storage(index.options)}{tablespace(index.options)}{where}"
    )
