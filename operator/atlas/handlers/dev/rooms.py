"""Room on dev servers: at most so many connections to each for dev databases, whatever their number of targets.

A pass asks for it from its thread, when it has a target open already. It does not wait long: whoever waits here holds a
thread and a connection that others could use.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import NoRoom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.database_url import DatabaseURL

EACH = 2
"""Connections of a dev database: its own, and one to the scratch database that it makes."""
WAIT_S = 1.0


class DevRooms:
    """Dev databases in use, by server. Belongs to all threads."""

    def __init__(self, connections: int, wait_s: float = WAIT_S) -> None:
        """``connections`` is how many a server may have; there is room for one dev database at least."""
        self._at_once = max(1, connections // EACH)
        self._wait_s = wait_s
        self._changed = threading.Condition()
        self._in_use: dict[str, int] = {}

    @contextmanager
    def room_on(self, url: DatabaseURL) -> Iterator[None]:
        """Keep room on the server of a dev database for the block.

        Raises:
            NoRoom: Others have all of it.
        """
        if url.driver == "sqlite":
            yield  # a file or memory of our own
            return
        key = url.server_key
        with self._changed:
            if not self._changed.wait_for(lambda: self._in_use.get(key, 0) < self._at_once, self._wait_s):
                raise NoRoom(
                    f"{self._at_once} dev databases on {key} are in use, which is all there may be: this waits for room"
                )
            self._in_use[key] = self._in_use.get(key, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._in_use[key] -= 1
                if not self._in_use[key]:
                    del self._in_use[key]
                self._changed.notify_all()
