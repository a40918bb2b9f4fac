"""What no run may do without a word of the owner: destroy on a first run, destroy at all, be reviewed by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state import refuse_silence as refuse_state_without_words
from atlas.engine.lint import AnalyzerSettings, LintPolicy, lint_plan
from atlas.engine.plan import HazardKind
from atlas.errors import Retry, Unavailable
from atlas.reconcile.outcome import Failed
from atlas.reconcile.schema import approval
from atlas.reconcile.schema.registry_state import unsure_backup
from atlas.reconcile.schema.spec import Review
from atlas.schema import Drop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan import PlannedStatement
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.schema.passing import SchemaPass

FIRST_RUN = "FirstRunDestructive"
LINT = "LintPolicyError"
APPLYING = "ApplyingSchema"


def refuse_silence(run: SchemaPass) -> None:
    """Refuse to drop everything for an empty text.

    Raises:
        PolicyRefused: With what would go.
    """
    refuse_state_without_words(run.state, run.plan, run.database.dialect.scan_options)


def stop_if_plans_are_unsure(run: SchemaPass) -> None:
    """Take nothing away on the word of a backup: neither that nobody approved another plan, nor that this is the last state.

    Raises:
        Unavailable: The registry has to be asked first.
    """
    backup = unsure_backup(run)
    if run.approved or (run.plans_from is None and backup is None):
        return
    found = [statement for statement in run.plan.statements if drops(statement) or deletes(statement)]
    if not found:
        return
    if run.plans_from:
        raise Unavailable(
            f"{_objects(found)} The registry may hold an approved plan that keeps them, and this waits until it can be asked. "
            f"{run.plans_from.source} has none: {run.plans_from.reason}"
        )
    if backup:
        raise Unavailable(
            f"{_objects(found)} {backup.source} may lack what was pushed last, and this waits until the registry can be asked. "
            f"{backup.reason}"
        )


def refuse_first_run(run: SchemaPass) -> Outcome | None:
    """A first run may find a database that somebody else filled: it takes nothing away without a person's word."""
    if run.approved or run.resource.observed.applied_at_s:
        return None
    found = [statement for statement in run.plan.statements if drops(statement) or deletes(statement)]
    if not found:
        return None
    if approval.can_ask(run):
        return approval.ask(run)
    message = (
        f"{_detected(found)}\nTo prevent accidental drop of resources, first run of a schema must not contain "
        f"destructive changes.\n{_objects(found)}"
    )
    return Failed(FIRST_RUN, message, Retry.NEVER)


def refuse_destructive(run: SchemaPass) -> Outcome | None:
    """``policy.lint.destructive.error``. A state of a registry is pushed by others, so there it is the default."""
    wanted = run.spec.lint.destructive_error
    if run.approved or not (run.is_registry_state if wanted is None else wanted):
        return None
    found = [statement for statement in run.plan.statements if deletes(statement)]
    if not found:
        return None
    if approval.can_ask(run):
        return approval.ask(run)
    hint = "spec.policy.lint.destructive.error: false allows them; with spec.cloud.repo a person is asked"
    return Failed(LINT, f"{_detected(found)}\n{_objects(found)}\n{hint}", Retry.NEVER)


def refuse_unreviewed(run: SchemaPass) -> Outcome | None:
    """``policy.lint.review``: a person looks at the plan, in the registry. With ``cloud.repo`` ERROR is the default."""
    can_ask = approval.can_ask(run)
    review = run.spec.lint.review or (Review.ERROR if can_ask else None)
    if review is None or run.approved:
        return None
    if review is Review.ALWAYS:
        reason = "every change has to be reviewed"
    elif findings := worrying(run, review):
        reason = f"errors or warnings were found: {'; '.join(findings)}"
    else:
        return None
    if can_ask:
        return approval.ask(run)
    message = (
        f"Rejected by review policy: {reason}. spec.policy.lint.review is {review.value}, and nobody can be asked: "
        "name the repository of plans in spec.cloud.repo, with a registry and a token; or remove the field"
    )
    return Failed(APPLYING, message, Retry.NEVER)


def worrying(run: SchemaPass, review: Review) -> tuple[str, ...]:
    """What a reviewer would be asked about, in words, each once."""
    destructive = AnalyzerSettings(error=run.spec.lint.destructive_error is not False)
    report = lint_plan(
        run.plan,
        run.ports.dialects.analyzers(run.database.dialect.name),
        LintPolicy(analyzers={"destructive": destructive}),
    )
    findings = (
        finding
        for each in report.reports
        if each.is_error or review is Review.WARNING
        for finding in each.findings
    )
    return tuple(dict.fromkeys(f"{finding.text} ({finding.code})" for finding in findings))


def drops(statement: PlannedStatement) -> bool:
    """It takes away an object of whatever kind."""
    return any(isinstance(change, Drop) for change in statement.changes)


def deletes(statement: PlannedStatement) -> bool:
    """Rows, or values of rows, are gone afterwards."""
    return any(hazard.kind is HazardKind.DELETES_DATA for hazard in statement.hazards)


def _detected(statements: Iterable[PlannedStatement]) -> str:
    return "\n".join(
        ["destructive changes detected:", *(f"- {statement.text()}" for statement in statements)]
    )


def _objects(statements: Iterable[PlannedStatement]) -> str:
    """The objects that would go, by kind and name, in the order of the statements."""
    names = [
        name
        for statement in statements
        for name in (
            *(str(hazard.key) for hazard in statement.hazards if hazard.kind is HazardKind.DELETES_DATA),
            *(str(change.key) for change in statement.changes if isinstance(change, Drop)),
        )
    ]
    return f"Objects: {', '.join(dict.fromkeys(names))}."
