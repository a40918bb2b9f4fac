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
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atlas import wiring
from atlas.errors import AtlasError
from atlas.handlers.cluster.api import Cluster
from atlas.handlers.cluster.connection import connect, own_namespace
from atlas.handlers.cluster.directory_states import ClusterDirectoryStates
from atlas.handlers.cluster.events import EventPoster
from atlas.handlers.cluster.reflector import Reflector
from atlas.handlers.cluster.registration import Watch
from atlas.handlers.config.evaluator import config_ports
from atlas.handlers.dev.rooms import DevRooms
from atlas.handlers.dev.workloads import ClusterWorkloads
from atlas.handlers.healing.met import Lookout
from atlas.handlers.healing.obstacles import Obstacles
from atlas.handlers.healing.outages import Outages
from atlas.handlers.healing.servers import Servers
from atlas.handlers.keys import MIGRATION, PLURALS
from atlas.handlers.life.health import served
from atlas.handlers.life.lease import Election
from atlas.handlers.life.metrics import Metrics
from atlas.handlers.logs import LOGGER, start_logging
from atlas.handlers.ports import Rules, WiredTargets, ports_for
from atlas.handlers.turns.bridge import LoopReferences, WatchedTargets
from atlas.handlers.turns.dependents import Dependents
from atlas.handlers.turns.inbox import Inbox
from atlas.handlers.turns.queue import WorkQueue
from atlas.handlers.turns.turn import CONFIG_THREADS, Surroundings, Turns
from atlas.handlers.turns.worker import Worker
from atlas.reconcile.ports import CONFIG_MAP, SECRET, DevPorts, TargetRules
from atlas.reconcile.runbook import Runbook

if TYPE_CHECKING:
    from atlas.handlers.keys import Key
    from atlas.handlers.options import OperatorOptions

FIRST_LIST_S = 10.0
"""How long the work waits for the first lists of Secrets and ConfigMaps; it can do without."""
KINDS_EVERY_S = 2.0
LOOKS_FOR_ALL_KINDS = 5
"""Both definitions are installed together, one a moment after the other; a cluster with one of them works too."""
LOST_GRACE_S = 2.0
WATCH_SILENCE_S = 600.0
"""A watch that has heard nothing for so long is dead: bookmarks come every minute."""
_WATCHED = (SECRET, CONFIG_MAP)


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
    """All parts of the running operator, and what they say to probes."""

    def __init__(self, options: OperatorOptions, configuration: Any, logger: logging.Logger) -> None:
        loop = asyncio.get_running_loop()
        self._options = options
        self._configuration = configuration
        self._logger = logger
        self._loop = loop
        self._identity = f"{socket.gethostname()}_{uuid4()}"
        streams = len(_WATCHED) * len(options.namespaces or ("",))
        self._cluster = Cluster(configuration, streams=streams)
        self._metrics = Metrics()
        self._queue: WorkQueue[Key] = WorkQueue(loop.time)
        self._worker = Worker(self._queue, logger)
        self._inbox = Inbox(self._queue, stop=self._worker.stop, forget=self._forget)
        self._dependents = Dependents()
        self._events = EventPoster(self._cluster, socket.gethostname(), logger)
        self._outages = Outages(wiring.registry_answers, self._queue.add_after, logger)
        self._obstacles = Obstacles(self._queue.add_after, logger)
        self._pool = ThreadPoolExecutor(options.threads, thread_name_prefix="pass")
        self._config_pool = ThreadPoolExecutor(CONFIG_THREADS, thread_name_prefix="config")
        self._turns = Turns(self._surroundings())
        self._reflectors = self._all_reflectors()
        self._watch: Watch | None = None
        self._ended = asyncio.Event()
        self._watch_over = asyncio.Event()
        self._watch_error = ""
        self._kinds: frozenset[str] = frozenset()
        self._is_ready = False
        self._metrics.watch_registries(lambda: self._outages.count)
        self._metrics.watch_obstacles(self._obstacles.count)
        self._metrics.watch_queue(lambda: len(self._queue), lambda: self._queue.active)

    async def run(self) -> int:
        """Run until a signal (0), or until the lease or the watch is lost (1)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self._ended.set)
        async with AsyncExitStack() as at_end:
            at_end.push_async_callback(self._cluster.close)
            at_end.push_async_callback(self._events.flush, 2.0)
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
        for reflector in self._reflectors:
            heard = reflector.last_contact
            if heard is not None and not reflector.is_forbidden and now - heard > WATCH_SILENCE_S:
                return f"nothing heard from the watch of {reflector.name} for {now - heard:.0f}s"
        return ""

    def why_not_ready(self) -> str:
        return "" if self._is_ready else "the API server does not answer, or does not know our kinds"

    def metrics(self) -> bytes:
        return self._metrics.text()

    async def _lead(self, election: Election | None) -> int:
        self._metrics.leads(leads=True)
        self._logger.info("working as %s", self._identity)
        background = [asyncio.create_task(one.run(self._logger.warning)) for one in self._reflectors]
        if not await self._until_ended(self._kinds_served()):
            await self._wind_down(background)
            return 0
        await self._first_lists()
        self._watch = self._start_watch()
        self._is_ready = True
        background.append(asyncio.create_task(self._worker.run(self._turns)))
        ends: list[Any] = [self._watch_over.wait()]
        if election:
            ends.append(self._lease_lost(election))
        try:
            await self._until_ended(*ends)
        finally:
            await self._wind_down(background)
        return 0 if self._ended.is_set() else 1

    async def _wind_down(self, background: list[asyncio.Task[None]]) -> None:
        self._is_ready = False
        for task in background:
            task.cancel()
        if self._watch:
            self._watch.stop()
        # Without the lease another operator begins soon: what runs must end before that.
        grace_s = self._options.grace_s if self._ended.is_set() else min(LOST_GRACE_S, self._options.grace_s)
        await self._worker.wind_down(self._turns, grace_s)
        self._outages.close()
        self._obstacles.close()
        for pool in (self._pool, self._config_pool):
            pool.shutdown(wait=False, cancel_futures=True)

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

    def _start_watch(self) -> Watch:
        watch = Watch(
            self._configuration,
            self._receive,
            self._tell_end,
            kinds=self._kinds,
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

    async def _kinds_served(self) -> None:
        """Wait for the CRDs: Kopf looks for them once, when it starts."""
        told = ""
        looks = 0
        while True:
            try:
                self._kinds = (await self._cluster.served_kinds()) & PLURALS.keys()
                missing = ", ".join(sorted(PLURALS.keys() - self._kinds))
                looks += MIGRATION in self._kinds
                if not missing or looks > LOOKS_FOR_ALL_KINDS:
                    return
                trouble = f"the cluster does not know the kind {missing}: install the CRDs"
            except AtlasError as error:
                trouble = str(error)
            if trouble != told:
                self._logger.warning("%s", trouble)
                told = trouble
            await asyncio.sleep(KINDS_EVERY_S)

    async def _first_lists(self) -> None:
        deadline = self._loop.time() + FIRST_LIST_S
        while self._loop.time() < deadline:
            if all(one.last_contact is not None or one.is_forbidden for one in self._reflectors):
                return
            await asyncio.sleep(0.05)

    def _receive(self, kind: str, event_type: str | None, body: Any) -> None:
        self._loop.call_soon_threadsafe(self._inbox.receive, kind, event_type, body)

    def _forget(self, key: Key) -> None:
        self._turns.forget(key)

    def _surroundings(self) -> Surroundings:
        servers = Servers(self._loop.time, self._options.on_one_server)
        rules = TargetRules(self._options.allowed_folders)
        targets = WatchedTargets(WiredTargets(rules).open, servers, self._loop)
        ports = ports_for(
            LoopReferences(self._cluster, self._loop),
            targets,
            registry=self._options.registry,
            rules=Rules(rules, self._options.backups, self._options.namespace_tokens),
            dev=DevPorts(
                servers=self._options.dev_servers,
                workloads=ClusterWorkloads(self._cluster, self._loop),
                stays=self._options.dev_stays,
                room_on=DevRooms(self._options.on_one_server).room_on,
            ),
            directory_states=ClusterDirectoryStates(self._cluster, self._loop),
            warn=self._logger.warning,
        )
        return Surroundings(
            objects=self._cluster,
            inbox=self._inbox,
            servers=servers,
            dependents=self._dependents,
            tally=self._metrics,
            ports=replace(
                ports,
                config=config_ports(rules) if self._options.allow_custom_config else None,
            ),
            pool=self._pool,
            config_pool=self._config_pool,
            logger=self._logger,
            post=self._events.post,
            outages=self._outages,
            lookout=Lookout(
                self._obstacles,
                servers,
                wiring.server_answers,
                partial(wiring.run_lock_is_free, opener=targets.open),
            ),
            runbook=Runbook(self._options.runbook),
        )

    def _all_reflectors(self) -> list[Reflector]:
        found = []
        for kind in _WATCHED:
            for namespace in self._options.namespaces or ("",):
                reflector = Reflector(
                    self._cluster, self._dependents, kind=kind, namespace=namespace, changed=self._queue.add
                )
                self._metrics.watch_age(reflector.name, partial(self._age_s, reflector))
                found.append(reflector)
        return found

    def _age_s(self, reflector: Reflector) -> float:
        heard = reflector.last_contact
        return self._loop.time() - heard if heard is not None else float("nan")

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
