"""A plan's text tried out: where it leads, and what the analyzers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.cli.commands.schema.plan.planning import dev_of, policy_of
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from atlas.cli.commands.schema.plan.planning import Planned
    from atlas.cli.urls.states import States
    from atlas.engine.lint import FileReport
    from atlas.engine.lint.directory import Laboratory
    from atlas.engine.plan import Plan
    from atlas.engine.plan_file import PlanFile
    from atlas.engine.scan import Statement
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


class Examined(NamedTuple):
    """A plan that was tried out.

    Attributes:
        plan: The plan with the statements of its text.
        written: The statements as they stand in the text.
        doubt: Why it could not be tried out, '' where it was.
    """

    plan: Plan
    written: tuple[Statement, ...]
    report: FileReport
    doubt: str = ""


def examined(states: States, planned: Planned, file: PlanFile) -> Examined:
    """Run the text of a plan in a dev room, and look at it.

    Raises:
        NotVerified: It does not lead to the desired state, or the dev database refuses one of its statements.
        ParseError, PolicyRefused: The text cannot be a plan.
    """
    from atlas.engine.plan_file import lint_text, plan_by_text, rehearse, statements_of_text
    from atlas.engine.scan import options_for

    options = options_for(planned.dialect)
    plan = plan_by_text(planned.plan, file, options)
    written = statements_of_text(file, options)
    with dev_of(states, planned.dialect) as dev:
        if dev is None:
            return Examined(
                plan, written, _looked_at(states, plan), "there is no dev database: give --dev-url"
            )
        try:
            rehearse(plan, name=file.name, driver=planned.driver, dev=dev.dev, scope=planned.scope)
            looked_with = laboratory(
                states, planned.dialect, dev.dev, driver=planned.driver, scope=planned.scope
            )
            report = lint_text(plan, file, looked_with)
        except Unsupported as doubt:
            return Examined(plan, written, _looked_at(states, plan), str(doubt))
    return Examined(plan, written, report)


def laboratory(
    states: States, dialect: str, dev: DevDatabase, *, driver: SchemaDriver, scope: Scope
) -> Laboratory:
    """What the text of a plan is looked at with."""
    from atlas.engine.lint.directory import Laboratory
    from atlas.wiring import WiredDialects

    return Laboratory(
        driver=driver,
        dev=dev,
        scope=scope,
        analyzers=WiredDialects().analyzers(dialect),
        policy=policy_of(states),
    )


def _looked_at(states: States, plan: Plan) -> FileReport:
    from atlas.engine.lint import lint_plan
    from atlas.wiring import WiredDialects

    return lint_plan(plan, WiredDialects().analyzers(plan.current.dialect), policy_of(states))
