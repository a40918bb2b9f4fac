"""What a turn needs of the place where objects are kept: an API server (``cluster``) or files (``folder``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.handlers.keys import Key, Ref
    from atlas.reconcile.ports import Stored


class Objects(Protocol):
    """Resources with their status, and what they refer to. Errors are ``AtlasError``."""

    async def get(self, key: Key) -> dict[str, Any] | None:
        """The object, None when there is none."""

    async def stored(self, ref: Ref) -> Stored | None:
        """The Secret or ConfigMap, None when there is none."""

    async def patch_status(self, key: Key, patch: Mapping[str, object]) -> None:
        """Merge into the status, whatever else was written since. Raises ``NotFound`` when the object has gone."""

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None:
        """Post an Event."""


class Tally(Protocol):
    """What is counted of turns; ``Metrics`` for a cluster, ``Uncounted`` elsewhere."""

    def passed(self, key: Key, outcome: str, *, reason: str, seconds: float) -> None:
        """A pass has ended; ``reason`` is '' when it did not fail."""

    def stands(self, key: Key, status: Mapping[str, object]) -> None:
        """What the status of a resource says now."""

    def fell_back(self, key: Key) -> None:
        """A pass was served by a backup."""

    def forget(self, key: Key) -> None:
        """The resource is gone."""


class Uncounted:
    """Counts nothing."""

    def passed(self, key: Key, outcome: str, *, reason: str, seconds: float) -> None:
        """Nobody asks."""

    def stands(self, key: Key, status: Mapping[str, object]) -> None:
        """Nobody asks."""

    def fell_back(self, key: Key) -> None:
        """Nobody asks."""

    def forget(self, key: Key) -> None:
        """Nobody asks."""
