"""When to come back after a failure: linear delays up to the limit, then by what the error is worth."""

from __future__ import annotations

from atlas.errors import Retry

STEP_S = 5.0
"""One more of these after each failure in a row, as the Go operator waits."""
OUTAGE_S = 300.0
"""How often an outage is looked at once the limit is passed."""
SPREAD = 0.1
"""Outages end for everybody at once: a tenth more or less keeps the crowd apart."""


def counted(failed: int, *, limit: int, retry: Retry) -> int:
    """Failures in a row after one more. Outages saturate one above the limit, so that they stop writing."""
    if retry is not Retry.AFTER:
        return failed + 1
    ceiling = limit + 1 if limit > 0 else int(OUTAGE_S / STEP_S)
    return max(failed, min(failed + 1, ceiling))


def is_terminal(failed: int, *, limit: int, retry: Retry) -> bool:
    """Whether only a change of the resource, or of what it names, can help."""
    match retry:
        case Retry.NEVER:
            return True
        case Retry.AFTER:
            return False
        case Retry.BACKOFF:
            return 0 < limit < failed


def delay_s(failed: int, *, limit: int, retry: Retry, chance: float) -> float | None:
    """Seconds until the next try; None means not until something changes.

    Args:
        failed: Failures in a row, this one included.
        limit: ``spec.backoffLimit``; 0 means no limit.
        retry: What trying again is worth.
        chance: A random number in [0, 1).
    """
    if is_terminal(failed, limit=limit, retry=retry):
        return None
    if retry is Retry.AFTER and (0 < limit < failed or failed * STEP_S >= OUTAGE_S):
        return OUTAGE_S * (1 - SPREAD + 2 * SPREAD * chance)
    return failed * STEP_S
