"""The text of a plan through the analyzers, each statement with the differences that it made in a dev room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state.scripts import words_of
from atlas.engine.diff import diff
from atlas.engine.directory import MigrationFile
from atlas.engine.lint.file import LintFile, LintStatement
from atlas.engine.lint.rebuild import folded
from atlas.engine.lint.renames import said_renames
from atlas.engine.lint.run import analyze
from atlas.engine.plan_file.rehearsal import build_current, refuse_to_leave
from atlas.engine.plan_file.statements import statements_of_text
from atlas.engine.restrict import restrict
from atlas.errors import NotVerified, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.lint.directory import Laboratory
    from atlas.engine.lint.findings import FileReport
    from atlas.engine.plan import Plan
    from atlas.engine.plan_file.document import PlanFile
    from atlas.engine.scan import Statement
    from atlas.engine.schema_ports import DevRoom, SchemaDriver
    from atlas.schema import Change, Realm


def lint_text(plan: Plan, file: PlanFile, lab: Laboratory) -> FileReport:
    """Look at a plan that was made of ``file`` by ``plan_by_text``; directives of the text are obeyed.

    Raises:
        NotVerified: A statement is refused by the dev database.
        PolicyRefused: A statement would leave the room.
        Unsupported: The state that the plan leads from cannot be made in the dev database.
    """
    scope = lab.scope.like(plan.current)
    refuse_to_leave(plan, file.name, scope)
    with lab.dev.room(scope, said=file.migration) as room:
        build_current(plan, file.name, room, lab.driver, scope)
        written = statements_of_text(file, room.database.dialect.scan_options)
        statements = tuple(_run(plan, file.name, written, room, lab))

    def difference(before: Realm, after: Realm) -> tuple[Change, ...]:
        return diff(before, after, differs=lab.driver.differs)

    if plan.current.dialect == "sqlite":
        statements = folded(statements, difference)
    seen = LintFile(
        name=file.name,
        text=file.migration,
        dialect=plan.current.dialect,
        statements=statements,
        in_transaction=all(each.in_transaction for each in plan.statements),
        nolint=MigrationFile(file.name, file.migration.encode()).directives("nolint"),
    )
    return analyze(seen, lab.analyzers, lab.policy)


def _run(
    plan: Plan, name: str, written: Sequence[Statement], room: DevRoom, lab: Laboratory
) -> Iterator[LintStatement]:
    scope = lab.scope.like(plan.current)
    before = restrict(room.inspect(), scope)
    for number, (statement, planned) in enumerate(zip(written, plan.statements, strict=True), start=1):
        try:
            room.database.session.execute(planned.text())
        except StatementFailed as refused:
            words = words_of(refused, room.database, scope.bound)
            raise NotVerified(
                f'plan "{name}": statement {number} is refused by the dev database: {words}'
            ) from refused
        after = restrict(room.inspect(), scope)
        yield LintStatement(
            text=statement.text,
            position=statement.position,
            changes=_changes(statement.text, before, after, lab.driver),
            before=before,
            after=after,
            nolint=statement.directives("nolint"),
        )
        before = after


def _changes(text: str, before: Realm, after: Realm, driver: SchemaDriver) -> tuple[Change, ...]:
    return diff(before, after, differs=driver.differs, renames=said_renames(text, before, after))
