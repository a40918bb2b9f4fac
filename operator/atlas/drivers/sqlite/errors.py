"""The wall between ``sqlite3`` and Atlas: every exception of the library becomes one of ours here."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import ConnectFailed, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

# https://sqlite.org/rescode.html: after these nobody can say what reached the disk.
_BROKEN = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN}
)
_PRIMARY_CODE = 0xFF


@contextmanager
def translated(statement: str) -> Iterator[None]:
    """Run a block of the library's calls for one statement."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        raise _programming_error(error, statement) from error
    except (sqlite3.Error, sqlite3.Warning) as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        if code in _BROKEN:
            raise ConnectFailed(f"sqlite: {error}") from error
        raise StatementFailed(f"sqlite: {error}", statement=statement, text=str(error)) from error


def _programming_error(error: sqlite3.ProgrammingError, statement: str) -> ConnectFailed | StatementFailed:
    if "closed database" in str(error):
        return ConnectFailed(f"sqlite: {error}")
    return StatementFailed(f"sqlite: {error}", statement=statement, text=str(error))
