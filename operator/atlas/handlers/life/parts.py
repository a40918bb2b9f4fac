"""The parts of the operator in a cluster, made and put together once."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from atlas import wiring
from atlas.handlers.cluster.api import Cluster
from atlas.handlers.cluster.directory_states import ClusterDirectoryStates
from atlas.handlers.cluster.events import EventPoster
from atlas.handlers.cluster.reflector import Reflector
from atlas.handlers.config.evaluator import config_ports
from atlas.handlers.dev.rooms import DevRooms
from atlas.handlers.dev.workloads import ClusterWorkloads
from atlas.handlers.healing.met import Lookout, Sights
from atlas.handlers.healing.obstacles import Obstacles
from atlas.handlers.healing.outages import Outages
from atlas.handlers.healing.servers import Servers
from atlas.handlers.life.metrics import Metrics
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
    from logging import Logger

    from atlas.handlers.keys import Key
    from atlas.handlers.options import OperatorOptions
    from atlas.reconcile.ports import Ports

_WATCHED = (SECRET, CONFIG_MAP)


class Parts:
    """Everything of the operator but its life. Belongs to one event loop."""

    def __init__(self, options: OperatorOptions, configuration: Any, logger: Logger) -> None:
        self._options = options
        self._logger = logger
        self._loop = asyncio.get_running_loop()
        namespaces = options.namespaces or ("",)
        self.cluster = Cluster(configuration, streams=len(_WATCHED) * len(namespaces))
        self.metrics = Metrics()
        self.queue: WorkQueue[Key] = WorkQueue(self._loop.time)
        self.worker = Worker(self.queue, logger)
        self.inbox = Inbox(self.queue, stop=self.worker.stop, forget=self._forget)
        self.dependents = Dependents()
        self.events = EventPoster(self.cluster, socket.gethostname(), logger)
        self._obstacles = Obstacles(self.queue.add_after, logger)
        self._servers = Servers(self._loop.time, options.on_one_server)
        self._rules = TargetRules(options.allowed_folders)
        self._targets = WatchedTargets(WiredTargets(self._rules).open, self._servers, self._loop)
        self.lookout = self._lookout()
        self._pool = ThreadPoolExecutor(options.threads, thread_name_prefix="pass")
        self._config_pool = ThreadPoolExecutor(CONFIG_THREADS, thread_name_prefix="config")
        self.turns = Turns(self._surroundings())
        self.reflectors = [self._reflector(kind, name) for kind in _WATCHED for name in namespaces]
        self.metrics.watch_obstacles(self._obstacles.count)
        self.metrics.watch_queue(lambda: len(self.queue), lambda: self.queue.active)

    def close(self) -> None:
        """Look for nothing more, and begin nothing more; threads that work are left to end."""
        self.lookout.close()
        for pool in (self._pool, self._config_pool):
            pool.shutdown(wait=False, cancel_futures=True)

    def receive(self, kind: str, event_type: str | None, body: Any) -> None:
        """One watch event, from any thread."""
        self._loop.call_soon_threadsafe(self.inbox.receive, kind, event_type, body)

    def _forget(self, key: Key) -> None:
        self.turns.forget(key)

    def _lookout(self) -> Lookout:
        lock_is_free = partial(wiring.run_lock_is_free, opener=self._targets.open)
        return Lookout(
            Outages(self._obstacles, wiring.registry_answers),
            Sights(self._servers, wiring.server_answers, lock_is_free),
        )

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            objects=self.cluster,
            inbox=self.inbox,
            servers=self._servers,
            dependents=self.dependents,
            tally=self.metrics,
            ports=self._ports(),
            pool=self._pool,
            config_pool=self._config_pool,
            logger=self._logger,
            post=self.events.post,
            lookout=self.lookout,
            runbook=Runbook(self._options.runbook),
        )

    def _ports(self) -> Ports:
        options = self._options
        ports = ports_for(
            LoopReferences(self.cluster, self._loop),
            self._targets,
            registry=options.registry,
            rules=Rules(self._rules, options.backups, options.namespace_tokens),
            dev=DevPorts(
                servers=options.dev_servers,
                workloads=ClusterWorkloads(self.cluster, self._loop),
                stays=options.dev_stays,
                room_on=DevRooms(options.on_one_server).room_on,
            ),
            directory_states=ClusterDirectoryStates(self.cluster, self._loop),
            warn=self._logger.warning,
        )
        return replace(ports, config=config_ports(self._rules) if options.allow_custom_config else None)

    def _reflector(self, kind: str, namespace: str) -> Reflector:
        reflector = Reflector(
            self.cluster, self.dependents, kind=kind, namespace=namespace, changed=self.queue.add
        )
        self.metrics.watch_age(reflector.name, partial(self._age_s, reflector))
        return reflector

    def _age_s(self, reflector: Reflector) -> float:
        heard = reflector.last_contact
        return self._loop.time() - heard if heard is not None else float("nan")
