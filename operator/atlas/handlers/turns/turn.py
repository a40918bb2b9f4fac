"""One turn of a key: load the object, resolve it, wait for room on the server, deploy, write the outcome."""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from atlas.errors import AtlasError, ConnectFailed, Retry, Unavailable
from atlas.handlers.healing.met import Met
from atlas.handlers.keys import Ref
from atlas.handlers.turns.bridge import PassProgress
from atlas.handlers.turns.outcome import NO_PAGES, StatusWriter
from atlas.handlers.turns.schedule import next_in_s
from atlas.reconcile.outcome import Contended, Failed, Gone, Ready, Unchanged, Waiting
from atlas.reconcile.references import references_of
from atlas.reconcile.resource import resource_of
from atlas.reconcile.tenants import looked_for
from atlas.reconcile.work import begin

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from logging import Logger

    from atlas.handlers.healing.met import Lookout
    from atlas.handlers.healing.servers import Servers
    from atlas.handlers.keys import Key
    from atlas.handlers.objects import Objects, Tally
    from atlas.handlers.turns.dependents import Dependents
    from atlas.handlers.turns.inbox import Inbox
    from atlas.handlers.turns.outcome import Event
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.runbook import Runbook
    from atlas.reconcile.work import Work

T = TypeVar("T")

CONFIG_THREADS = 8
"""Project files that are evaluated at once: they may wait for data sources, and nobody else shall wait for them."""
WRITE_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a turn works with; all of it belongs to one event loop.

    Attributes:
        config_pool: Where resources with a project file are resolved, so that only they wait for each other; None is
            ``pool``.
        lookout: Looks for registries, servers and locks that stop a turn; None asks all of them, always.
        runbook: Where messages send people.
        post: Takes an Event to be posted; returns at once.
    """

    objects: Objects
    inbox: Inbox
    servers: Servers
    dependents: Dependents
    tally: Tally
    ports: Ports
    pool: Executor
    logger: Logger
    post: Callable[[Key, Resource, Event], None]
    config_pool: Executor | None = None
    lookout: Lookout | None = None
    runbook: Runbook = NO_PAGES


class Turn(NamedTuple):
    """How a turn ended, and the seconds until the next one; None for not until something changes."""

    outcome: Outcome
    delay_s: float | None


class Turns:
    """Makes turns, and remembers of each key what the next turn needs."""

    def __init__(self, around: Surroundings, write_pauses_s: Sequence[float] = WRITE_PAUSES_S) -> None:
        self._around = around
        self._write_pauses_s = write_pauses_s
        self._statuses: dict[Key, tuple[str, dict[str, object]]] = {}
        self._contentions: dict[Key, int] = {}
        self._deploying: dict[Key, Work] = {}

    def cancel_statements(self) -> None:
        """Ask the servers to end what runs, all at once, for one may not answer; blocks, so it belongs into a thread."""
        works = dict(self._deploying)
        with ThreadPoolExecutor(max(1, len(works)), thread_name_prefix="cancel") as pool:
            asked = {key: pool.submit(work.cancel) for key, work in works.items()}
        for key, ended in asked.items():
            if error := ended.exception():
                self._around.logger.error(
                    "a cancellation ended by a defect", exc_info=error, extra=fields(key)
                )

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self._statuses.pop(key, None)
        self._contentions.pop(key, None)
        self._around.dependents.forget(key)
        self._around.tally.forget(key)
        if self._around.lookout:
            self._around.lookout.forget(key)

    async def take(self, key: Key, stop: threading.Event) -> Turn:
        """One turn.

        Raises:
            AtlasError: The object could not be read, or its status not be written.
        """
        begun_at = asyncio.get_running_loop().time()
        resource = await self._load(key)
        if resource is None:
            return Turn(Gone(), None)
        now, runbook = self._around.ports.clock.now, self._around.runbook
        writer = StatusWriter(key, resource, self._around.objects, now, runbook)
        met = Met()
        outcome = await self._outcome(key, resource, writer, stop, met)
        for event in await self._settled(writer, outcome):
            self._around.post(key, resource, event)
        self._statuses[key] = (resource.uid, writer.status)
        self._tell(key, writer, outcome, asyncio.get_running_loop().time() - begun_at)
        if not self._around.inbox.knows(key):
            self.forget(key)  # deleted meanwhile: nothing may be left of it
            return Turn(Gone(), None)
        delay_s = next_in_s(
            outcome,
            status=writer.status,
            spec=resource.spec,
            contentions=self._contended(key, outcome),
            chance=random.random(),  # noqa: S311 - keeps a crowd apart, guards nothing
        )
        woken_s = self._around.lookout.note(key, outcome, met) if self._around.lookout else None
        return Turn(outcome, delay_s if woken_s is None else min(woken_s, delay_s or woken_s))

    async def _load(self, key: Key) -> Resource | None:
        """The newest body. One of the watch may be older than our last write, or tell what somebody else wrote: then we ask."""
        resource = self._around.inbox.take(key)
        if resource is not None and self._is_as_written(key, resource):
            return resource
        body = await self._around.objects.get(key)
        return resource_of({**body, "kind": key.kind}) if body else None

    def _is_as_written(self, key: Key, resource: Resource) -> bool:
        uid, status = self._statuses.get(key, ("", {}))
        return uid != resource.uid or status == resource.status

    async def _outcome(
        self,
        key: Key,
        resource: Resource,
        writer: StatusWriter,
        stop: threading.Event,
        met: Met,
    ) -> Outcome:
        loop = asyncio.get_running_loop()
        ports, lookout = self._around.ports, self._around.lookout
        progress = PassProgress(writer, stop, loop=loop, clock=ports.clock)
        work = begin(resource, lookout.noted(ports, met) if lookout else ports, progress)
        try:
            return await self._resolved(key, resource, work, writer) or await self._deployed(key, work, met)
        except AtlasError:
            raise
        except Exception as error:
            self._around.logger.exception("a pass ended by a defect", extra=fields(key))
            return Failed(
                "InternalError", f"{type(error).__name__}: see the log of the operator", Retry.BACKOFF
            )

    async def _resolved(
        self, key: Key, resource: Resource, work: Work, writer: StatusWriter
    ) -> Outcome | None:
        """Resolve while the start is being written; both are done before a database is touched."""
        unnamed = looked_for(resource.spec, self._around.ports.namespace_tokens)
        found = references_of(resource.spec) | unnamed
        named = {Ref(kind, resource.namespace, name): "" for kind, name in found}
        self._around.dependents.note(key, named)
        begins = writer.is_new and not resource.is_idle
        outcome, _ = await asyncio.gather(
            self._in_thread(work.resolve, self._pool_for(resource)),
            writer.announce() if begins else asyncio.sleep(0),
        )
        read = {Ref(stored.kind, resource.namespace, stored.name): stored.version for stored in work.read}
        self._around.dependents.note(key, named | read)
        if work.fell_back:
            self._around.tally.fell_back(key)
        return outcome

    async def _deployed(self, key: Key, work: Work, met: Met) -> Outcome:
        met.target = work.target
        try:
            async with self._around.servers.room_on(work.target.server_key):
                self._deploying[key] = work
                return await self._in_thread(work.deploy, self._around.pool)
        except ConnectFailed as error:
            return work.ended_by(error)
        finally:
            self._deploying.pop(key, None)

    def _pool_for(self, resource: Resource) -> Executor:
        has_config = bool(resource.spec.get("config") or resource.spec.get("configFrom"))
        return self._around.config_pool or self._around.pool if has_config else self._around.pool

    async def _in_thread(self, step: Callable[[], T], pool: Executor) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, step)

    async def _settled(self, writer: StatusWriter, outcome: Outcome) -> tuple[Event, ...]:
        """Write the end of a pass; the database knows it already, so giving up loses only the news."""
        for pause_s in self._write_pauses_s:
            try:
                return await writer.settle(outcome)
            except Unavailable as error:
                self._around.logger.warning("status not written: %s", error)
                await asyncio.sleep(pause_s)
        return await writer.settle(outcome)

    def _contended(self, key: Key, outcome: Outcome) -> int:
        if not isinstance(outcome, Contended):
            self._contentions.pop(key, None)
            return 0
        self._contentions[key] = self._contentions.get(key, 0) + 1
        return self._contentions[key]

    def _tell(self, key: Key, writer: StatusWriter, outcome: Outcome, seconds: float) -> None:
        word = type(outcome).__name__
        reason = outcome.reason if isinstance(outcome, Failed) else ""
        self._around.tally.passed(key, word, reason=reason, seconds=seconds)
        self._around.tally.stands(key, writer.status)
        extra = fields(key) | {"reason": reason or word, "seconds": round(seconds, 3)}
        match outcome:
            case Failed():
                self._around.logger.warning("%s", outcome.message, extra=extra)
            case Waiting(message=message):
                self._around.logger.info("%s", message, extra=extra | {"reason": outcome.reason})
            case Unchanged(doubt=doubt) if doubt:
                self._around.logger.warning("not checked, still ready: %s", doubt, extra=extra)
            case Ready(version=version):
                self._around.logger.info("%s", word, extra=extra | {"version": version})
            case _:
                self._around.logger.info("%s", word, extra=extra)


def fields(key: Key) -> dict[str, object]:
    """The fields of a log line about one object."""
    return {"kind": key.kind, "namespace": key.namespace, "resource": key.name}
