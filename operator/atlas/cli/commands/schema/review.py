"""May a plan be run? The policy of atlas.hcl decides, or a person at the terminal; nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import PolicyRefused, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.context import Context
    from atlas.engine.lint import FileReport, LintPolicy
    from atlas.engine.plan import Plan
    from atlas.project import Project

APPLY, ABORT = "Apply", "Abort"
_REJECTED = "Rejected by review policy"


def is_approved(
    plan: Plan,
    arguments: Namespace,
    context: Context,
    project: Project | None,
    *,
    waiting: Sequence[str] = (),
    report: FileReport | None = None,
) -> bool:
    """Whether to go on: False when a person said no.

    ``waiting`` are addresses of plans for the same change that were not approved. ``report`` is what lint says of the
    plan, for one whose statements do not say what they change.

    Raises:
        PolicyRefused: The policy says no, and there is nobody to ask.
        UsageError: Nothing says yes: no flag, no policy, no terminal.
    """
    from atlas.cli.terminal.prompt import is_interactive, select

    policy = project.lint if project else None
    if arguments.auto_approve:
        _check_unattended(plan, policy, report)
        return True
    can_ask = is_interactive() and not arguments.format
    if policy and policy.review:
        reason = _objection(plan, policy, report)
        if not reason:
            return True
        if not can_ask:
            also = f"; a plan for this change waits for an approval: {', '.join(waiting)}" if waiting else ""
            raise PolicyRefused(f"{_REJECTED}: {reason}{also}")
        context.err(f"{reason}:")
    if not can_ask:
        raise UsageError(
            "nobody can be asked here: expected --auto-approve to run the planned changes, --dry-run to look at "
            "them only, or a terminal without --format"
        )
    return select("Are you sure?", (APPLY, ABORT)) == APPLY


def taken_away(plan: Plan) -> tuple[str, ...]:
    """What would be gone after a plan, or lose rows or values: kinds and names, each once."""
    from atlas.engine.plan import HazardKind
    from atlas.schema import Drop

    names = [
        str(key)
        for statement in plan.statements
        for key in (
            *(hazard.key for hazard in statement.hazards if hazard.kind is HazardKind.DELETES_DATA),
            *(change.key for change in statement.changes if isinstance(change, Drop)),
        )
    ]
    return tuple(dict.fromkeys(names))


def _check_unattended(plan: Plan, policy: LintPolicy | None, report: FileReport | None) -> None:
    from atlas.engine.lint import refuse

    if policy is None:
        return
    if policy.review:
        raise UsageError(
            f"--auto-approve goes against lint.review = {policy.review.name} of atlas.hcl: leave one of them out"
        )
    report = report or _linted(plan, policy)
    wanted = {name for name, settings in policy.analyzers.items() if settings.error}
    refuse(_only(report, wanted))


def _objection(plan: Plan, policy: LintPolicy, report: FileReport | None) -> str:
    """Why a person has to look at the plan, '' when nobody has to."""
    from atlas.engine.lint import Review

    if policy.review is Review.ALWAYS:
        return "every plan needs an approval (lint.review = ALWAYS)"
    reports = (report or _linted(plan, policy)).reports
    found = [each for each in reports if policy.review is Review.WARNING or each.is_error]
    lines = (f"{each.text}: {finding.text}" for each in found for finding in each.findings)
    return "; ".join(lines)


def _linted(plan: Plan, policy: LintPolicy) -> FileReport:
    from atlas.engine.lint import lint_plan
    from atlas.wiring import WiredDialects

    return lint_plan(plan, WiredDialects().analyzers(plan.current.dialect), policy)


def _only(report: FileReport, analyzers: set[str]) -> FileReport:
    from dataclasses import replace

    return replace(report, reports=tuple(each for each in report.reports if each.analyzer in analyzers))
