"""Opening a SQLite file, and saying in words why it does not open."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import AccessDenied, ConnectFailed

if TYPE_CHECKING:
    from atlas.drivers.sqlite.url import Target
    from atlas.errors import TargetError

BUSY_TIMEOUT_S = 5.0
_STEPS_BETWEEN_BREATHS = 100_000


def connect(target: Target) -> sqlite3.Connection:
    """Open the file, making it when it is missing, and apply the settings of the URL.

    Transactions are ours alone (``isolation_level=None``), and ``interrupt`` may come from another thread.

    Raises:
        ConnectFailed: It cannot be opened, or is no database.
        AccessDenied: The file system refuses.
    """
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(
            target.uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
        )
        # A statement runs inside the library, where Ctrl-C waits; here Python looks up, some times a second.
        connection.set_progress_handler(lambda: 0, _STEPS_BETWEEN_BREATHS)
        for name, value in target.pragmas:
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
        connection.execute("PRAGMA schema_version").fetchall()  # the first read; nothing was read to open it
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise _explained(target, error) from error
    return connection


def _explained(target: Target, error: sqlite3.Error) -> TargetError:
    name = target.path or ":memory:"
    path = Path(target.path)
    text = str(error)
    if target.path and path.is_dir():
        return ConnectFailed(f'sqlite: cannot open "{name}": it is a directory; expected a file')
    if target.path and not path.parent.exists():
        return ConnectFailed(
            f'sqlite: cannot open "{name}": no such directory "{path.parent}"; create it, or check the path of the URL'
        )
    if text == "file is not a database":
        return ConnectFailed(f'sqlite: "{name}": file is not a database; check the path of the URL')
    if text == "unable to open database file":
        kind = ConnectFailed if not path.exists() and "mode=r" in target.uri else AccessDenied
        reason = (
            "it does not exist" if kind is ConnectFailed else "check the rights of the file and its directory"
        )
        return kind(f'sqlite: cannot open "{name}": {text}: {reason}')
    return ConnectFailed(f'sqlite: cannot open "{name}": {text}')
