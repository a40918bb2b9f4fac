from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import pytest
from atlas.errors import ConnectFailed, SpecError
from atlas.handlers.healing.servers import REST_S, TRIES, Servers
from atlas.handlers.turns.queue import WorkQueue


class Time:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


async def nothing_from(queue: WorkQueue[str]) -> bool:
    try:
        await asyncio.wait_for(queue.get(), 0.01)
    except TimeoutError:
        return True
    return False


def run(work: Coroutine[None, None, None]) -> None:
    asyncio.run(work)


def test_asking_twice_is_asking_once() -> None:
    async def work() -> None:
        queue: WorkQueue[str] = WorkQueue(Time())
        queue.add("a")
        queue.add("b")
        queue.add("a")
        assert [await queue.get(), await queue.get()] == ["a", "b"]
        assert await nothing_from(queue)

    run(work())


def test_a_key_is_never_worked_on_twice_at_once_and_a_request_meanwhile_is_not_lost() -> None:
    async def work() -> None:
        queue: WorkQueue[str] = WorkQueue(Time())
        queue.add("a")
        assert await queue.get() == "a"
        queue.add("a")
        assert await nothing_from(queue)
        queue.done("a")
        assert await queue.get() == "a"

    run(work())


def test_a_later_time_comes_when_it_is_due() -> None:
    async def work() -> None:
        time = Time()
        queue: WorkQueue[str] = WorkQueue(time)
        queue.add_after("a", 5)
        assert await nothing_from(queue)
        time.at = 5.0
        assert await queue.get() == "a"

    run(work())


def test_a_new_time_replaces_the_one_before() -> None:
    async def work() -> None:
        time = Time()
        queue: WorkQueue[str] = WorkQueue(time)
        queue.add_after("a", 5)
        queue.add_after("a", 50)
        time.at = 6.0
        assert await nothing_from(queue)
        time.at = 50.0
        assert await queue.get() == "a"
        queue.done("a")
        time.at = 1000.0
        assert await nothing_from(queue)

    run(work())


def test_what_is_asked_for_now_does_not_come_again_later() -> None:
    async def work() -> None:
        time = Time()
        queue: WorkQueue[str] = WorkQueue(time)
        queue.add_after("a", 5)
        queue.add("a")
        assert await queue.get() == "a"
        queue.done("a")
        time.at = 10.0
        assert await nothing_from(queue)

    run(work())


def test_a_key_that_is_asked_for_again_needs_no_time() -> None:
    async def work() -> None:
        time = Time()
        queue: WorkQueue[str] = WorkQueue(time)
        queue.add("a")
        await queue.get()
        queue.add("a")
        queue.add_after("a", 100)
        queue.done("a")
        assert await queue.get() == "a"
        queue.done("a")
        time.at = 200.0
        assert await nothing_from(queue)

    run(work())


def test_a_forgotten_key_does_not_come() -> None:
    async def work() -> None:
        time = Time()
        queue: WorkQueue[str] = WorkQueue(time)
        queue.add("a")
        queue.add_after("b", 1)
        queue.forget("a")
        queue.forget("b")
        time.at = 2.0
        assert await nothing_from(queue)

    run(work())


def test_a_waiter_is_woken_by_a_new_key_and_by_an_earlier_time() -> None:
    async def work() -> None:
        queue: WorkQueue[str] = WorkQueue(asyncio.get_running_loop().time)
        queue.add_after("late", 60)
        waiter = asyncio.create_task(queue.get())
        await asyncio.sleep(0)
        queue.add_after("soon", 0.01)
        assert await asyncio.wait_for(waiter, 5) == "soon"

    run(work())


def test_replaced_times_do_not_pile_up() -> None:
    queue: WorkQueue[str] = WorkQueue(Time())
    for _ in range(10_000):
        queue.add_after("a", 5)
    assert len(queue._timers) < 200


def test_a_server_has_room_for_so_many_and_the_next_one_waits_without_a_thread() -> None:
    async def work() -> None:
        servers = Servers(Time(), at_once=2)
        inside, most = 0, 0

        async def one() -> None:
            nonlocal inside, most
            async with servers.room_on("db:5432"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(one() for _ in range(10)))
        assert most == 2

    run(work())


def test_one_full_server_does_not_hold_up_another() -> None:
    async def work() -> None:
        servers = Servers(Time(), at_once=1)
        async with servers.room_on("a:1"), servers.room_on("b:1"):
            pass

    run(work())


def test_a_server_that_is_down_is_left_alone_and_then_tried_by_one() -> None:
    async def work() -> None:
        time = Time()
        servers = Servers(time)
        for _ in range(TRIES):
            async with servers.room_on("db:1"):
                servers.refused("db:1", "connection refused")
        with pytest.raises(ConnectFailed, match="connection refused"):
            async with servers.room_on("db:1"):
                pass
        time.at = REST_S
        async with servers.room_on("db:1"):
            with pytest.raises(ConnectFailed):
                async with servers.room_on("db:1"):
                    pass
            servers.connected("db:1")
        async with servers.room_on("db:1"), servers.room_on("db:1"):
            pass

    run(work())


def test_a_try_that_ends_before_it_asks_the_server_does_not_close_it_for_good() -> None:
    async def work() -> None:
        time = Time()
        servers = Servers(time)
        for _ in range(TRIES):
            async with servers.room_on("db:1"):
                servers.refused("db:1", "connection refused")
        time.at = REST_S
        with pytest.raises(SpecError):
            async with servers.room_on("db:1"):
                raise SpecError('wrong value for "sslmode"')  # of one resource, found before it connects
        async with servers.room_on("db:1"):
            servers.connected("db:1")

    run(work())


def test_servers_that_nobody_uses_are_forgotten() -> None:
    async def work() -> None:
        servers = Servers(Time())
        async with servers.room_on("db:1"):
            pass
        assert servers._servers == {}

    run(work())
