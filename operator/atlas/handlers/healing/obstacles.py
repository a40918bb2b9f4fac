"""What holds resources up from outside and ends by itself: a registry or a server that is away, a lock in other hands.

Each is looked for by one look at a time, whoever waits for it, and whoever waits is woken when it is gone; nobody's
``failed`` knows of looks. Retries go on beside it, so that nothing depends on a look. ``found`` and what is named so are
for threads, everything else belongs to one event loop.
"""

from __future__ import annotations

import asyncio
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from atlas.errors import ConnectFailed
from atlas.handlers.healing.obstacle import KINDS, REGISTRY, Kind, Obstacle, Watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from logging import Logger

    from atlas.handlers.keys import Key

    Sleep = Callable[[float], Awaitable[object]]

SPREAD = 0.1
WAKE_WITHIN_S = 3.0
"""A crowd that waited begins within so many seconds, not all at once."""
LATELY_S = 60.0
"""What is met again so soon after it was gone is not gone: each time the next pause comes before it is believed."""
_LOOKS_AT_ONCE = 64
"""Of each kind."""


class Obstacles:
    """All that is looked for. Nothing is remembered for long of those that are gone, and no URL of them at all."""

    def __init__(
        self,
        wake: Callable[[Key, float], None],
        logger: Logger,
        *,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], float] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Belongs to the running event loop.

        Args:
            wake: Has a pass over a key begin in so many seconds.
            logger: Is told of what is away and back.
            sleep: Passes the time between looks.
            now: A clock that never goes back; None is that of the loop.
            chance: A random number in [0, 1).
        """
        self._wake = wake
        self._logger = logger
        self._sleep = sleep
        self._loop = asyncio.get_running_loop()
        self._now = now or self._loop.time
        self._chance = chance
        self._lock = threading.Lock()
        self._watched: dict[tuple[Kind, str], Watch] = {}
        self._lately: dict[tuple[Kind, str], tuple[float, int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False
        # NB: a look at a lock keeps room on its server meanwhile, and must not queue behind servers that never answer.
        self._pools = {
            kind: ThreadPoolExecutor(_LOOKS_AT_ONCE, thread_name_prefix=f"look-{kind.name}") for kind in KINDS
        }

    def count(self, kind: Kind) -> int:
        """How many of this kind are there and looked for."""
        return sum(watch.kind == kind and watch.was_seen for watch in self._all())

    def found(self, kind: Kind, place: str) -> Watch | None:
        """What is looked for at a place."""
        with self._lock:
            return self._watched.get((kind, place))

    def met(self, obstacle: Obstacle) -> Watch:
        """Somebody has met it: it is looked for from now on."""
        watch, is_new = self._watch_of(obstacle)
        if is_new:
            self._begin(watch)
        return watch

    def met_by_thread(self, obstacle: Obstacle) -> Watch:
        """As ``met``."""
        watch, is_new = self._watch_of(obstacle)
        if is_new:
            self._loop.call_soon_threadsafe(self._begin, watch)
        return watch

    def note(self, key: Key, met: Collection[Watch]) -> float | None:
        """A pass over a key has met these, and no others; seconds until the next one, if one of them is gone by now."""
        for watch in self._all():
            was_let_through = key in watch.passing
            watch.passing.discard(key)
            if watch in met:
                watch.strikes += was_let_through
                continue
            watch.waiting.pop(key, None)
            if was_let_through:
                watch.nudge.set()  # it has let go of the lock
        for watch in met:
            if not watch.is_over:
                watch.waiting.setdefault(key)
        is_gone = any(watch.is_over and watch.was_seen for watch in met)
        return self._chance() * WAKE_WITHIN_S if is_gone else None

    def passed(self, kind: Kind, place: str) -> None:
        """Somebody got through: nobody needs to look. What no look has seen may have failed alone, and goes on alone."""
        watch = self.found(kind, place)
        if watch and watch.was_seen:
            self._end(watch)
        elif watch and kind == REGISTRY:
            self._drop(watch)  # nobody shall wait for a verdict of a look that hangs

    def passed_by_thread(self, kind: Kind, place: str) -> None:
        """As ``passed``."""
        if self.found(kind, place):
            self._loop.call_soon_threadsafe(self.passed, kind, place)

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self.note(key, ())

    def close(self) -> None:
        """Look no longer, and let nobody wait for a verdict."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        for watch in self._all():
            self._drop(watch)
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _all(self) -> list[Watch]:
        with self._lock:
            return list(self._watched.values())

    def _watch_of(self, obstacle: Obstacle) -> tuple[Watch, bool]:
        with self._lock:
            watch = self._watched.get((obstacle.kind, obstacle.place))
            if watch:
                watch.obstacle = obstacle
                return watch, False
            watch = self._watched[obstacle.kind, obstacle.place] = Watch(obstacle)
            return watch, True

    def _begin(self, watch: Watch) -> None:
        if self._is_closed:
            self._drop(watch)
            return
        watch.strikes = self._strikes(watch)
        task = self._loop.create_task(self._look_for(watch))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _strikes(self, watch: Watch) -> int:
        """How often it was said to be gone lately, and was not."""
        now = self._now()
        self._lately = {place: seen for place, seen in self._lately.items() if now - seen[0] < LATELY_S}
        _, strikes = self._lately.get((watch.kind, watch.place), (now, -1))
        return min(strikes + 1, len(watch.kind.pauses_s))

    async def _look_for(self, watch: Watch) -> None:
        try:
            is_believed = watch.strikes in (0, len(watch.kind.pauses_s))
            if watch.kind.is_judged and is_believed and await self._is_gone(watch):
                return  # it is there: what failed, failed alone, and is woken by nobody
            while not watch.is_over:
                await self._pause(watch)
                if not watch.is_wanted():
                    return
                if await self._is_gone(watch):
                    self._let_through(watch)
        finally:
            self._drop(watch)

    async def _is_gone(self, watch: Watch) -> bool:
        obstacle = watch.obstacle
        try:
            async with obstacle.room():
                is_gone = await self._loop.run_in_executor(self._pools[watch.kind], obstacle.is_gone)
        except ConnectFailed:
            is_gone = False  # its server is being left alone
        except Exception:
            self._logger.exception("a look at %s ended by a defect", watch.place)
            return True  # whoever waits finds out by himself, which is safe
        if not is_gone and not watch.was_seen and not watch.is_over:
            self._see(watch)
        return is_gone

    def _see(self, watch: Watch) -> None:
        watch.was_seen = True
        watch.verdict.set()
        if watch.kind.words:
            self._logger.warning(
                "%s %s does not answer, and is looked for from now on%s",
                watch.kind.words,
                watch.place,
                f": {watch.obstacle.why}" if watch.obstacle.why else "",
            )

    async def _pause(self, watch: Watch) -> None:
        spread = 1 - SPREAD + 2 * SPREAD * self._chance()
        waits = [
            asyncio.ensure_future(self._sleep(watch.next_pause_s() * spread)),
            asyncio.ensure_future(watch.nudge.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            watch.nudge.clear()

    def _let_through(self, watch: Watch) -> None:
        """All, or one; the others are next when that one has let go of it, or was not heard of for long."""
        # Whoever was let through may not have begun yet, so that a lock found free is as good as taken.
        is_taken = watch.passing and watch.looks <= len(watch.kind.pauses_s)
        if watch.kind.lets_all_through or (len(watch.waiting) <= 1 and not is_taken):
            self._end(watch)
            return
        if is_taken:
            return
        watch.passing.clear()
        key = next(iter(watch.waiting))
        del watch.waiting[key]
        watch.passing.add(key)
        watch.looks = 0
        self._wake(key, 0.0)

    def _end(self, watch: Watch) -> None:
        """It is gone: everybody may go on."""
        if watch.is_over:
            return
        self._drop(watch)
        waiting, watch.waiting = watch.waiting, {}
        self._lately[watch.kind, watch.place] = (self._now(), watch.strikes)
        watch.obstacle.when_gone()
        if watch.kind.words and watch.was_seen:
            self._logger.warning(
                "%s %s answers again: %d resources are looked at", watch.kind.words, watch.place, len(waiting)
            )
        within_s = WAKE_WITHIN_S if len(waiting) > 1 else 0.0
        for key in waiting:
            self._wake(key, self._chance() * within_s)

    def _drop(self, watch: Watch) -> None:
        """Look for it no longer, and wake nobody."""
        with self._lock:
            if self._watched.get((watch.kind, watch.place)) is watch:
                del self._watched[watch.kind, watch.place]
            watch.is_over = True
        watch.verdict.set()
        watch.nudge.set()
