"""Whether a MySQL or MariaDB server takes connections: it speaks first, and nobody is logged in to hear it."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL

LOOK_S = 3.0
_HEADER = 4
_ERROR = 0xFF
_NOT_YET = {1040, 1053, 1203}
"""Too many connections, shutting down: https://mariadb.com/kb/en/mariadb-error-codes/."""


def server_answers(url: DatabaseURL) -> bool:
    """Hear the greeting; a refusal is an answer, unless it says that the server has no room or is going.

    NB: a connection that ends after the greeting counts against ``max_connect_errors`` of this host, until one succeeds;
    so this is for servers that did not answer a moment ago.
    """
    try:
        with _connected(url) as connection, connection.makefile("rb") as answer:
            first = answer.read(_HEADER + 3)[_HEADER:]
    except OSError:
        return False
    if not first:
        return False
    return first[0] != _ERROR or struct.unpack_from("<H", first + b"\0\0", 1)[0] not in _NOT_YET


def _connected(url: DatabaseURL) -> socket.socket:
    if not url.is_socket:
        return socket.create_connection((url.host or "localhost", url.port or 3306), LOOK_S)
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(LOOK_S)
        connection.connect(url.path)
    except OSError:
        connection.close()
        raise
    return connection
