"""Durations and counts as Go prints them: ``3.59ms``, ``1.2s``, ``2m3s``; ``1 migration``, ``2 migrations``."""

from __future__ import annotations

_SECOND_NS = 1_000_000_000
_SMALL_UNITS_NS = (("ns", 1), ("µs", 1_000), ("ms", 1_000_000))
_KEPT = 1_000  # three digits after the point


def duration_text(seconds: float) -> str:
    """A duration rounded to a person's needs, in the form of Go's ``time.Duration``."""
    nanoseconds = _rounded(round(seconds * _SECOND_NS))
    if not nanoseconds:
        return "0s"
    for unit, size_ns in _SMALL_UNITS_NS:
        if nanoseconds < size_ns * 1_000:
            return f"{_trim(nanoseconds / size_ns)}{unit}"
    minutes, rest_ns = divmod(nanoseconds, 60 * _SECOND_NS)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{head}{_trim(rest_ns / _SECOND_NS)}s"


def _rounded(nanoseconds: int) -> int:
    """Rounded in the unit that will be shown, before it is chosen: 999.9996 ms are a second."""
    unit_ns = next(
        (size_ns for _, size_ns in _SMALL_UNITS_NS if nanoseconds < size_ns * 1_000),
        _SECOND_NS,
    )
    step_ns = max(1, unit_ns // _KEPT)
    return (nanoseconds + step_ns // 2) // step_ns * step_ns


def _trim(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def plural(count: int, word: str) -> str:
    """``1 migration``, ``2 migrations``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def tally(ok: int, failed: int, word: str) -> str:
    """A line of the summary: ``2 migrations``, ``1 migration ok, 1 with errors``, ``1 migration with errors``."""
    if not failed:
        return plural(ok, word)
    if not ok:
        return f"{plural(failed, word)} with errors"
    return f"{plural(ok, word)} ok, {failed} with errors"
