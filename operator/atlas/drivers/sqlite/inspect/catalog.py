"""The rows of SQLite's catalog, grouped by the table they belong to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

from atlas.errors import StatementFailed, Unsupported

if TYPE_CHECKING:
    from atlas.drivers.sqlite.session import SqliteSession

_OLDEST = (3, 37, 0)  # https://sqlite.org/releaselog/3_37_0.html: pragma_table_list and STRICT


class ObjectRow(NamedTuple):
    """A row of ``sqlite_schema``; ``sql`` is None for the indexes of constraints."""

    type: str
    name: str
    table: str
    sql: str | None


class TableRow(NamedTuple):
    """``type`` is ``table``, ``view``, ``virtual`` or ``shadow``."""

    name: str
    type: str
    without_rowid: int
    strict: int


class ColumnRow(NamedTuple):
    """``pk`` is the place in the primary key, from 1; ``hidden`` is 2 for VIRTUAL and 3 for STORED."""

    table: str
    name: str
    type: str
    not_null: int
    default: str | None
    pk: int
    hidden: int


class ForeignKeyRow(NamedTuple):
    """One column of a foreign key."""

    table: str
    number: int
    ref_table: str
    column: str
    ref_column: str | None
    on_update: str
    on_delete: str


class IndexPartRow(NamedTuple):
    """One part of an index; ``column`` is None for an expression."""

    table: str
    index_name: str
    unique: int
    origin: str
    partial: int
    cid: int
    column: str | None
    desc: int
    collation: str


@dataclass(slots=True)
class Catalog:
    """Everything; the lists are by name of the table, parts of indexes also by index, texts by index."""

    objects: tuple[ObjectRow, ...]
    tables: dict[str, TableRow]
    index_texts: dict[str, str]
    columns: dict[str, list[ColumnRow]] = field(default_factory=lambda: defaultdict(list))
    view_columns: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    foreign_keys: dict[str, dict[int, list[ForeignKeyRow]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    index_parts: dict[str, dict[str, list[IndexPartRow]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


def read_catalog(session: SqliteSession) -> Catalog:
    """Run the queries.

    Raises:
        Unsupported: The SQLite library is too old.
    """
    import sqlite3

    if sqlite3.sqlite_version_info < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        raise Unsupported(
            f"sqlite: declarative schemas need SQLite {oldest} or newer, found {sqlite3.sqlite_version}; "
            "use a Python that was built with one"
        )
    tables = [TableRow(*cast("tuple[str, str, int, int]", row)) for row in _rows(session, "tables")]
    objects = [ObjectRow(*cast("tuple[str, str, str, str | None]", row)) for row in _rows(session, "objects")]
    found = Catalog(
        objects=tuple(objects),
        tables={row.name: row for row in tables},
        index_texts={row.name: row.sql for row in objects if row.type == "index" and row.sql},
    )
    for row in _rows(session, "columns"):
        column = ColumnRow(*row)  # type: ignore[arg-type]  # the query says what it gives
        found.columns[column.table].append(column)
    for row in _rows(session, "foreign_keys"):
        key = ForeignKeyRow(*row)  # type: ignore[arg-type]
        found.foreign_keys[key.table][key.number].append(key)
    for row in _rows(session, "indexes"):
        part = IndexPartRow(*row)  # type: ignore[arg-type]
        found.index_parts[part.table][part.index_name].append(part)
    _read_view_columns(session, found)
    return found


def _read_view_columns(session: SqliteSession, found: Catalog) -> None:
    """A view may refer to what is not there; SQLite then tells of no view at all, and columns stay unknown."""
    if not any(row.type == "view" for row in found.objects):
        return
    try:
        rows = _rows(session, "view_columns")
    except StatementFailed:
        return
    for view, name, type_ in cast("list[tuple[str, str, str]]", rows):
        found.view_columns[view].append((name, type_))


def _rows(session: SqliteSession, name: str) -> list[tuple[object, ...]]:
    return session.query(files("atlas.drivers.sqlite").joinpath(f"sql/inspect_{name}.sql").read_text())
