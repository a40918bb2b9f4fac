"""A whole operator but for its watches, in memory, and one resource of it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from atlas.handlers.healing.servers import Servers
from atlas.handlers.keys import Key, Ref
from atlas.handlers.objects import Uncounted
from atlas.handlers.turns.bridge import LoopReferences, WatchedTargets
from atlas.handlers.turns.dependents import Dependents
from atlas.handlers.turns.inbox import Inbox
from atlas.handlers.turns.outcome import Event
from atlas.handlers.turns.queue import WorkQueue
from atlas.handlers.turns.turn import Surroundings, Turn, Turns
from atlas.handlers.turns.worker import Worker

from tests.fakes.objects import FakeObjects
from tests.fakes.reconcile import TARGET, World

SHOP = Key("AtlasMigration", "prod", "shop")
DB = Ref("Secret", "prod", "db")
FILES = {"1_a.sql": "CREATE TABLE a (id int);", "2_b.sql": "CREATE TABLE b (id int);"}
SPEC: dict[str, object] = {"url": TARGET, "dir": {"local": FILES}}
FROM_SECRET: dict[str, object] = {
    "urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}},
    "dir": {"local": FILES},
}


class House:
    """A whole operator but for its watches, in memory."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        self.world = World()
        self.objects = FakeObjects()
        self.queue: WorkQueue[Key] = WorkQueue(loop.time)
        self.worker = Worker(self.queue, logging.getLogger("test"))
        self.inbox = Inbox(self.queue, stop=self.worker.stop, forget=self._forget)
        self.dependents = Dependents()
        self.events: list[Event] = []
        self.servers = Servers(loop.time)
        ports = self.world.ports()
        self.around = Surroundings(
            objects=self.objects,
            inbox=self.inbox,
            servers=self.servers,
            dependents=self.dependents,
            tally=Uncounted(),
            ports=replace(
                ports,
                references=LoopReferences(self.objects, loop),
                targets=WatchedTargets(self.world.targets.open, self.servers, loop),
            ),
            pool=pool,
            logger=logging.getLogger("test"),
            post=lambda _key, _resource, event: self.events.append(event),
        )
        self.turns = Turns(self.around, write_pauses_s=(0.0, 0.0))

    def _forget(self, key: Key) -> None:
        self.turns.forget(key)

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not is_so():  # noqa: ASYNC110 - fakes have no event to wait for
                await asyncio.sleep(0.001)

    async def turn(self) -> Turn:
        self.objects.requests.clear()
        self.objects.patches.clear()
        if not self.inbox.knows(SHOP):
            self.inbox.receive(SHOP.kind, None, self.objects.objects[SHOP])
            self.inbox.take(SHOP)
        return await self.turns.take(SHOP, threading.Event())

    def ready(self) -> tuple[str, str]:
        (condition,) = (
            one for one in self.objects.objects[SHOP]["status"]["conditions"] if one["type"] == "Ready"
        )
        return condition["status"], condition["reason"]


def in_house(work: Callable[[House], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        with ThreadPoolExecutor(8) as pool:
            await work(House(pool))

    asyncio.run(run())
