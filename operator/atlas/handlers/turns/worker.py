"""Takes keys from the queue and gives each its turn. The loop here waits; the threads of the pool work.

A turn that ends in any way, a defect included, leaves its key with a time to come back, or off the queue
until something changes.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, NotFound
from atlas.handlers.turns.turn import fields

if TYPE_CHECKING:
    from logging import Logger

    from atlas.handlers.keys import Key
    from atlas.handlers.turns.queue import WorkQueue
    from atlas.handlers.turns.turn import Turns

BEGUN_AT_ONCE = 256
"""Turns that may wait for room or for the API server: each holds a directory in memory, none a thread."""
UNREACHABLE_S = 5.0
DEFECT_S = 60.0
CANCEL_S = 3.0


class Worker:
    """All turns of the process; belongs to one event loop."""

    def __init__(self, queue: WorkQueue[Key], logger: Logger) -> None:
        self._queue = queue
        self._logger = logger
        self._begun = asyncio.Semaphore(BEGUN_AT_ONCE)
        self._stops: dict[Key, threading.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, turns: Turns) -> None:
        """Work for ever."""
        while True:
            await self._begun.acquire()
            key = await self._queue.get()
            self._stops[key] = threading.Event()
            task = asyncio.create_task(self._turn(key, turns))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def stop(self, key: Key) -> None:
        """End the turn of this key between two statements, if it has one."""
        if found := self._stops.get(key):
            found.set()

    async def wind_down(self, turns: Turns, grace_s: float) -> None:
        """End all turns: between two statements within the time, then by cancelling the statements that still run."""
        if await self.drain(grace_s):
            return
        self._logger.warning("some runs did not stop within %gs: their statements are cancelled", grace_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(turns.cancel_statements), CANCEL_S)
        await self.drain(CANCEL_S)

    async def drain(self, grace_s: float) -> bool:
        """End all turns between two statements; returns whether they did within the time."""
        for found in self._stops.values():
            found.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_s)
        return not self._tasks

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._begun.release()

    async def _turn(self, key: Key, turns: Turns) -> None:
        delay_s: float | None = DEFECT_S
        try:
            delay_s = (await turns.take(key, self._stops[key])).delay_s
        except NotFound:
            delay_s = None  # deleted meanwhile; the watch says so too
        except AtlasError as error:
            self._logger.warning("%s: %s", error.reason, error, extra=fields(key))
            delay_s = UNREACHABLE_S
        except Exception:
            self._logger.exception("a turn ended by a defect", extra=fields(key))
        finally:
            del self._stops[key]
            if delay_s is not None:
                self._queue.add_after(key, delay_s)
            self._queue.done(key)
