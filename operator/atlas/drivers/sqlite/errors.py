"""The wall between ``sqlite3`` and Atlas: every exception of the library becomes one of ours here."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.engine.mask import mask_text, mask_words
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
        raise _refused(error, statement) from error


def _programming_error(error: sqlite3.ProgrammingError, statement: str) -> ConnectFailed | StatementFailed:
    if "closed database" in str(error):
        return ConnectFailed(f"sqlite: {error}")
    return _refused(error, statement)


def _refused(error: Exception, statement: str) -> StatementFailed:
    text = mask_words(str(error), statement)
    return StatementFailed(f"sqlite: {text}", statement=mask_text(statement), text=text)
