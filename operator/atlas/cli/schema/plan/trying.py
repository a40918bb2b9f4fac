"""A plan that was made before, tried out right before it runs on a database with rows in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atlas.errors import PolicyRefused, Unsupported

if TYPE_CHECKING:
    from atlas.cli.schema.plan.choosing import PrePlanned
    from atlas.cli.schema.running import Running
    from atlas.engine.lint import FileReport

_SEEN: Final = re.compile(
    r"(?:CREATE|ALTER|DROP(?!.*\bIF\s+EXISTS\b)|RENAME|COMMENT|GRANT|REVOKE|SET|PRAGMA|ANALYZE|VACUUM|REINDEX|REFRESH|"
    r"INSERT(?!\s+OR\s+REPLACE\b|.*\bON\s+(?:CONFLICT|DUPLICATE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)
"""Statements whose harm shows in the schema, and those that only add rows."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries plans out for the target of one command."""

    running: Running

    def report(self, made: PrePlanned) -> FileReport | None:
        """Prove in a dev room that a text leads to the desired state; returns what lint says of one without an approval.

        A text that is what the planner would write needs no proof; the run is read back in any case.

        Raises:
            NotVerified: It leads elsewhere, or the dev database refuses one of its statements.
            PolicyRefused: It was not approved, and cannot be looked at.
        """
        from atlas.cli.schema.plan.planning import dev_of, policy_of
        from atlas.cli.states import States
        from atlas.engine.lint.directory import Laboratory
        from atlas.engine.plan_file import lint_text, rehearse
        from atlas.wiring import WiredDialects, refuse_target

        if made.is_as_planned:
            return None
        running = self.running
        states = States(running.arguments, running.context, running.project)
        dialect = running.database.dialect.name
        with dev_of(states, dialect) as opened:
            if opened is None:
                self._doubt(made, "there is no dev database: give --dev-url")
                return None
            refuse_target(opened.database, running.database)
            try:
                rehearse(
                    made.plan,
                    name=made.file.name,
                    driver=running.driver,
                    dev=opened.dev,
                    scope=running.scope,
                )
                if made.is_approved:
                    return None
                laboratory = Laboratory(
                    driver=running.driver,
                    dev=opened.dev,
                    scope=running.scope,
                    analyzers=WiredDialects().analyzers(dialect),
                    policy=policy_of(states),
                )
                return _with_rows(lint_text(made.plan, made.file, laboratory), made)
            except Unsupported as doubt:
                self._doubt(made, str(doubt))
                return None

    def _doubt(self, made: PrePlanned, reason: str) -> None:
        """A person who approved a plan may know more than a dev database; nobody else does."""
        if not made.is_approved:
            raise PolicyRefused(f'plan "{made.file.name}" was edited, and cannot be looked at: {reason}')
        self.running.context.err(f"Warning: the plan was not tried out before the run: {reason}")


def _with_rows(report: FileReport, made: PrePlanned) -> FileReport:
    """The report with an error for each statement of a person that may take rows away: no analyzer looks at rows.

    The same goes for ``DROP … IF EXISTS`` of what the dev room does not have, and the target may.
    """
    from atlas.engine.lint.findings import Finding, Report
    from atlas.engine.plan_file.statements import without_comments

    planned = [each.text() for each in made.fresh.statements]
    texts = [each.text() for each in made.plan.statements if each.text() not in planned]
    found = tuple(Finding("", text, 0) for text in texts if not _SEEN.match(without_comments(text)))
    if not found:
        return report
    rows = Report("rows", "no analyzer sees what a statement does to rows", found, is_error=True)
    return replace(report, reports=(*report.reports, rows))
