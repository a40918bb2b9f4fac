"""A server that is away and a lock in other hands, under many resources: who looks, how often, and who is woken."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import AccessDenied, ConnectFailed, LockNotAcquired
from atlas.handlers.healing.met import Lookout, Met, NotedTargets
from atlas.handlers.healing.obstacles import LATELY_S, PAUSES_S, WAKE_WITHIN_S, Obstacle, Obstacles
from atlas.handlers.healing.servers import TRIES, Servers
from atlas.handlers.keys import Key
from atlas.handlers.life.metrics import Metrics
from atlas.handlers.turns.queue import WorkQueue
from atlas.reconcile.outcome import Failed, Unchanged, failed_by

from tests.fakes.reconcile import TARGET, FakeTargets
from tests.fakes.timeline import Timeline

MANY = 1000


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
        self.server = Obstacle("server", "db:5432", self.place.look)
        self.lock = Obstacle("lock", "db:5432/app", self.place.look)

    async def settled(self) -> None:
        """Until every watch waits for the clock."""
        async with asyncio.timeout(30):
            while self._asleep() < len(self.obstacles._tasks):  # noqa: ASYNC110 - fakes have no event to wait for
                await asyncio.sleep(0.001)

    def _asleep(self) -> int:
        return sum(not woken.done() for _, woken in self.time._sleepers)

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


def test_a_thousand_resources_wait_for_one_look_at_a_time_and_are_all_woken_soon_after_the_server() -> None:
    async def work(yard: Yard) -> None:
        crowd = keys(MANY)
        for key in crowd:
            yard.obstacles.note(key, [yard.server])
        await yard.settled()
        await yard.pass_time(600)
        assert yard.place.looks < 600 / PAUSES_S[-1] + 2 * len(PAUSES_S)
        metrics = Metrics()
        metrics.watch_obstacles(yard.obstacles.count)
        assert b"atlas_servers_away 1.0" in metrics.text()
        assert b"atlas_locks_awaited 0.0" in metrics.text()
        assert await yard.woken() == []
        yard.place.is_gone = True
        await yard.pass_time(1.1 * PAUSES_S[-1])
        await yard.pass_time(WAKE_WITHIN_S)
        assert set(await yard.woken()) == set(crowd)
        assert yard.obstacles.count("server") == 0

    in_yard(work)


def test_five_thousand_resources_on_fifty_servers_cost_five_looks_a_second() -> None:
    async def work(yard: Yard) -> None:
        servers = [Obstacle("server", f"db-{number}:5432", yard.place.look) for number in range(50)]
        for number, key in enumerate(keys(5000)):
            yard.obstacles.note(key, [servers[number % 50]])
        await yard.settled()
        await yard.pass_time(60)
        before = yard.place.looks
        await yard.pass_time(60)
        assert 200 < yard.place.looks - before <= 5 * 60 + 50
        assert await yard.woken() == []
        yard.place.is_gone = True
        await yard.pass_time(11)
        await yard.pass_time(WAKE_WITHIN_S)
        assert len(await yard.woken()) == 5000

    in_yard(work)


def test_whatever_fails_while_its_server_answers_is_woken_by_nobody() -> None:
    async def work(yard: Yard) -> None:
        yard.place.is_gone = True
        yard.obstacles.note(keys(1)[0], [yard.server])
        await yard.settled()
        await yard.pass_time(600)
        assert yard.place.looks == 1
        assert await yard.woken() == []

    in_yard(work)


def test_nobody_looks_for_what_nobody_waits_for() -> None:
    async def work(yard: Yard) -> None:
        one, two = keys(2)
        for key in (one, two):
            yard.obstacles.note(key, [yard.server])
        await yard.settled()
        yard.obstacles.note(one, [])
        yard.obstacles.forget(two)
        await yard.pass_time(60)
        looks = yard.place.looks
        yard.place.is_gone = True
        await yard.pass_time(60)
        assert yard.place.looks == looks == 1
        assert await yard.woken() == []

    in_yard(work)


def test_a_server_that_only_seems_to_be_back_wakes_ever_more_rarely_and_then_nobody() -> None:
    async def work(yard: Yard) -> None:
        (key,) = keys(1)
        yard.obstacles.note(key, [yard.server])
        await yard.settled()
        yard.place.is_gone = True
        woken_at = []
        for _ in range(600):
            await yard.pass_time(1)
            if await yard.woken():
                woken_at.append(yard.time.now())
                yard.obstacles.note(key, [yard.server])
                await yard.settled()
        gaps = [later - sooner for sooner, later in pairwise(woken_at)]
        assert len(woken_at) == len(PAUSES_S)
        assert gaps == sorted(gaps)
        assert gaps[-1] < LATELY_S

    in_yard(work)


def test_a_pass_that_gets_through_ends_the_looks() -> None:
    async def work(yard: Yard) -> None:
        waiting, _ = keys(2)
        yard.obstacles.note(waiting, [yard.server])
        await yard.settled()
        yard.obstacles.passed("server", "another:5432")
        assert yard.obstacles.count("server") == 1
        yard.obstacles.passed("server", "db:5432")
        assert await yard.woken() == [waiting]
        assert yard.obstacles.count("server") == 0

    in_yard(work)


def test_whatever_fails_alone_is_not_woken_by_others_that_get_through() -> None:
    async def work(yard: Yard) -> None:
        yard.place.is_gone = True
        (key,) = keys(1)
        for _ in range(100):
            yard.obstacles.note(key, [yard.server])
            yard.obstacles.passed("server", "db:5432")
            await yard.settled()
        assert await yard.woken() == []

    in_yard(work)


def test_a_lock_that_is_free_lets_one_through_and_the_next_when_that_one_has_ended() -> None:
    async def work(yard: Yard) -> None:
        first, second, third = keys(3)
        for key in (first, second, third):
            yard.obstacles.note(key, [yard.lock])
        await yard.pass_time(60)
        assert await yard.woken() == []
        yard.place.is_gone = True
        await yard.pass_time(11)
        assert await yard.woken() == [first]
        yard.place.is_gone = False  # the first one has it now
        await yard.pass_time(30)
        assert await yard.woken() == []
        yard.place.is_gone = True
        yard.obstacles.note(first, [])
        await asyncio.sleep(0.05)
        await yard.settled()
        assert await yard.woken() == [second]
        yard.obstacles.note(second, [])
        await asyncio.sleep(0.05)
        await yard.settled()
        assert await yard.woken() == [third]

    in_yard(work)


def test_a_lock_that_is_always_taken_again_is_tried_every_ten_seconds_at_most() -> None:
    async def work(yard: Yard) -> None:
        for key in keys(5):
            yard.obstacles.note(key, [yard.lock])
        yard.place.is_gone = True
        tries = 0
        for _ in range(600):
            await yard.pass_time(1)
            for key in await yard.woken():
                tries += 1
                yard.obstacles.note(key, [yard.lock])
                await yard.settled()
        assert 600 / 12 < tries < 600 / PAUSES_S[-1] + 10

    in_yard(work)


def test_a_look_that_ends_by_a_defect_wakes_whoever_waits(caplog: pytest.LogCaptureFixture) -> None:
    async def work(yard: Yard) -> None:
        def defect() -> bool:
            raise ZeroDivisionError

        (key,) = keys(1)
        yard.obstacles.note(key, [Obstacle("lock", "db:5432/app", defect)])
        await yard.pass_time(3)
        assert await yard.woken() == [key]

    in_yard(work)
    assert "a look at db:5432/app ended by a defect" in caplog.text


def test_a_turn_that_ends_after_everything_else_has_nothing_looked_for() -> None:
    async def work(yard: Yard) -> None:
        yard.obstacles.close()
        yard.obstacles.note(keys(1)[0], [yard.server])
        assert yard.obstacles._tasks == set()

    in_yard(work)


def test_what_a_turn_met_is_read_from_how_it_ended() -> None:
    async def work(yard: Yard) -> None:
        url = parse_database_url(TARGET)
        servers = Servers(yard.time.now)
        lookout = Lookout(yard.obstacles, servers, yard.place.look, yard.place.look)

        def met(outcome: Failed | Unchanged, database: str = TARGET) -> str:
            found = lookout._obstacle(outcome, Met(target=parse_database_url(database)))
            return f"{found.kind} {found.place}" if found else ""

        assert met(failed_by(ConnectFailed("refused"))) == "server 127.0.0.1:5432"
        assert met(Unchanged(doubt="ConnectFailed: refused")) == "server 127.0.0.1:5432"
        assert met(failed_by(LockNotAcquired("held"))) == "lock 127.0.0.1:5432/app"
        assert (
            met(failed_by(LockNotAcquired("held")), "sqlite:///data/app.db")
            == "lock /data/app.db//data/app.db"
        )
        assert met(failed_by(ConnectFailed("no file")), "sqlite:///data/app.db") == ""
        assert met(failed_by(AccessDenied("password"))) == ""
        assert met(Unchanged()) == ""
        targets, turn = FakeTargets(error=ConnectFailed("refused")), Met()
        with pytest.raises(ConnectFailed):
            NotedTargets(targets, turn).open(url.with_database("dev"))
        assert turn.away is not None
        targets.error = None
        NotedTargets(targets, turn).open(url)
        assert turn.opened == {"127.0.0.1:5432"}

    in_yard(work)


def test_a_server_that_is_back_is_no_longer_left_alone() -> None:
    async def work(yard: Yard) -> None:
        servers = Servers(yard.time.now)
        lookout = Lookout(yard.obstacles, servers, yard.place.look, yard.place.look)
        (key,) = keys(1)
        async with servers.room_on("127.0.0.1:5432"):
            for _ in range(TRIES):
                servers.refused("127.0.0.1:5432", "refused")
        with pytest.raises(ConnectFailed):
            async with servers.room_on("127.0.0.1:5432"):
                pass
        lookout.note(key, failed_by(ConnectFailed("refused")), Met(target=parse_database_url(TARGET)))
        await yard.settled()
        yard.place.is_gone = True
        await yard.pass_time(2)
        assert await yard.woken() == [key]
        async with servers.room_on("127.0.0.1:5432"):
            pass

    in_yard(work)


def test_a_look_at_a_lock_waits_for_no_server_that_never_answers() -> None:
    async def work(yard: Yard) -> None:
        silence, looked = threading.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def found_free() -> bool:
            loop.call_soon_threadsafe(looked.set)
            return True

        crowd = keys(101)
        for number, key in enumerate(crowd[1:]):
            yard.obstacles.note(key, [Obstacle("server", f"silent-{number}:5432", silence.wait)])
        yard.obstacles.note(crowd[0], [Obstacle("lock", "db:5432/app", found_free)])
        try:
            async with asyncio.timeout(30):
                while not looked.is_set():
                    yard.time.advance(1)
                    await asyncio.sleep(0.01)
        finally:
            silence.set()

    in_yard(work)
