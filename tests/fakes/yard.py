"""Obstacles over a clock that a test moves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from atlas.handlers.healing.met import Lookout, Sights
from atlas.handlers.healing.obstacle import LOCK, SERVER, Obstacle, Watch
from atlas.handlers.healing.obstacles import Obstacles
from atlas.handlers.healing.outages import Outages
from atlas.handlers.healing.servers import Servers
from atlas.handlers.keys import Key
from atlas.handlers.turns.queue import WorkQueue

from tests.fakes.timeline import Timeline


@dataclass
class Place:
    """Something that is gone or not, and how often somebody looked."""

    is_gone: bool = False
    looks: int = 0

    def look(self, *_: object) -> bool:
        self.looks += 1
        return self.is_gone


class Yard:
    """Obstacles over a clock that a test moves."""

    def __init__(self) -> None:
        self.time = Timeline()
        self.queue: WorkQueue[Key] = WorkQueue(self.time.now)
        self.obstacles = Obstacles(
            self.queue.add_after,
            logging.getLogger("test"),
            sleep=self.time.sleep,
            now=self.time.now,
            chance=lambda: 0.5,
        )
        self.place = Place()
        self.server = Obstacle(SERVER, "db:5432", self.place.look)
        self.lock = Obstacle(LOCK, "db:5432/app", self.place.look)

    def meet(self, key: Key, obstacle: Obstacle) -> Watch:
        """A pass over a key has met this, and nothing else."""
        watch = self.obstacles.met(obstacle)
        self.obstacles.note(key, [watch])
        return watch

    def lookout(self, servers: Servers) -> Lookout:
        sights = Sights(servers, self.place.look, self.place.look)
        return Lookout(Outages(self.obstacles, self.place.look), sights)

    async def settled(self) -> None:
        """Until every watch waits for the clock."""
        async with asyncio.timeout(30):
            while self.time.asleep < len(self.obstacles._tasks):  # noqa: ASYNC110 - fakes have no event to wait for
                await asyncio.sleep(0.001)

    async def pass_time(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.time.advance(1)
            await asyncio.sleep(0)
            await self.settled()

    async def woken(self) -> list[Key]:
        """Who is due by now, in order; their passes are over at once."""
        found: list[Key] = []
        while True:
            self.queue._promote_due()
            if not len(self.queue):
                return found
            found.append(await self.queue.get())
            self.queue.done(found[-1])


def keys(count: int) -> list[Key]:
    return [Key("AtlasMigration", "prod", f"shop-{number}") for number in range(count)]


def in_yard(work: Callable[[Yard], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        yard = Yard()
        try:
            await work(yard)
        finally:
            yard.obstacles.close()

    asyncio.run(run())
