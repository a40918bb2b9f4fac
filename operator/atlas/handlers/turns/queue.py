"""The work queue: level, not edge. One entry a key, and never one key twice at once.

Whatever asks for a pass adds the key; asking twice is asking once. A key added while it is being worked on is
worked on again afterwards. All methods belong to one event loop; nothing here knows what a pass is.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")


class WorkQueue(Generic[K]):
    """Keys to be worked on now or later, in the order of asking."""

    def __init__(self, now: Callable[[], float]) -> None:
        """``now`` is a clock that never goes back, in seconds."""
        self._now = now
        self._ready: deque[K] = deque()
        self._waiting: set[K] = set()
        self._active: set[K] = set()
        self._again: set[K] = set()
        self._timer_of: dict[K, int] = {}
        self._timers: list[tuple[float, int, K]] = []
        self._order = count()
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        """Keys that wait to be worked on now."""
        return len(self._ready)

    @property
    def active(self) -> int:
        """Keys that are being worked on."""
        return len(self._active)

    def add(self, key: K) -> None:
        """Ask for a pass as soon as possible; a later one that was asked for is no longer needed."""
        self._timer_of.pop(key, None)
        if key in self._active:
            self._again.add(key)
        elif key not in self._waiting:
            self._waiting.add(key)
            self._ready.append(key)
            self._changed.set()

    def add_after(self, key: K, delay_s: float) -> None:
        """Ask for a pass in so many seconds; replaces the time asked for before."""
        if key in self._waiting or key in self._again:
            return
        number = self._timer_of[key] = next(self._order)
        heapq.heappush(self._timers, (self._now() + delay_s, number, key))
        self._drop_stale_timers()
        self._changed.set()

    def forget(self, key: K) -> None:
        """Nobody needs a pass over this key any more; one that runs is left to end."""
        self._timer_of.pop(key, None)
        self._again.discard(key)
        if key in self._waiting:
            self._waiting.discard(key)
            self._ready.remove(key)

    async def get(self) -> K:
        """Wait for a key and take it; ``done`` must follow."""
        while True:
            next_due = self._promote_due()
            if self._ready:
                key = self._ready.popleft()
                self._waiting.discard(key)
                self._active.add(key)
                return key
            self._changed.clear()
            await self._sleep_until(next_due)

    def done(self, key: K) -> None:
        """The pass over this key has ended."""
        self._active.discard(key)
        if key in self._again:
            self._again.discard(key)
            self.add(key)

    async def _sleep_until(self, due: float | None) -> None:
        timeout = None if due is None else max(0.0, due - self._now())
        try:
            await asyncio.wait_for(self._changed.wait(), timeout)
        except TimeoutError:
            return

    def _promote_due(self) -> float | None:
        """Move what is due to the ready keys; returns when the next one is."""
        while self._timers:
            due, number, key = self._timers[0]
            is_stale = self._timer_of.get(key) != number
            if not is_stale and due > self._now():
                return due
            heapq.heappop(self._timers)
            if not is_stale:
                self.add(key)
        return None

    def _drop_stale_timers(self) -> None:
        """Replaced times stay in the heap until they are due: rebuild it when they are the most of it."""
        if len(self._timers) > 64 + 2 * len(self._timer_of):
            self._timers = [timer for timer in self._timers if self._timer_of.get(timer[2]) == timer[1]]
            heapq.heapify(self._timers)
