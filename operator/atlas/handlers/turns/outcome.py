"""The only writer of status and Events: once at the start, now and then meanwhile, once at the end.

Writes are merge patches of the status subresource without a resourceVersion. An Event is posted only when
something changed, and losing one is no error.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import uuid4

from atlas.errors import ProtectedFlow, Retry
from atlas.handlers.keys import MIGRATION, SCHEMA
from atlas.reconcile import conditions
from atlas.reconcile.conditions import Place
from atlas.reconcile.outcome import Failed, Ready, SchemaReady, Waiting
from atlas.reconcile.runbook import Runbook
from atlas.reconcile.spec import backoff_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.handlers.keys import Key
    from atlas.reconcile.conditions import Patch
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.resource import Resource

_PROGRESS = {MIGRATION: conditions.progress, SCHEMA: conditions.detail}
SOURCE_CHANGED = "SourceChanged"
RETRIED = "TransientErr"
NO_PAGES = Runbook()
EVENT_MESSAGE_LIMIT = 1024
"""The API server refuses longer ones."""


class Event(NamedTuple):
    """What a person sees in ``kubectl describe``."""

    is_warning: bool
    reason: str
    message: str


class Stores(Protocol):
    """Where status and Events go: the API server, or files."""

    async def patch_status(self, key: Key, patch: Mapping[str, object]) -> None: ...

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None: ...


class StatusWriter:
    """The status of one resource during one pass."""

    def __init__(
        self,
        key: Key,
        resource: Resource,
        stores: Stores,
        now: Callable[[], datetime],
        runbook: Runbook = NO_PAGES,
    ) -> None:
        self._runbook = runbook
        self._key = key
        self._resource = resource
        self._stores = stores
        self._now = now
        self._lock = asyncio.Lock()
        self._announced = False
        self._settled = False
        self.status: dict[str, object] = dict(resource.status)
        """As stored, writes of this pass included."""

    @property
    def is_new(self) -> bool:
        """The status speaks of another generation: say so before anything else."""
        return self._resource.observed.generation != self._resource.generation

    @property
    def must_announce(self) -> bool:
        """Work that begins is not to be seen yet; a retry of the same generation is not work that begins."""
        return not self._announced and (self.is_new or self._resource.observed.ready)

    async def announce(self, detail: str = "") -> None:
        """Work begins. Twice is once."""
        async with self._lock:
            if not self.must_announce:
                return
            await self._write(conditions.reconciling(self._place(), detail))
            self._announced = True

    async def progress(self, text: str) -> None:
        """Work goes on; after its end this says nothing."""
        async with self._lock:
            if not self._settled:
                await self._write(_PROGRESS[self._key.kind](self._place(), text))

    async def settle(self, outcome: Outcome) -> tuple[Event, ...]:
        """Write the end; returns the Events that say what changed."""
        async with self._lock:
            limit = backoff_limit(self._resource.spec)
            await self._write(conditions.settled(self._place(), outcome, limit))
            self._settled = True
            before = self._resource.status
            found = (*events(before, self.status, outcome), *_source_events(before, self.status))
            return tuple(self._with_page(event, outcome) for event in found)

    def _with_page(self, event: Event, outcome: Outcome) -> Event:
        """A warning sends a person to the page of its reason; of a failure that is the one that the status has too."""
        if not event.is_warning:
            return event
        reason = outcome.reason if isinstance(outcome, Failed) and event.reason == RETRIED else event.reason
        return event._replace(message=self._runbook.ended(event.message, reason, EVENT_MESSAGE_LIMIT))

    def _place(self) -> Place:
        return Place(self.status, self._resource.generation, self._now(), self._runbook)

    async def _write(self, patch: Patch) -> None:
        if patch:
            await self._stores.patch_status(self._key, patch)
            self.status = conditions.merged(self.status, patch)


def events(before: Mapping[str, object], after: Mapping[str, object], outcome: Outcome) -> tuple[Event, ...]:
    """What changed between two settled states, in the words of the Go operator."""
    match outcome:
        case Ready():
            same = conditions.is_ready(before) and before.get("lastAppliedVersion") == outcome.version
            return (
                ()
                if same or not outcome.version
                else (Event(False, "Applied", f"Version {outcome.version} applied"),)
            )
        case SchemaReady(news=news):
            return (Event(False, "Applied", news),) if news else ()
        case Waiting():
            return _waiting_events(before, after, outcome)
        case Failed():
            return _failure_events(before, after, outcome)
        case _:
            return ()


def _source_events(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Event, ...]:
    """A backup began to stand in for the registry, or no longer does."""
    was, now = conditions.source_of_status(before), conditions.source_of_status(after)
    if now is None or (was and was.url) == now.url:
        return ()
    if now.is_backup:
        return (Event(True, SOURCE_CHANGED, f"served from {now.url}: {now.reason}"),)
    return (Event(False, SOURCE_CHANGED, f"served from {now.url} again"),) if was and was.is_backup else ()


def _waiting_events(
    before: Mapping[str, object], after: Mapping[str, object], outcome: Waiting
) -> tuple[Event, ...]:
    news = tuple(Event(False, reason, message) for reason, message in outcome.news)
    if conditions.ready_state(before) == conditions.ready_state(after):
        return news
    return (*news, Event(True, outcome.reason, outcome.message))


def _failure_events(
    before: Mapping[str, object], after: Mapping[str, object], outcome: Failed
) -> tuple[Event, ...]:
    found = []
    if conditions.ready_state(before) != conditions.ready_state(after):
        found.append(Event(True, _failure_reason(outcome), outcome.message))
    exhausted = (
        outcome.retry is Retry.BACKOFF and conditions.is_stalled(after) and not conditions.is_stalled(before)
    )
    if exhausted:
        found.append(Event(True, "BackoffLimitExceeded", "backoff limit exceeded"))
    return tuple(found)


def _failure_reason(outcome: Failed) -> str:
    if outcome.reason == ProtectedFlow.reason or outcome.retry is Retry.NEVER:
        return outcome.reason
    return RETRIED


def event_body(key: Key, resource: Resource, event: Event, api_version: str, host: str) -> dict[str, object]:
    """The object to post."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    component = f"{key.kind.lower()}-controller"
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": f"{key.name[:230]}.{uuid4().hex[:16]}", "namespace": key.namespace},
        "involvedObject": {
            "apiVersion": api_version,
            "kind": key.kind,
            "namespace": key.namespace,
            "name": key.name,
            "uid": resource.uid,
        },
        "type": "Warning" if event.is_warning else "Normal",
        "reason": event.reason,
        "message": event.message[:EVENT_MESSAGE_LIMIT],
        "source": {"component": component, "host": host},
        "reportingComponent": component,
        "reportingInstance": host,
        "firstTimestamp": now,
        "lastTimestamp": now,
        "count": 1,
    }
