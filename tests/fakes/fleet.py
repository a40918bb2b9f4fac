"""Everything of an operator but its watches, with a registry that goes away and comes back."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from atlas.engine.directory import Directory
from atlas.errors import Unavailable
from atlas.handlers.healing.met import Lookout
from atlas.handlers.healing.obstacle import REGISTRY
from atlas.handlers.healing.obstacles import Obstacles
from atlas.handlers.healing.outages import Outages
from atlas.handlers.healing.servers import Servers
from atlas.handlers.keys import Key
from atlas.handlers.life.metrics import Metrics
from atlas.handlers.turns.bridge import LoopReferences, WatchedTargets
from atlas.handlers.turns.dependents import Dependents
from atlas.handlers.turns.inbox import Inbox
from atlas.handlers.turns.outcome import Event
from atlas.handlers.turns.queue import WorkQueue
from atlas.handlers.turns.turn import Surroundings, Turn, Turns
from atlas.handlers.turns.worker import Worker
from atlas.reconcile.ports import BackupRules
from atlas.wire.contract import RegistryAddress, ReportMigrationInput
from atlas.wire.reference import Reference

from tests.fakes.backed_up import OWN, S3, push_files
from tests.fakes.directories import directory_with
from tests.fakes.objects import FakeObjects
from tests.fakes.reconcile import TARGET, FakeRegistry, World
from tests.fakes.timeline import Timeline

ONE = {"1_a.sql": "CREATE TABLE a (id int);"}
OUT = Unavailable("http://registry cannot be reached: Connection refused")
SPEC: dict[str, object] = {"url": TARGET, "dir": {"remote": {"name": "shop", "tag": "v1"}}}


@dataclass
class Switchable(FakeRegistry):
    """A registry that a test switches off and on; counts the requests that got as far as the network."""

    is_out: bool = False
    broken: set[str] = field(default_factory=set)
    requests: int = 0
    looks: int = 0
    held: threading.Event | None = None

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        self.requests += 1
        if self.is_out or str(reference) in self.broken:
            raise OUT
        return super().pull(address, reference)

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        if self.held:
            self.held.wait(30)
        return super().report(address, report)

    def answers(self, _address: RegistryAddress) -> bool:
        self.looks += 1
        return not self.is_out


class Fleet:
    """Everything of an operator but its watches, with a registry that goes away."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        self.time = Timeline()
        self.world = World(own_registry=RegistryAddress(OWN, "own-token"))
        self.registry = Switchable({"atlas://shop?tag=v1": directory_with(ONE)})
        self.world.registry = self.registry
        self.objects = FakeObjects()
        self.queue: WorkQueue[Key] = WorkQueue(self.time.now)
        logger = logging.getLogger("test")
        worker = Worker(self.queue, logger)
        self.inbox = Inbox(self.queue, stop=worker.stop, forget=self._forget)
        self.obstacles = Obstacles(
            self.queue.add_after, logger, sleep=self.time.sleep, now=self.time.now, chance=lambda: 0.5
        )
        self.outages = Outages(self.obstacles, self.registry.answers)
        self.metrics = Metrics()
        self.events: list[Event] = []
        servers = Servers(loop.time)
        self.around = Surroundings(
            objects=self.objects,
            inbox=self.inbox,
            servers=servers,
            dependents=Dependents(),
            tally=self.metrics,
            ports=replace(
                self.world.ports(),
                references=LoopReferences(self.objects, loop),
                targets=WatchedTargets(self.world.targets.open, servers, loop),
            ),
            pool=pool,
            logger=logger,
            post=lambda _key, _resource, event: self.events.append(event),
            lookout=Lookout(self.outages),
        )
        self.turns = Turns(self.around, write_pauses_s=(0.0, 0.0))

    def _forget(self, key: Key) -> None:
        self.turns.forget(key)

    def back_up(self) -> None:
        """Give the operator a backup of what its registry has."""
        push_files(self.world, ONE, "v1")
        self.around = replace(
            self.around, ports=replace(self.around.ports, backup_rules=BackupRules(default=(S3,)))
        )
        self.turns = Turns(self.around, write_pauses_s=(0.0, 0.0))

    def add(self, name: str, spec: dict[str, object] | None = None) -> Key:
        key = Key("AtlasMigration", "prod", name)
        body = self.objects.put(key, spec or SPEC)
        self.inbox.receive(key.kind, None, body)
        self.queue.forget(key)
        return key

    async def turn(self, key: Key) -> Turn:
        return await self.turns.take(key, threading.Event())

    async def judged(self) -> None:
        """Wait until somebody has looked whether the registry is out, and waits for the clock."""
        await self.until(lambda: not self.obstacles._watched or (self.is_out and self.is_settled))

    @property
    def is_settled(self) -> bool:
        """Whether every watch waits for the clock, so that it may be moved."""
        return self.time.asleep >= len(self.obstacles._tasks)

    @property
    def is_out(self) -> bool:
        """Whether a registry is known to be out."""
        return self.obstacles.count(REGISTRY) > 0

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not is_so():  # noqa: ASYNC110 - fakes have no event to wait for
                await asyncio.sleep(0.001)

    async def woken(self) -> set[Key]:
        """Who is due by now."""
        found: set[Key] = set()
        while True:
            self.queue._promote_due()
            if not len(self.queue):
                return found
            found.add(await self.queue.get())

    def source(self, key: Key) -> dict[str, str]:
        return dict(self.objects.objects[key]["status"].get("source", {}))


def in_fleet(work: Callable[[Fleet], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        with ThreadPoolExecutor(8) as pool:
            fleet = Fleet(pool)
            try:
                await work(fleet)
            finally:
                fleet.outages.close()
                fleet.obstacles.close()

    asyncio.run(run())
