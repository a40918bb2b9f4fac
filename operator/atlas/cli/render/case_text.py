"""The report of test cases as text: a line a case, notes below it, and a last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.testing import Verdict

if TYPE_CHECKING:
    from atlas.engine.testing import CaseResult

_UNITS_S = (("ms", 1e-3), ("µs", 1e-6))


def case_text(result: CaseResult) -> str:
    """``-- PASS: name (4ms)`` and the notes, indented."""
    time = "" if result.verdict is Verdict.SKIP else f" ({_rounded(result.seconds)})"
    lines = [f"-- {result.verdict.value}: {result.name}{time}"]
    lines += [f"    {line}".rstrip() for note in result.notes for line in note.splitlines()]
    return "\n".join(lines) + "\n"


def end_text(*, has_failed: bool) -> str:
    """``PASS`` when no case failed."""
    return f"{(Verdict.FAIL if has_failed else Verdict.PASS).value}\n"


def _rounded(seconds: float) -> str:
    """A duration in whole units: ``901µs``, ``4ms``, ``1.2s``."""
    from atlas.cli.render.duration import duration_text

    for unit, size_s in _UNITS_S:
        if size_s <= seconds < size_s * 1_000:
            return f"{int(seconds / size_s)}{unit}"
    return duration_text(round(seconds, 2) if seconds >= 1 else seconds)
