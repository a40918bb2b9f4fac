"""Whether a PostgreSQL server takes connections: a greeting without a password, which nobody is logged in by."""

from __future__ import annotations

import socket
import struct
from itertools import cycle
from typing import TYPE_CHECKING

from atlas.drivers.postgres.url import connection_arguments

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL

LOOK_S = 3.0
_PROTOCOL = 3 << 16
_NOT_YET = ("57P", "53300")
"""Starting up, shutting down, full: https://www.postgresql.org/docs/current/errcodes-appendix.html."""
_ANSWER_LIMIT = 4096


def server_answers(url: DatabaseURL) -> bool:
    """Ask each host of the URL briefly; a refusal is an answer, unless it says that the server is not ready yet."""
    arguments = connection_arguments(url)
    hosts = (arguments.get("hostaddr") or arguments.get("host") or "localhost").split(",")
    ports = cycle((arguments.get("port") or "5432").split(","))
    hello = _hello(arguments.get("user") or "atlas", url.database)
    return any(_answers(host, port or "5432", hello) for host, port in zip(hosts, ports, strict=False))


def _answers(host: str, port: str, hello: bytes) -> bool:
    try:
        with _connected(host, port) as connection:
            connection.sendall(hello)
            answer = connection.recv(_ANSWER_LIMIT)
    except (OSError, ValueError):
        return False
    return answer[:1] == b"R" or (answer[:1] == b"E" and not _code(answer).startswith(_NOT_YET))


def _connected(host: str, port: str) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)), LOOK_S)
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(LOOK_S)
        connection.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        connection.close()
        raise
    return connection


def _hello(user: str, database: str) -> bytes:
    """A StartupMessage: https://www.postgresql.org/docs/current/protocol-message-formats.html."""
    words = ("user", user, "database", database or user, "application_name", "atlas")
    body = struct.pack("!i", _PROTOCOL) + b"".join(word.encode() + b"\0" for word in words) + b"\0"
    return struct.pack("!i", len(body) + 4) + body


def _code(answer: bytes) -> str:
    """The SQLSTATE of an ErrorResponse, '' where it has none."""
    fields = answer[5:].split(b"\0")
    return next((field[1:].decode(errors="replace") for field in fields if field[:1] == b"C"), "")
