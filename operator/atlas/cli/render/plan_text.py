"""``atlas schema plan`` for a reader, and runs of plans that were made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.duration import duration_text, plural
from atlas.cli.render.lint_text import finding_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.client.plans import StoredPlan
    from atlas.engine.apply_plan import PlanReport
    from atlas.engine.lint import FileReport
    from atlas.engine.plan import PlannedStatement
    from atlas.engine.plan_file import Transition

NO_CHANGES = "The current state is synced with the desired state, no changes to be made"
NO_PLANS = "No plans were found"
_RULE = "  -------------------------"
_CONTINUED = "\n       "


def planning_text(statements: Sequence[PlannedStatement], places: tuple[str, str]) -> str:
    """What was planned from where to where, each statement below what it does."""
    current, desired = places
    return _text(
        (
            f"Planning migration from {current} to {desired} ({plural(len(statements), 'statement')} in total):",
            *_statements(statements),
        )
    )


def analysis_text(report: FileReport, statements: int) -> str:
    """What the analyzers found in it."""
    return _text(
        (
            f"Analyzing planned statements ({statements} in total):",
            "",
            *finding_lines(report, indent="  "),
            "",
            _RULE,
            *([f"  -- {plural(report.changes, 'schema change')}"] if report.changes else ()),
            *([f"  -- {plural(len(report.findings), 'diagnostic')}"] if report.findings else ()),
        )
    )


def stored_text(stored: StoredPlan) -> str:
    """Where a plan of the registry is, and how it stands."""
    return _text(
        (
            f"Plan Status: {stored.status}",
            f"  -- Atlas URL: {stored.url}",
            *([f"  -- Cloud URL: {stored.link}"] if stored.link else ()),
        )
    )


def saved_text(url: str) -> str:
    """Where the file of a plan was written."""
    return f"Plan File: {url}\n"


def applying_text(name: str, statements: Sequence[PlannedStatement], *, is_approved: bool) -> str:
    """What is run of a plan that was made before."""
    word = "approved migration" if is_approved else "migration"
    total = plural(len(statements), "statement")
    return _text(
        (f"Applying {word} using pre-planned file {name} ({total} in total):", *_statements(statements))
    )


def applied_text(report: PlanReport) -> str:
    """The account below it."""
    seconds = (report.end - report.start).total_seconds()
    done, left = len(report.applied), len(report.pending)
    rest = f", {left} not in effect" if left else ""
    return _text(("", _RULE, f"  -- {duration_text(seconds)}", f"  -- {plural(done, 'sql statement')}{rest}"))


def mismatch(which: str, planned: str, found: str, flag: str) -> str:
    """The words for a plan of another state; ``which`` is From or To. Clients look for the first line."""
    state = "current" if which == "From" else "desired"
    return (
        f'Abort: The plan "{which}" hash does not match the {state} state hash (passed with {flag}):\n\n'
        f"  - {planned} (plan value)\n  + {found} ({state} hash)\n"
    )


def several_plans(transition: Transition, urls: Sequence[str]) -> str:
    """The words for more than one plan that could be run."""
    listed = "".join(f"\n  -- {url}" for url in urls)
    return (
        "Abort: multiple pre-planned migrations were found in the registry for this schema transition.\n\n"
        f"  -- From: {transition.current_hash}\n  -- To:   {transition.desired_hash}\n\n"
        f"Choose one by --plan, or remove the others with 'atlas schema plan rm --url':{listed}"
    )


def _statements(statements: Sequence[PlannedStatement]) -> Iterator[str]:
    yield ""
    for each in statements:
        yield f"  -- {each.comment}:"
        yield f"    -> {each.text('  ').replace(chr(10), _CONTINUED)};"
    yield ""


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
