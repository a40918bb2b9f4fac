"""The operator without a cluster: the same turns over a folder of manifests, and a table for a person."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from atlas import wiring
from atlas.errors import AtlasError
from atlas.handlers.config.evaluator import config_ports
from atlas.handlers.dev.rooms import DevRooms
from atlas.handlers.folder.directory_states import FolderDirectoryStates
from atlas.handlers.folder.manifests import Folder
from atlas.handlers.folder.table import rows
from atlas.handlers.healing.met import Lookout, Sights
from atlas.handlers.healing.obstacles import Obstacles
from atlas.handlers.healing.outages import Outages
from atlas.handlers.healing.servers import Servers
from atlas.handlers.logs import LOGGER, start_logging
from atlas.handlers.objects import Uncounted
from atlas.handlers.ports import Rules, WiredTargets, ports_for
from atlas.handlers.turns.bridge import LoopReferences, WatchedTargets
from atlas.handlers.turns.dependents import Dependents
from atlas.handlers.turns.inbox import Inbox
from atlas.handlers.turns.queue import WorkQueue
from atlas.handlers.turns.turn import CONFIG_THREADS, Surroundings, Turns
from atlas.handlers.turns.worker import Worker
from atlas.reconcile import conditions
from atlas.reconcile.outcome import Contended
from atlas.reconcile.ports import DevPorts, TargetRules
from atlas.reconcile.runbook import Runbook

if TYPE_CHECKING:
    from atlas.handlers.keys import Key
    from atlas.handlers.options import StandaloneOptions

LOOK_EVERY_S = 1.0
GRACE_S = 25.0
EXIT_OK = 0
EXIT_NOT_READY = 1


def run_standalone(options: StandaloneOptions) -> int:
    """Reconcile the folder once, or until a signal. Returns 0 if all resources are ready (or on a signal), else 1.

    Raises:
        UsageError: The folder is missing or holds a file that is no manifest.
    """
    start_logging(options.log_level)
    return asyncio.run(_run(options))


async def _run(options: StandaloneOptions) -> int:
    with ThreadPoolExecutor(options.threads, thread_name_prefix="pass") as pool:
        standalone = Standalone(options, pool)
        return await (standalone.once() if options.once else standalone.watch())


class Standalone:
    """One folder and the turns over it; belongs to one event loop."""

    def __init__(self, options: StandaloneOptions, pool: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        self._folder = Folder(options.folder, options.status_folder)
        self._logger = logging.getLogger(LOGGER)
        self._queue: WorkQueue[Key] = WorkQueue(loop.time)
        self._worker = Worker(self._queue, self._logger)
        self._dependents = Dependents()
        self._inbox = Inbox(self._queue, stop=self._worker.stop, forget=self._forget)
        surroundings = self._surroundings(options, pool, loop)
        self._lookout = surroundings.lookout
        self._turns = Turns(surroundings)
        self._printed: dict[Key, tuple[str, ...]] = {}

    async def once(self) -> int:
        """One turn for every resource, all of them side by side."""
        contents = self._folder.read()
        keys = sorted(contents.resources)
        for key, body in contents.resources.items():
            self._inbox.receive(key.kind, None, body)
        await asyncio.gather(*(self._one_turn(key) for key in keys))
        self._print(keys)
        statuses = [self._folder.contents.resources[key]["status"] for key in keys]
        return EXIT_OK if all(conditions.is_ready(status) for status in statuses) else EXIT_NOT_READY

    async def watch(self) -> int:
        """Turns for what is there and for whatever changes, until a signal."""
        ended = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        working = asyncio.create_task(self._worker.run(self._turns))
        seen = None
        while not ended.is_set():
            if (found := self._folder.fingerprint()) != seen:
                seen = self._look(found)
            self._print_changed()
            try:
                await asyncio.wait_for(ended.wait(), LOOK_EVERY_S)
            except TimeoutError:
                continue
        working.cancel()
        await self._worker.wind_down(self._turns, GRACE_S)
        if self._lookout:
            self._lookout.close()
        self._print_changed()
        return EXIT_OK

    def _forget(self, key: Key) -> None:
        self._turns.forget(key)
        self._printed.pop(key, None)

    async def _one_turn(self, key: Key) -> None:
        from threading import Event

        stop = Event()
        try:
            turn = await self._turns.take(key, stop)
            while isinstance(turn.outcome, Contended):
                await asyncio.sleep(turn.delay_s or 0)
                turn = await self._turns.take(key, stop)
        except AtlasError as error:
            self._logger.error("%s: %s", key, error)  # noqa: TRY400 - an error raised on purpose says all there is

    def _look(self, found: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Read the folder and ask for passes over what changed; a broken file leaves everything as it was."""
        try:
            contents = self._folder.read()
        except AtlasError as error:
            self._logger.error("%s", error)  # noqa: TRY400 - an error raised on purpose says all there is
            return found
        for key in set(self._inbox.keys()) - contents.resources.keys():
            self._inbox.receive(
                key.kind, "DELETED", {"metadata": {"namespace": key.namespace, "name": key.name}}
            )
        for key, body in contents.resources.items():
            self._inbox.receive(key.kind, "MODIFIED", body)
        versions = {
            ref: str(body["metadata"]["resourceVersion"]) for ref, body in contents.references.items()
        }
        for ref in self._dependents.all_refs():
            for key in self._dependents.outdated(ref, versions.get(ref, "")):
                self._queue.add(key)
        return found

    def _print_changed(self) -> None:
        resources = self._folder.contents.resources
        changed = []
        for key in sorted(resources):
            row = tuple(rows({key: resources[key]["status"]}))
            if conditions.ready_state(resources[key]["status"]) != ("", "") and self._printed.get(key) != row:
                self._printed[key] = row
                changed.append(key)
        if changed:
            self._print(changed)

    def _print(self, keys: list[Key]) -> None:
        resources = self._folder.contents.resources
        for line in rows({key: resources[key]["status"] for key in keys}):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def _surroundings(
        self, options: StandaloneOptions, pool: ThreadPoolExecutor, loop: asyncio.AbstractEventLoop
    ) -> Surroundings:
        servers = Servers(loop.time, options.on_one_server)
        rules = TargetRules(options.allowed_folders or None)
        targets = WatchedTargets(WiredTargets(rules).open, servers, loop)
        config = config_ports(rules, options.folder) if options.allow_custom_config else None
        return Surroundings(
            objects=self._folder,
            inbox=self._inbox,
            servers=servers,
            dependents=self._dependents,
            tally=Uncounted(),
            ports=replace(
                ports_for(
                    LoopReferences(self._folder, loop),
                    targets,
                    registry=options.registry,
                    rules=Rules(rules, options.backups, options.namespace_tokens),
                    dev=DevPorts(
                        servers=options.dev_servers, room_on=DevRooms(options.on_one_server).room_on
                    ),
                    directory_states=FolderDirectoryStates(Path(options.status_folder or options.folder)),
                    warn=self._logger.warning,
                ),
                config=config,
            ),
            pool=pool,
            logger=self._logger,
            post=lambda _key, _resource, _event: None,
            config_pool=ThreadPoolExecutor(CONFIG_THREADS, thread_name_prefix="config"),
            lookout=Lookout(
                Outages(Obstacles(self._queue.add_after, self._logger), wiring.registry_answers),
                None if options.once else _sights(servers, targets),
            ),
            runbook=Runbook(options.runbook),
        )


def _sights(servers: Servers, targets: WatchedTargets) -> Sights:
    lock_is_free = partial(wiring.run_lock_is_free, opener=targets.open)
    return Sights(servers, wiring.server_answers, lock_is_free)
