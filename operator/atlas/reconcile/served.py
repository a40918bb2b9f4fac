"""Where a status says that the last success was read from: a registry, or a backup in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.backups import Fallback
from atlas.reconcile.status_patch import (
    State,
    conditions_of,
    is_ready,
    ready_state,
    renewed,
    source_of_status,
    with_source,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.reconcile.outcome import Source
    from atlas.reconcile.status_patch import Place

MESSAGE_LIMIT = 32768
"""The CRD allows no longer message (``maxLength``, in characters)."""

_SERVED = "Served from"
"""How ``Fallback.told`` begins."""


def moved(place: Place, source: Source | None) -> Mapping[str, object]:
    """A ready resource that stays so, read from somewhere else than before. Another age or reason alone is no news."""
    before = source_of_status(place.status)
    is_same = before and source and (before.url, before.pushed_at) == (source.url, source.pushed_at)
    if source is None or is_same or (before is None and not source.is_backup) or not is_ready(place.status):
        return place.status
    reason, message = ready_state(place.status)
    if before and before.is_backup:
        said, mark, _ = message.rpartition(f"{_SERVED} {before.url} ")
        message = said.rstrip() if mark else message
    state = State(True, reason, joined(message, served_from(place, source)))
    conditions = [
        renewed(place, "Ready", state) if one.get("type") == "Ready" else one
        for one in conditions_of(place.status)
    ]
    return with_source({**place.status, "conditions": conditions}, source)


def served_from(place: Place, source: Source | None) -> str:
    """What Ready says of a backup, '' where the registry itself gave the state."""
    if source is None or not source.is_backup:
        return ""
    return Fallback(source.url, source.pushed_at, source.reason).told(place.now)


def joined(message: str, told: str) -> str:
    """A message with what is told behind it, which is never cut off."""
    return f"{message[: MESSAGE_LIMIT - len(told) - 1]} {told}".strip()[:MESSAGE_LIMIT]
