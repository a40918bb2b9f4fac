"""A lock in other hands: who looks for it, as whom, and who is let through."""

from __future__ import annotations

import asyncio
import threading

from atlas.handlers.healing.obstacle import LOCK, SERVER, Obstacle

from tests.fakes.yard import Yard, in_yard, keys

PAUSES_S = LOCK.pauses_s


def test_a_lock_that_is_free_lets_one_through_and_the_next_when_that_one_has_ended() -> None:
    async def work(yard: Yard) -> None:
        first, second, third = keys(3)
        for key in (first, second, third):
            yard.meet(key, yard.lock)
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


def test_the_last_one_waits_as_well_until_whoever_was_let_through_has_had_the_lock() -> None:
    async def work(yard: Yard) -> None:
        first, last = keys(2)
        for key in (first, last):
            yard.meet(key, yard.lock)
        yard.place.is_gone = True
        await yard.pass_time(2)
        assert await yard.woken() == [first]
        await yard.pass_time(5)  # its server has no room for it yet, so the lock is still free
        assert await yard.woken() == []
        yard.obstacles.note(first, [])
        await asyncio.sleep(0.05)
        await yard.settled()
        assert await yard.woken() == [last]

    in_yard(work)


def test_the_last_one_does_not_wait_for_one_that_is_never_heard_of() -> None:
    async def work(yard: Yard) -> None:
        first, last = keys(2)
        for key in (first, last):
            yard.meet(key, yard.lock)
        yard.place.is_gone = True
        await yard.pass_time(2)
        assert await yard.woken() == [first]
        await yard.pass_time(60)
        assert await yard.woken() == [last]

    in_yard(work)


def test_a_lock_that_is_always_taken_again_is_tried_every_ten_seconds_at_most() -> None:
    async def work(yard: Yard) -> None:
        for key in keys(5):
            yard.meet(key, yard.lock)
        yard.place.is_gone = True
        tries = 0
        for _ in range(600):
            await yard.pass_time(1)
            for key in await yard.woken():
                tries += 1
                yard.meet(key, yard.lock)
                await yard.settled()
        assert 600 / 12 < tries < 600 / PAUSES_S[-1] + 10

    in_yard(work)


def test_a_lock_that_nobody_waits_for_when_it_is_found_free_is_looked_for_anew_by_the_next_one() -> None:
    async def work(yard: Yard) -> None:
        first, second = keys(2)
        begun, answer = threading.Event(), threading.Event()

        def slow_look() -> bool:
            begun.set()
            return answer.wait(30)

        try:
            watch = yard.meet(first, Obstacle(LOCK, "db:5432/app", slow_look))
            await yard.settled()
            yard.time.advance(2)
            async with asyncio.timeout(30):
                await asyncio.to_thread(begun.wait, 30)
                yard.obstacles.note(first, [])  # its own retry was quicker than the look
                answer.set()
                while not watch.is_over:  # noqa: ASYNC110 - fakes have no event to wait for
                    await asyncio.sleep(0.001)
        finally:
            answer.set()
        yard.place.is_gone = True
        yard.meet(second, yard.lock)
        await yard.settled()
        await yard.pass_time(3)
        assert await yard.woken() == [second]

    in_yard(work)


def test_a_lock_is_looked_at_as_whoever_met_it_last_would_and_nothing_is_kept_of_those_that_are_gone() -> (
    None
):
    async def work(yard: Yard) -> None:
        deleted, second = keys(2)
        used: list[str] = []

        def met_by(name: str) -> Obstacle:
            def look() -> bool:
                used.append(name)
                return False

            return Obstacle(LOCK, "db:5432/app", look)

        yard.meet(deleted, met_by("deleted"))
        yard.meet(second, met_by("second"))
        yard.obstacles.forget(deleted)
        await yard.settled()
        await yard.pass_time(30)
        assert set(used) == {"second"}
        yard.obstacles.forget(second)
        await yard.pass_time(1)
        yard.time.advance(PAUSES_S[-1] * 1.2)
        async with asyncio.timeout(30):
            while yard.obstacles._tasks:  # noqa: ASYNC110 - fakes have no event to wait for
                await asyncio.sleep(0.001)
        assert yard.obstacles._watched == {}

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
            yard.meet(key, Obstacle(SERVER, f"silent-{number}:5432", silence.wait))
        yard.meet(crowd[0], Obstacle(LOCK, "db:5432/app", found_free))
        try:
            async with asyncio.timeout(30):
                while not looked.is_set():
                    yard.time.advance(1)
                    await asyncio.sleep(0.01)
        finally:
            silence.set()

    in_yard(work)
