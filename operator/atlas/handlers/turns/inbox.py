"""From watch events to keys on the queue: what is worth a pass, and the newest body of what waits for one.

Only a new object, a new generation, a deletion or a new value of the annotation asks for a pass; our own
status writes come back as events too, and must not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from atlas.handlers.keys import Key
from atlas.reconcile.resource import resource_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.handlers.turns.queue import WorkQueue
    from atlas.reconcile.resource import Resource

KEPT_BODIES = 256
"""Bodies held for keys that wait; a body can be large, so the others are read again when their turn comes."""


class _Seen(NamedTuple):
    uid: str
    generation: int
    requested_at: str
    is_deleted: bool


class Inbox:
    """Belongs to one event loop."""

    def __init__(
        self, queue: WorkQueue[Key], *, stop: Callable[[Key], None], forget: Callable[[Key], None]
    ) -> None:
        """``stop`` ends a pass that runs, between two statements; ``forget`` is told of objects that are gone."""
        self._queue = queue
        self._stop = stop
        self._forget = forget
        self._seen: dict[Key, _Seen] = {}
        self._bodies: dict[Key, Resource] = {}

    def receive(self, kind: str, event_type: str | None, body: Mapping[str, Any]) -> None:
        """One watch event; ``event_type`` is None for an object of the first list."""
        resource = resource_of({**body, "kind": kind})
        key = Key(kind, resource.namespace, resource.name)
        if event_type == "DELETED":
            self._remove(key)
            return
        seen = _Seen(resource.uid, resource.generation, resource.requested_at, resource.is_deleted)
        if self._seen.get(key) == seen:
            return
        self._seen[key] = seen
        if key in self._bodies or len(self._bodies) < KEPT_BODIES:
            self._bodies[key] = resource
        if resource.is_deleted or resource.spec.get("suspend") is True:
            self._stop(key)
        self._queue.add(key)

    def take(self, key: Key) -> Resource | None:
        """The newest body of a key, if it is held; given once."""
        return self._bodies.pop(key, None)

    def knows(self, key: Key) -> bool:
        """Whether the object exists, as far as is known."""
        return key in self._seen

    def keys(self) -> tuple[Key, ...]:
        """All objects that exist, as far as is known."""
        return tuple(self._seen)

    def _remove(self, key: Key) -> None:
        self._seen.pop(key, None)
        self._bodies.pop(key, None)
        self._stop(key)
        self._queue.forget(key)
        self._forget(key)
