"""A file or a plan through the analyzers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.lint.file import FileView, LintFile, LintStatement
from atlas.engine.lint.findings import FileReport, Report
from atlas.engine.lint.nolint import Silence, skips_file
from atlas.engine.lint.policy import LintPolicy
from atlas.errors import PolicyRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.lint.analyzer import Analyzer
    from atlas.engine.plan import Plan
    from atlas.schema import Change, Realm

_WHOLE_PLAN = "plan"


def analyze(file: LintFile, analyzers: Sequence[Analyzer], policy: LintPolicy | None = None) -> FileReport:
    """Look at one file; findings that a directive silences are left out."""
    policy = policy or LintPolicy()
    changes = sum(len(statement.changes) for statement in file.statements)
    wanted = [
        each for each in analyzers if not skips_file(file) or policy.settings(each.name).switches.get("force")
    ]
    reports = tuple(_reports(file, wanted, policy))
    return FileReport(name=file.name, text=file.text, reports=reports, changes=changes)


def lint_plan(plan: Plan, analyzers: Sequence[Analyzer], policy: LintPolicy | None = None) -> FileReport:
    """Look at a plan before it is applied. A change that several statements make is laid to the first of them."""
    return analyze(_file_of(plan), analyzers, policy)


def lint_changes(
    changes: Sequence[Change],
    before: Realm,
    after: Realm,
    analyzers: Sequence[Analyzer],
    policy: LintPolicy | None = None,
) -> FileReport:
    """Look at differences that no statement was written for."""
    statement = LintStatement(text="", position=0, changes=tuple(changes), before=before, after=after)
    file = LintFile(name=_WHOLE_PLAN, text="", dialect=after.dialect, statements=(statement,))
    return analyze(file, analyzers, policy)


def refuse(report: FileReport) -> None:
    """Stop a plan with findings that are errors.

    Raises:
        PolicyRefused: ``destructive changes detected:`` and a line for each finding, with the object it is about.
    """
    lines: list[str] = []
    for each in report.reports:
        if each.is_error:
            lines.append(f"{each.text}:")
            lines += [
                f"- {finding.text} ({', '.join(map(str, finding.keys))})"
                if finding.keys
                else f"- {finding.text}"
                for finding in each.findings
            ]
    if lines:
        raise PolicyRefused("\n".join(lines))


def _reports(file: LintFile, analyzers: Sequence[Analyzer], policy: LintPolicy) -> Iterator[Report]:
    view, silence = FileView(file), Silence(file)
    for analyzer in analyzers:
        settings = policy.settings(analyzer.name)
        is_forced = settings.switches.get("force", False)
        found = tuple(
            finding
            for finding in analyzer.check(view, settings)
            if is_forced or not silence.hides(finding, analyzer.name)
        )
        if found:
            is_error = policy.is_error(analyzer.name, unsaid=analyzer.is_error)
            yield Report(analyzer.name, analyzer.text, found, is_error)


def _file_of(plan: Plan) -> LintFile:
    seen: set[int] = set()
    statements: list[LintStatement] = []
    lines: list[str] = []
    position = 0
    for planned in plan.statements:
        text = f"{planned.text()};"
        changes = tuple(change for change in planned.changes if id(change) not in seen)
        seen.update(id(change) for change in changes)
        statements.append(
            LintStatement(
                text=text, position=position, changes=changes, before=plan.current, after=plan.desired
            )
        )
        lines.append(text)
        position += len(text.encode()) + 1
    return LintFile(
        name=_WHOLE_PLAN,
        text="".join(f"{line}\n" for line in lines),
        dialect=plan.current.dialect,
        statements=tuple(statements),
        in_transaction=all(planned.in_transaction for planned in plan.statements),
    )
