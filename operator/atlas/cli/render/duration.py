"""Durations and counts as Go prints them: ``3.59ms``, ``1.2s``, ``2m3s``; ``1 migration``, ``2 migrations``."""

from __future__ import annotations

_MILLISECOND = 1e-3


def duration_text(seconds: float) -> str:
    """A duration rounded to a person's needs, in the form of Go's ``time.Duration``."""
    if seconds < _MILLISECOND:
        return f"{_trim(seconds * 1e6)}µs"
    if seconds < 1:
        return f"{_trim(seconds * 1e3)}ms"
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{_trim(rest)}s"
    hours, minutes = divmod(int(minutes), 60)
    head = f"{hours}h" if hours else ""
    return f"{head}{minutes}m{_trim(rest)}s"


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
