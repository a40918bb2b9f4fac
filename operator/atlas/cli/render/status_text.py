"""``atlas migrate status`` for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.history.status import StatusReport


def status_text(report: StatusReport) -> str:
    """The whole text, without a final newline."""
    return "\n".join(_lines(report))


def _lines(report: StatusReport) -> Iterator[str]:
    partial = report.total > report.count
    yield f"Migration Status: {report.status}"
    applied = f" ({report.count} statements applied)" if partial else ""
    yield f"  -- Current Version: {report.current}{applied}"
    yield f"  -- Next Version:    {_next(report)}"
    yield f"  -- Executed Files:  {len(report.applied)}{' (last one partially)' if partial else ''}"
    out_of_order = len(report.out_of_order)
    waiting = len(report.pending) + out_of_order
    note = f" ({out_of_order} out of order)" if out_of_order and report.pending else ""
    yield f"  -- Pending Files:   {waiting}{note}"
    if report.sql:
        yield ""
        yield "Last migration attempt had errors:"
        yield f"  -- SQL:   {report.sql}"
        yield f"  -- ERROR: {report.error}"
    elif report.error:
        yield ""
        yield f"  ERROR: {report.error}"


def _next(report: StatusReport) -> str:
    checkpoint = (
        " (checkpoint)" if any(f.version == report.next and f.is_checkpoint for f in report.pending) else ""
    )
    left = f" ({report.total - report.count} statements left)" if report.total > report.count else ""
    return f"{report.next or 'UNKNOWN'}{checkpoint}{left}"
