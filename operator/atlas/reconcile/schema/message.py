"""What Ready says after a success: the answer of the run as JSON, its SQL cut at a size, and what was left alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from atlas.gotemplate.encode_json import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.engine.apply_plan import PlanReport
    from atlas.engine.plan import Plan

SQL_LIMIT_BYTES = 1024
"""Of all statements together, as in the Go operator: a status is no log."""
_NAMED = 5

_DONE = "The schema has been applied successfully."


def success(plan: Plan, report: PlanReport | None, dialect: str, *, has_drifted: bool = False) -> str:
    """The message; ``report`` is None where nothing had to be run."""
    parts = [_DONE]
    if report is not None:
        parts.append(f"Apply response: {_response(report, dialect)}")
    if has_drifted:
        parts.append(f"The database had been changed by hand, and was changed back: {changed(plan)}.")
    if plan.current.unmodelled:
        found = (f"{one.kind} {one.name}" for one in plan.current.unmodelled)
        parts.append(f"Left alone, because this version does not manage them: {_listed(found)}.")
    if plan.skipped:
        kept = (str(change.key) for change in plan.skipped)
        parts.append(f"Left as they are, by policy.diff.skip: {_listed(kept)}.")
    return " ".join(parts)


def changed(plan: Plan) -> str:
    """The objects that a plan changes, by kind and name; the first few of them."""
    return _listed(str(change.key) for change in plan.changes)


def cut(statements: Sequence[str], limit_bytes: int = SQL_LIMIT_BYTES) -> list[str]:
    """The statements, as far as they fit; what is left out is counted in the place of it."""
    kept: list[str] = []
    room = limit_bytes
    for number, statement in enumerate(statements):
        size = len(statement.encode())
        if size > room:
            head = statement.encode()[:room].decode(errors="ignore")
            left = sum(len(one.encode()) for one in statements[number:]) - len(head.encode())
            return [*kept, f"{head}-- truncated {left} bytes..."]
        kept.append(statement)
        room -= size
    return kept


def _response(report: PlanReport, dialect: str) -> str:
    """As ``schema apply`` answers; without the target's address, which says nothing new in its own resource."""
    document = {
        "Driver": dialect,
        "Changes": {"Applied": cut(report.applied)},
        "Start": rfc3339(report.start),
        "End": rfc3339(report.end),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _listed(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more
