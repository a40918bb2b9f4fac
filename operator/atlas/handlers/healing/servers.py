"""Room on database servers: at most so many passes at once on each, and none for a while where it is down.

A pass that waits for room holds no thread. A server that refused several connections in a row is left alone
and then tried by one pass alone; all the others get the last answer without asking.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import ConnectFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

AT_ONCE = 8
"""Passes on one server; each holds one connection."""
TRIES = 3
"""Failed connections in a row before a server is left alone."""
REST_S = 10.0
"""How long it is left alone; shorter than any retry of an outage."""


@dataclass(slots=True)
class _Server:
    room: asyncio.Semaphore
    users: int = 0
    failures: int = 0
    closed_until: float = 0.0
    last_error: str = ""
    probing: bool = field(default=False)


class Servers:
    """All servers that passes have used; belongs to one event loop."""

    def __init__(self, now: Callable[[], float], at_once: int = AT_ONCE) -> None:
        self._now = now
        self._at_once = at_once
        self._servers: dict[str, _Server] = {}

    @asynccontextmanager
    async def room_on(self, server_key: str) -> AsyncIterator[None]:
        """Wait for room on a server, and keep it for the block.

        Raises:
            ConnectFailed: The server is being left alone; the message is what it said last.
        """
        server = self._servers.setdefault(server_key, _Server(asyncio.Semaphore(self._at_once)))
        server.users += 1
        is_probe = False
        try:
            async with server.room:
                is_probe = self._is_probe(server)
                yield
        finally:
            if is_probe:
                server.probing = False  # also where it ended before it asked the server anything
            server.users -= 1
            if not server.users and not server.failures:
                self._servers.pop(server_key, None)

    def connected(self, server_key: str) -> None:
        """A connection was made."""
        if server := self._servers.get(server_key):
            server.failures, server.probing, server.closed_until = 0, False, 0.0

    def refused(self, server_key: str, error: str) -> None:
        """A connection could not be made."""
        server = self._servers.get(server_key)
        if server is None:
            return
        server.failures += 1
        server.probing = False
        server.last_error = error
        if server.failures >= TRIES:
            server.closed_until = self._now() + REST_S

    def _is_probe(self, server: _Server) -> bool:
        """Whether this is the one that tries a server which was left alone; nobody else may."""
        if server.failures < TRIES:
            return False
        if self._now() < server.closed_until or server.probing:
            raise ConnectFailed(server.last_error)
        server.probing = True
        return True
