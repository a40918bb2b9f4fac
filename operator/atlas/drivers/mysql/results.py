"""What statements of a person answer with, as texts, for tests that compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.testing.output import ResultSet, readable

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession


def results_of(session: MySQLSession, statement: str) -> list[ResultSet]:
    """Run one statement; what has columns, values as the server writes them. Raises as ``MySQLSession.execute``."""
    return [
        ResultSet(columns, tuple(tuple(map(_text, row)) for row in rows))
        for columns, rows in session.answers(statement)
    ]


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bytes():
            return readable(value) or f"0x{value.hex()}"
        case _:
            return str(value)
