"""A server that is away, under many resources: who looks, how often, and who is woken."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise

import pytest
from atlas.handlers.healing.obstacle import LOCK, REGISTRY, SERVER, Obstacle
from atlas.handlers.healing.obstacles import LATELY_S, WAKE_WITHIN_S
from atlas.handlers.life.metrics import Metrics

from tests.fakes.yard import Yard, in_yard, keys

MANY = 1000
PAUSES_S = SERVER.pauses_s


def test_a_thousand_resources_wait_for_one_look_at_a_time_and_are_all_woken_soon_after_the_server() -> None:
    async def work(yard: Yard) -> None:
        crowd = keys(MANY)
        for key in crowd:
            yard.meet(key, yard.server)
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
        assert yard.obstacles.count(SERVER) == 0

    in_yard(work)


def test_five_thousand_resources_on_fifty_servers_cost_five_looks_a_second() -> None:
    async def work(yard: Yard) -> None:
        servers = [Obstacle(SERVER, f"db-{number}:5432", yard.place.look) for number in range(50)]
        for number, key in enumerate(keys(5000)):
            yard.meet(key, servers[number % 50])
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
        yard.meet(keys(1)[0], yard.server)
        await yard.settled()
        await yard.pass_time(600)
        assert yard.place.looks == 1
        assert await yard.woken() == []

    in_yard(work)


def test_nobody_looks_for_what_nobody_waits_for() -> None:
    async def work(yard: Yard) -> None:
        one, two = keys(2)
        for key in (one, two):
            yard.meet(key, yard.server)
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
        yard.meet(key, yard.server)
        await yard.settled()
        yard.place.is_gone = True
        woken_at = []
        for _ in range(600):
            await yard.pass_time(1)
            if await yard.woken():
                woken_at.append(yard.time.now())
                yard.meet(key, yard.server)
                await yard.settled()
        gaps = [later - sooner for sooner, later in pairwise(woken_at)]
        assert len(woken_at) == len(PAUSES_S)
        assert gaps == sorted(gaps)
        assert gaps[-1] < LATELY_S

    in_yard(work)


def test_a_pass_that_gets_through_ends_the_looks() -> None:
    async def work(yard: Yard) -> None:
        waiting, _ = keys(2)
        yard.meet(waiting, yard.server)
        await yard.settled()
        yard.obstacles.passed(SERVER, "another:5432")
        assert yard.obstacles.count(SERVER) == 1
        yard.obstacles.passed(SERVER, "db:5432")
        assert await yard.woken() == [waiting]
        assert yard.obstacles.count(SERVER) == 0

    in_yard(work)


def test_whatever_fails_alone_is_not_woken_by_others_that_get_through() -> None:
    async def work(yard: Yard) -> None:
        yard.place.is_gone = True
        (key,) = keys(1)
        for _ in range(100):
            yard.meet(key, yard.server)
            yard.obstacles.passed(SERVER, "db:5432")
            await yard.settled()
        assert await yard.woken() == []

    in_yard(work)


def test_a_thread_that_waits_for_a_verdict_is_let_go_when_the_operator_ends() -> None:
    async def work(yard: Yard) -> None:
        silence = threading.Event()
        try:
            watch = yard.obstacles.met_by_thread(Obstacle(REGISTRY, "http://registry", silence.wait))
            await asyncio.sleep(0.01)
            assert not watch.verdict.is_set()
            yard.obstacles.close()
            assert watch.verdict.is_set()
            assert yard.obstacles.met_by_thread(Obstacle(REGISTRY, "http://other", silence.wait)).place
            await asyncio.sleep(0.01)
            assert yard.obstacles._watched == {}
        finally:
            silence.set()

    in_yard(work)


def test_a_look_that_ends_by_a_defect_wakes_whoever_waits(caplog: pytest.LogCaptureFixture) -> None:
    async def work(yard: Yard) -> None:
        def defect() -> bool:
            raise ZeroDivisionError

        (key,) = keys(1)
        yard.meet(key, Obstacle(LOCK, "db:5432/app", defect))
        await yard.pass_time(3)
        assert await yard.woken() == [key]

    in_yard(work)
    assert "a look at db:5432/app ended by a defect" in caplog.text


def test_a_turn_that_ends_after_everything_else_has_nothing_looked_for() -> None:
    async def work(yard: Yard) -> None:
        yard.obstacles.close()
        yard.meet(keys(1)[0], yard.server)
        assert yard.obstacles._tasks == set()

    in_yard(work)
