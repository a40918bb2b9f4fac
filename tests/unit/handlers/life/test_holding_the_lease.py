"""When the lease is renewed: from the moment it is won until the last run has ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from atlas.errors import Unavailable
from atlas.handlers.keys import Key
from atlas.handlers.life.run import Operator
from atlas.handlers.options import OperatorOptions
from kubernetes.aio.client import Configuration


class NoKinds:
    """A cluster that does not know our kinds yet."""

    async def served_kinds(self) -> frozenset[str]:
        raise Unavailable("not yet")


class Held:
    """A lease that is kept until it is lost."""

    def __init__(self) -> None:
        self.begun, self.lost, self.is_kept = asyncio.Event(), asyncio.Event(), False

    async def keep(self, _: Callable[[str], None]) -> None:
        self.is_kept = True
        self.begun.set()
        try:
            await self.lost.wait()
        finally:
            self.is_kept = False


def leading(work: Callable[[Operator, Held, asyncio.Task[int]], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        operator, held = Operator(OperatorOptions(), Configuration(), logging.getLogger("test")), Held()
        parts = operator._parts
        cluster, parts.cluster, parts.reflectors = parts.cluster, NoKinds(), []  # type: ignore[assignment]
        async with asyncio.timeout(30):
            lead = asyncio.create_task(operator._lead(held))  # type: ignore[arg-type]
            await held.begun.wait()
            await work(operator, held, lead)
            await cluster.close()

    asyncio.run(run())


def test_who_loses_the_lease_before_our_kinds_are_known_does_not_begin() -> None:
    async def work(_: Operator, held: Held, lead: asyncio.Task[int]) -> None:
        held.lost.set()
        assert await lead == 1

    leading(work)


def test_the_lease_is_kept_until_the_last_run_has_ended() -> None:
    async def work(operator: Operator, held: Held, lead: asyncio.Task[int]) -> None:
        asked_to_stop, worker = asyncio.Event(), operator._parts.worker

        class Stop:
            def set(self) -> None:
                asked_to_stop.set()

        key = Key("AtlasMigration", "prod", "shop")
        worker._stops[key] = Stop()  # type: ignore[assignment]
        statement = asyncio.Event()
        running = asyncio.create_task(statement.wait())
        worker._tasks.add(running)  # type: ignore[arg-type]
        running.add_done_callback(worker._tasks.discard)
        operator._ended.set()
        await asked_to_stop.wait()
        assert held.is_kept
        statement.set()
        assert await lead == 0
        assert not held.is_kept

    leading(work)
