"""``atlas migrate down`` for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.duration import duration_text, plural, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.migrate_plan import DownPlan, DownReport, DownStep, RevertedFile, RowCheck

NOTHING_TO_REVERT = "No migrations to revert"
_RULE = "  -------------------------"
_CONTINUED = "\n       "


def plan_text(plan: DownPlan, checks: Sequence[RowCheck]) -> str:
    """What would be run, and what the checks say now."""
    return "\n".join((*_head(plan, checks), *(line for step in plan.steps for line in _planned(step)), ""))


def report_text(report: DownReport) -> str:
    """What was run."""
    lines = [*_head(report.plan, report.checks)]
    for reverted in report.reverted:
        lines += _reverted(reverted)
    lines += _summary(report)
    return "\n".join((*lines, ""))


def _head(plan: DownPlan, checks: Sequence[RowCheck]) -> Iterator[str]:
    to = f" to {plan.target}" if plan.target else ""
    yield f"Migrating down from version {plan.current}{to} ({plural(len(plan.steps), 'migration')} in total):"
    yield ""
    if checks:
        yield f"  -- checks before reverting version {plan.current}"
        for check in checks:
            yield f"    -> {check.question}"
            if not check.is_empty:
                yield "    it does hold data"
        if all(check.is_empty for check in checks):
            yield "  -- ok"
        yield ""
    for key in plan.kept:
        yield f"  -- left alone, no file has made it: {key}"
    if plan.kept:
        yield ""


def _planned(step: DownStep) -> Iterator[str]:
    yield f"  -- reverting version {step.revision.version}"
    for statement in step.plan.statements:
        yield f"    -> {statement.text().replace(chr(10), _CONTINUED)}"
    yield ""


def _reverted(reverted: RevertedFile) -> Iterator[str]:
    yield f"  -- reverting version {reverted.step.revision.version}"
    for text in reverted.statements:
        yield f"    -> {text.replace(chr(10), _CONTINUED)}"
    if reverted.error:
        yield f"    {reverted.error}"
    else:
        yield f"  -- ok ({duration_text((reverted.end - reverted.start).total_seconds())})"
    yield ""


def _summary(report: DownReport) -> Iterator[str]:
    failed = sum(1 for each in report.reverted if each.error)
    sent = sum(len(each.statements) for each in report.reverted)
    yield _RULE
    yield f"  -- {duration_text((report.end - report.start).total_seconds())}"
    yield f"  -- {tally(len(report.reverted) - failed, failed, 'migration')}"
    yield f"  -- {tally(sent - failed, failed, 'sql statement')}"
