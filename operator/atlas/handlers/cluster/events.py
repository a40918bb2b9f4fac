"""Posting Events beside the passes: in the background, a few at once, and none is waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from atlas.errors import AtlasError
from atlas.handlers.keys import GROUP, VERSION
from atlas.handlers.turns.outcome import event_body

if TYPE_CHECKING:
    from logging import Logger

    from atlas.handlers.cluster.api import Cluster
    from atlas.handlers.keys import Key
    from atlas.handlers.turns.outcome import Event
    from atlas.reconcile.resource import Resource

AT_ONCE = 4
WAITING_LIMIT = 1000
"""Events that may wait; the ones after are dropped, for an API server in trouble needs no more requests."""


class EventPoster:
    """Belongs to one event loop."""

    def __init__(self, cluster: Cluster, host: str, logger: Logger) -> None:
        self._cluster = cluster
        self._host = host
        self._logger = logger
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, key: Key, resource: Resource, event: Event) -> None:
        """Post it soon."""
        if len(self._tasks) >= WAITING_LIMIT:
            return
        body = event_body(key, resource, event, f"{GROUP}/{VERSION}", self._host)
        task = asyncio.create_task(self._post(key.namespace, body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def flush(self, within_s: float) -> None:
        """Wait for what is on its way."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)

    async def _post(self, namespace: str, body: dict[str, object]) -> None:
        async with self._room:
            try:
                await self._cluster.post_event(namespace, body)
            except AtlasError as error:
                self._logger.warning("event not posted: %s", error)
