"""What holds resources up from outside and ends by itself: a database server that is away, a lock in other hands.

Each is looked for by one look at a time, whoever waits for it, and whoever waits is woken when it is gone; nobody's
``failed`` knows of looks. Retries go on beside it, so that nothing depends on a look. Belongs to one event loop.
"""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from atlas.errors import ConnectFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from contextlib import AbstractAsyncContextManager
    from logging import Logger

    from atlas.handlers.keys import Key

    Sleep = Callable[[float], Awaitable[object]]

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 10.0)
"""Between looks; the last one for as long as it takes."""
SPREAD = 0.1
WAKE_WITHIN_S = 3.0
"""Whoever waited for a server begins within so many seconds, not all at once."""
LATELY_S = 60.0
"""What is met again so soon after it was gone is not gone: each time the next pause comes before it is believed."""
_LOOKS_AT_ONCE = 32
"""Of each kind."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle; equal by its kind and place.

    Attributes:
        kind: A server lets everybody through when it is back, a lock one at a time.
        place: The server, and for a lock the database; shown in logs.
        is_gone: One look, in a thread. It may take a few seconds.
        when_gone: Called once when it is gone, before anybody is woken.
        room: What a look has to wait for.
    """

    kind: Literal["server", "lock"]
    place: str
    is_gone: Callable[[], bool] = field(compare=False, repr=False)
    when_gone: Callable[[], None] = field(compare=False, repr=False, default=lambda: None)
    room: Callable[[], AbstractAsyncContextManager[None]] = field(
        compare=False, repr=False, default=nullcontext
    )


@dataclass(slots=True, eq=False)
class _Watched:
    """An obstacle and who waits for it, in the order of coming; ``was_seen`` once a look found it."""

    obstacle: Obstacle
    strikes: int
    waiting: dict[Key, None] = field(default_factory=dict)
    was_seen: bool = False
    looks: int = 0
    passing: set[Key] = field(default_factory=set)
    nudge: asyncio.Event = field(default_factory=asyncio.Event)


class Obstacles:
    """All that somebody waits for. Nothing is remembered for long of those that are gone."""

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
            logger: Is told of servers that are away and back.
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
        self._watched: dict[Obstacle, _Watched] = {}
        self._lately: dict[Obstacle, tuple[float, int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False
        # NB: a look at a lock keeps room on its server meanwhile, and must not queue behind servers that never answer.
        self._pools = {
            kind: ThreadPoolExecutor(_LOOKS_AT_ONCE, thread_name_prefix=f"look-{kind}")
            for kind in ("server", "lock")
        }

    def count(self, kind: str) -> int:
        """How many of this kind somebody waits for."""
        return sum(one.obstacle.kind == kind and one.was_seen for one in self._watched.values())

    def note(self, key: Key, met: Iterable[Obstacle]) -> None:
        """A pass over a key has met these, and no others."""
        met = () if self._is_closed else tuple(met)
        for obstacle, watched in self._watched.items():
            was_let_through = key in watched.passing
            watched.passing.discard(key)
            if obstacle in met:
                watched.strikes += was_let_through
                continue
            watched.waiting.pop(key, None)
            if was_let_through:
                watched.nudge.set()  # it has let go of the lock
        for obstacle in met:
            self._begun(obstacle).waiting.setdefault(key)

    def passed(self, kind: str, place: str) -> None:
        """Somebody got through: nobody needs to look. What no look has seen may have failed alone, and goes on alone."""
        for watched in list(self._watched.values()):
            if watched.was_seen and (watched.obstacle.kind, watched.obstacle.place) == (kind, place):
                self._end(watched)

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self.note(key, ())

    def close(self) -> None:
        """Look no longer."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _begun(self, obstacle: Obstacle) -> _Watched:
        found = self._watched.get(obstacle)
        if found is None:
            found = self._watched[obstacle] = _Watched(obstacle, self._strikes(obstacle))
            task = self._loop.create_task(self._watch(found))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return found

    def _strikes(self, obstacle: Obstacle) -> int:
        """How often it was said to be gone lately, and was not."""
        now = self._now()
        self._lately = {one: seen for one, seen in self._lately.items() if now - seen[0] < LATELY_S}
        if obstacle not in self._lately:
            return 0
        return min(self._lately[obstacle][1] + 1, len(PAUSES_S))

    async def _watch(self, watched: _Watched) -> None:
        is_server = watched.obstacle.kind == "server"
        if is_server and watched.strikes in (0, len(PAUSES_S)) and await self._is_gone(watched):
            self._drop(watched)  # it answers: what failed, failed alone, and is woken by nobody
            return
        while watched.waiting:
            await self._pause(watched)
            if watched.waiting and await self._is_gone(watched):
                if is_server or len(watched.waiting) == 1:
                    self._end(watched)
                    return
                self._let_one_through(watched)
        self._drop(watched)

    async def _is_gone(self, watched: _Watched) -> bool:
        try:
            async with watched.obstacle.room():
                pool = self._pools[watched.obstacle.kind]
                is_gone = await self._loop.run_in_executor(pool, watched.obstacle.is_gone)
        except ConnectFailed:
            is_gone = False  # its server is being left alone
        except Exception:
            self._logger.exception("a look at %s ended by a defect", watched.obstacle.place)
            return True  # whoever waits finds out by himself, which is safe
        if not is_gone and not watched.was_seen:
            watched.was_seen = True
            if watched.obstacle.kind == "server":
                self._logger.warning(
                    "the database server %s does not answer, and is looked for from now on",
                    watched.obstacle.place,
                )
        return is_gone

    async def _pause(self, watched: _Watched) -> None:
        pause_s = PAUSES_S[min(watched.strikes + watched.looks, len(PAUSES_S) - 1)]
        watched.looks += 1
        spread = 1 - SPREAD + 2 * SPREAD * self._chance()
        waits = [
            asyncio.ensure_future(self._sleep(pause_s * spread)),
            asyncio.ensure_future(watched.nudge.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            watched.nudge.clear()

    def _let_one_through(self, watched: _Watched) -> None:
        """A lock is free for one; the others are next when that one has let go of it, or was not heard of for long."""
        if watched.passing and watched.looks <= len(PAUSES_S):
            return
        watched.passing.clear()
        key = next(iter(watched.waiting))
        del watched.waiting[key]
        watched.passing.add(key)
        watched.looks = 0
        self._wake(key, 0.0)

    def _end(self, watched: _Watched) -> None:
        """It is gone: everybody may go on."""
        if self._watched.get(watched.obstacle) is not watched:
            return
        self._drop(watched)
        waiting, watched.waiting = watched.waiting, {}
        self._lately[watched.obstacle] = (self._now(), watched.strikes)
        watched.obstacle.when_gone()
        if watched.obstacle.kind == "server" and watched.was_seen:
            self._logger.warning(
                "the database server %s answers again: %d resources are looked at",
                watched.obstacle.place,
                len(waiting),
            )
        within_s = WAKE_WITHIN_S if len(waiting) > 1 else 0.0
        for key in waiting:
            self._wake(key, self._chance() * within_s)

    def _drop(self, watched: _Watched) -> None:
        if self._watched.get(watched.obstacle) is watched:
            del self._watched[watched.obstacle]
        watched.nudge.set()
