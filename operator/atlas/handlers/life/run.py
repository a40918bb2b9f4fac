"""The operator's life: connect, serve probes, win the lease, watch, work, and end in good order.

On SIGTERM no new pass begins, the ones under way stop between two statements, and after a grace period the
process ends with what is left; the next one carries on from what the databases say.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atlas.errors import AtlasError
from atlas.handlers.cluster.api import Cluster
from atlas.handlers.cluster.connection import connect, own_namespace
from atlas.handlers.cluster.registration import Watch
from atlas.handlers.life.beginning import first_lists, served_kinds
from atlas.handlers.life.health import served
from atlas.handlers.life.lease import Election
from atlas.handlers.life.parts import Parts
from atlas.handlers.logs import LOGGER, start_logging

if TYPE_CHECKING:
    from atlas.handlers.options import OperatorOptions

LOST_GRACE_S = 2.0
WATCH_SILENCE_S = 600.0
"""A watch that has heard nothing for so long is dead: bookmarks come every minute."""


def run_operator(options: OperatorOptions) -> int:
    """Run until a signal or until it cannot go on. Returns the exit code: 0 after a signal, else 1."""
    start_logging(options.log_level)
    code = asyncio.run(_main(options))
    logging.shutdown()
    # A thread in a statement that does not end would keep the interpreter alive: the grace period is over.
    os._exit(code)


async def _main(options: OperatorOptions) -> int:
    logger = logging.getLogger(LOGGER)
    try:
        configuration = await connect(options.kubeconfig)
        operator = Operator(options, configuration, logger)
        async with served(operator, probes=options.probes, metrics=options.metrics):
            return await operator.run()
    except AtlasError as error:
        logger.error("%s", error)  # noqa: TRY400 - an error raised on purpose says all there is
        return 1


class Operator:
    """The running operator, and what it says to probes."""

    def __init__(self, options: OperatorOptions, configuration: Any, logger: logging.Logger) -> None:
        self._options = options
        self._configuration = configuration
        self._logger = logger
        self._loop = asyncio.get_running_loop()
        self._identity = f"{socket.gethostname()}_{uuid4()}"
        self._parts = Parts(options, configuration, logger)
        self._ended = asyncio.Event()
        self._watch_over = asyncio.Event()
        self._watch_error = ""
        self._is_ready = False

    async def run(self) -> int:
        """Run until a signal (0), or until the lease or the watch is lost (1)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self._ended.set)
        async with AsyncExitStack() as at_end:
            at_end.push_async_callback(self._parts.cluster.close)
            at_end.push_async_callback(self._parts.events.flush, 2.0)
            election = await self._election(at_end) if self._options.leader_elect else None
            self._is_ready = election is not None  # who waits for the lease is as ready as can be
            if election and not await self._until_ended(election.win(self._logger.warning)):
                return 0
            code = await self._lead(election)
            if election and code == 0:
                with suppress(AtlasError):
                    await election.release()
            return code

    def why_not_alive(self) -> str:
        if self._watch_over.is_set():
            return f"the watch has ended: {self._watch_error}"
        now = self._loop.time()
        for reflector in self._parts.reflectors:
            heard = reflector.last_contact
            if heard is not None and not reflector.is_forbidden and now - heard > WATCH_SILENCE_S:
                return f"nothing heard from the watch of {reflector.name} for {now - heard:.0f}s"
        return ""

    def why_not_ready(self) -> str:
        return "" if self._is_ready else "the API server does not answer, or does not know our kinds"

    def metrics(self) -> bytes:
        return self._parts.metrics.text()

    async def _lead(self, election: Election | None) -> int:
        """Work, and renew the lease meanwhile: from the first moment, and until the last run has ended."""
        lost = [asyncio.create_task(self._lease_lost(election))] if election else []
        try:
            return await self._work(lost)
        finally:
            for task in lost:
                task.cancel()
            await asyncio.gather(*lost, return_exceptions=True)

    async def _work(self, lost: list[asyncio.Task[None]]) -> int:
        parts = self._parts
        parts.metrics.leads(leads=True)
        self._logger.info("working as %s", self._identity)
        background = [asyncio.create_task(one.run(self._logger.warning)) for one in parts.reflectors]
        kinds = asyncio.create_task(self._beginning())
        await self._until_ended(kinds, *map(asyncio.shield, lost))
        if self._ended.is_set() or not kinds.done():
            await self._wind_down(background)
            return 0 if self._ended.is_set() else 1
        watch = self._start_watch(kinds.result())
        self._is_ready = True
        background.append(asyncio.create_task(parts.worker.run(parts.turns)))
        try:
            await self._until_ended(self._watch_over.wait(), *map(asyncio.shield, lost))
        finally:
            await self._wind_down(background, watch)
        return 0 if self._ended.is_set() else 1

    async def _beginning(self) -> frozenset[str]:
        """The kinds that the cluster knows, when there is nothing more to wait for."""
        kinds = await served_kinds(self._parts.cluster, self._logger.warning)
        await first_lists(self._parts.reflectors)
        return kinds

    async def _wind_down(self, background: list[asyncio.Task[None]], watch: Watch | None = None) -> None:
        self._is_ready = False
        for task in background:
            task.cancel()
        if watch:
            watch.stop()
        # Without the lease another operator begins soon: what runs must end before that.
        grace_s = self._options.grace_s if self._ended.is_set() else min(LOST_GRACE_S, self._options.grace_s)
        await self._parts.worker.wind_down(self._parts.turns, grace_s)
        self._parts.close()

    async def _until_ended(self, *others: Any) -> bool:
        """Wait for any of these, or a signal; returns whether it was not the signal."""
        signalled = asyncio.create_task(self._ended.wait())
        tasks = [asyncio.ensure_future(other) for other in others]
        try:
            await asyncio.wait([signalled, *tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (signalled, *tasks):
                task.cancel()
        return not self._ended.is_set()

    def _start_watch(self, kinds: frozenset[str]) -> Watch:
        watch = Watch(
            self._configuration,
            self._parts.receive,
            self._tell_end,
            kinds=kinds,
            namespaces=self._options.namespaces,
            label_selector=self._options.label_selector,
        )
        watch.start()
        return watch

    def _tell_end(self, why: str) -> None:
        self._loop.call_soon_threadsafe(self._watch_has_ended, why)

    def _watch_has_ended(self, why: str) -> None:
        if why:
            self._logger.error("the watch has ended: %s", why)
        self._watch_error = why
        self._watch_over.set()

    async def _lease_lost(self, election: Election) -> None:
        await election.keep(self._logger.warning)
        self._logger.error("the lease is lost")

    async def _election(self, at_end: AsyncExitStack) -> Election:
        """The lease has a connection of its own: renewing it must not wait behind the work."""
        cluster = Cluster(self._configuration)
        at_end.push_async_callback(cluster.close)
        return Election(
            cluster,
            namespace=self._options.lease_namespace or own_namespace(self._options.kubeconfig),
            name=self._options.lease_id,
            identity=self._identity,
            now=self._loop.time,
        )
