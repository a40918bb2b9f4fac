"""Ports of a pass, for a pool thread, over the event loop that owns the connections to the API server.

A thread waits here for short calls only; statements and registry requests never go through the loop.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from atlas.errors import ConnectFailed, TargetError, Unavailable
from atlas.handlers.keys import Ref
from atlas.reconcile.ports import CONFIG_MAP, SECRET

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Coroutine

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Clock, Database
    from atlas.handlers.healing.servers import Servers
    from atlas.handlers.objects import Objects
    from atlas.handlers.turns.outcome import StatusWriter
    from atlas.reconcile.ports import Stored

T = TypeVar("T")

PROGRESS_EVERY_S = 2.0
CALL_TIMEOUT_S = 60.0


def call(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the loop and wait for it in this thread.

    Raises:
        Unavailable: The loop has not answered in time.
    """
    future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    try:
        return future.result(CALL_TIMEOUT_S)
    except TimeoutError as error:
        future.cancel()
        raise Unavailable(f"the API server did not answer within {CALL_TIMEOUT_S:g}s") from error


class LoopReferences:
    """Secrets and ConfigMaps, read when they are needed and not kept."""

    def __init__(self, objects: Objects, loop: asyncio.AbstractEventLoop) -> None:
        self._objects = objects
        self._loop = loop

    def secret(self, namespace: str, name: str) -> Stored | None:
        return call(self._loop, self._objects.stored(Ref(SECRET, namespace, name)))

    def config_map(self, namespace: str, name: str) -> Stored | None:
        return call(self._loop, self._objects.stored(Ref(CONFIG_MAP, namespace, name)))


class WatchedTargets:
    """Opens targets and tells ``Servers`` how that went."""

    def __init__(
        self, opener: Callable[[DatabaseURL], Database], servers: Servers, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._open = opener
        self._servers = servers
        self._loop = loop

    def open(self, url: DatabaseURL) -> Database:
        try:
            database = self._open(url)
        except ConnectFailed as error:
            self._loop.call_soon_threadsafe(self._servers.refused, url.server_key, str(error))
            raise
        except TargetError:
            self._loop.call_soon_threadsafe(self._servers.connected, url.server_key)
            raise
        self._loop.call_soon_threadsafe(self._servers.connected, url.server_key)
        return database


class PassProgress:
    """One pass as the cluster sees it."""

    def __init__(
        self, writer: StatusWriter, stop: threading.Event, *, loop: asyncio.AbstractEventLoop, clock: Clock
    ) -> None:
        self._writer = writer
        self._stop = stop
        self._loop = loop
        self._clock = clock
        self._written_at = clock.monotonic()

    def announce(self, detail: str = "") -> None:
        self._written_at = self._clock.monotonic()  # a run begins; the wait for room before it is no progress
        if self._writer.must_announce:
            call(self._loop, self._writer.announce(detail))

    def files(self, done: int, total: int) -> None:
        self._tell(f"{done}/{total} files")

    def statements(self, done: int, total: int) -> None:
        self._tell(f"{done}/{total} statements")

    def _tell(self, text: str) -> None:
        """Write it, unless something was written a moment ago; a short run writes none."""
        now = self._clock.monotonic()
        if now - self._written_at >= PROGRESS_EVERY_S:
            self._written_at = now
            future = asyncio.run_coroutine_threadsafe(self._writer.progress(text), self._loop)
            future.add_done_callback(
                lambda ended: ended.cancelled() or ended.exception()
            )  # losing one is no error

    def should_stop(self) -> bool:
        return self._stop.is_set()
