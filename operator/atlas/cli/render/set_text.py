"""``atlas migrate set`` for a reader: which rows were written and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.history.revisions import Revision
    from atlas.engine.history.set_version import SetReport


def set_text(report: SetReport) -> str:
    """The whole text with its newlines; '' when nothing changed."""
    if not report.set and not report.removed:
        return ""
    counts = [f"{len(report.set)} set"] if report.set else []
    counts += [f"{len(report.removed)} removed"] if report.removed else []
    head = f"Current version is {report.current} ({', '.join(counts)}):"
    if not report.current:
        head = f"All revisions deleted ({len(report.removed)} in total):"
    lines = [f"  + {_name(row)}" for row in report.set] + [f"  - {_name(row)}" for row in report.removed]
    return "\n".join((head, "", *lines, "", ""))


def _name(row: Revision) -> str:
    return f"{row.version} ({row.description})" if row.description else row.version
