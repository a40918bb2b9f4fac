"""What statements of a person answer with, as texts, for tests that compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.errors import translated
from atlas.engine.testing.output import ResultSet, readable

if TYPE_CHECKING:
    from atlas.drivers.sqlite.session import SqliteSession


def results_of(session: SqliteSession, statement: str) -> list[ResultSet]:
    """Run one statement; a list of one when it has columns, else of none. Raises as ``SqliteSession.execute``."""
    with translated(statement):
        cursor = session.connection.execute(statement)
        rows = cursor.fetchall()
    if cursor.description is None:
        return []
    columns = tuple(str(column[0]) for column in cursor.description)
    return [ResultSet(columns, tuple(tuple(map(_text, row)) for row in rows))]


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bytes():
            return readable(value) or f"x'{value.hex()}'"
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case _:
            return str(value)


_EXACT = 1e15
"""Beyond it the library itself prints an exponent."""
