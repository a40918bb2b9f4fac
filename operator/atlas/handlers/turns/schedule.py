"""When a key comes back after a pass: after a failure, a wait for a lock, a stop, or long afterwards in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.reconcile import conditions, retries
from atlas.reconcile.outcome import (
    Contended,
    Failed,
    Gone,
    Ready,
    Rehashed,
    SchemaReady,
    Stopped,
    Suspended,
    Unchanged,
    Waiting,
)
from atlas.reconcile.spec import backoff_limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.reconcile.outcome import Outcome

RESYNC_S = 10 * 3600.0
"""Everything is looked at again so often, one status query each; the period of the Go operator's caches."""
CONTENDED_S = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
STOPPED_S = 1.0
WAITING_S = 5.0
"""How often the Go operator asks for a dev database or an approval."""


def next_in_s(
    outcome: Outcome,
    *,
    status: Mapping[str, object],
    spec: Mapping[str, object],
    contentions: int,
    chance: float,
) -> float | None:
    """Seconds until the next pass; None means not until something changes.

    Args:
        outcome: How the pass ended.
        status: The status as written at its end.
        spec: The spec, for its ``backoffLimit``.
        contentions: How many passes in a row found the lock taken, this one included.
        chance: A random number in [0, 1).
    """
    spread = 1 - retries.SPREAD + 2 * retries.SPREAD * chance
    wait_s: float | None = None
    match outcome:
        case Unchanged(doubt=doubt) if doubt:
            wait_s = retries.OUTAGE_S * spread
        case (
            Unchanged(source=source)
            | Ready(source=source)
            | SchemaReady(source=source)
            | Rehashed(source=source)
        ):
            is_backup = source is not None and source.is_backup
            wait_s = (retries.OUTAGE_S if is_backup else RESYNC_S) * spread
        case Contended():
            wait_s = CONTENDED_S[min(contentions, len(CONTENDED_S)) - 1] * (0.5 + chance)
        case Stopped():
            wait_s = STOPPED_S
        case Waiting():
            wait_s = WAITING_S * spread
        case Failed():
            wait_s = conditions.wait_s(status, outcome, limit=backoff_limit(spec), chance=chance)
        case Suspended() | Gone():
            pass
        case _:
            assert_never(outcome)
    return wait_s
