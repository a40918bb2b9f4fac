"""What statements of a person answer with, as texts, for tests that compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.testing.output import ResultSet, readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.session import MySQLSession


def results_of(session: MySQLSession, statement: str) -> list[ResultSet]:
    """Run one statement; what has columns, values as the server writes them. Raises as ``MySQLSession.execute``."""
    return sets_of(session.answers(statement))


def sets_of(answers: Iterable[tuple[tuple[str, ...], list[tuple[object, ...]]]]) -> list[ResultSet]:
    """The names and values of answers, as the server writes them."""
    return [ResultSet(columns, tuple(tuple(map(_text, row)) for row in rows)) for columns, rows in answers]


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bytes():
            return readable(value) or f"0x{value.hex()}"
        case _:
            return str(value)
