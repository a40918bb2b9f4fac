"""Rows of a query that a project file asks, in the types that SQLite has for values."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from atlas.drivers.sqlite.errors import translated
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.sqlite.database import SqliteDatabase

TIMEOUT_S: Final = 30
_STEPS: Final = 100_000


def read_rows(
    database: SqliteDatabase, query: str, arguments: Sequence[object], *, timeout_s: float = TIMEOUT_S
) -> list[tuple[object, ...]]:
    """The rows of one query, ``?`` standing for arguments; it may write nothing."""
    connection = database.session.connection
    ends = time.monotonic() + timeout_s
    with translated("PRAGMA query_only"):
        connection.execute("PRAGMA query_only = on")
    connection.set_progress_handler(lambda: int(time.monotonic() > ends), _STEPS)
    try:
        with translated(query):
            rows = connection.execute(query, tuple(arguments)).fetchall()
    except StatementFailed as error:
        if time.monotonic() > ends:
            text = f"the query took longer than {timeout_s:g} s"
            raise StatementFailed(f"sqlite: {text}", statement=query, text=text) from error
        raise
    return [tuple(map(_text, row)) for row in rows]


def _text(value: object) -> object:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
