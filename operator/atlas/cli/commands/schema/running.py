"""From a plan to its end: shown, approved, run and told, for the commands that change a schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import NotVerified, PolicyRefused, Unavailable, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from atlas.cli.commands.schema.plan.choosing import Choice, PrePlanned
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.render.documents import Document
    from atlas.engine.apply_plan import PlanApplyOptions, PlanReport
    from atlas.engine.lint import FileReport
    from atlas.engine.plan import Plan
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.project import Project


def add_run_flags(parser: Parser) -> None:
    """Flags of a command that runs a plan."""
    parser.switch("--dry-run", text="print the planned changes; run nothing")
    parser.switch("--auto-approve", text="run the planned changes without asking")
    parser.flag("--tx-mode", text="file (one transaction where there can be one), all or none (default file)")
    parser.flag("--lock-name", text="lock this name instead of atlas_migrate_execute")
    parser.flag("--lock-timeout", text="how long to wait for the lock, as 10s (the default)")
    parser.flag("--format", "--log", text="Go template for the answer, as '{{ json . }}'")


def check_run_flags(arguments: Namespace) -> None:
    """Refuse flags that go against each other.

    Raises:
        UsageError: Both of --dry-run and --auto-approve.
    """
    if arguments.dry_run and arguments.auto_approve:
        raise UsageError(
            "if any flags in the group [dry-run auto-approve] are set none of the others can be; "
            "[auto-approve dry-run] were all set"
        )


@dataclass(frozen=True, slots=True)
class Running:
    """One command on one target.

    ``choice`` has the plan that was made before, where there is one, ``provenance`` the backup that served the state.
    """

    arguments: Namespace
    context: Context
    project: Project | None
    database: Database
    driver: SchemaDriver
    scope: Scope
    choice: Choice | None = None
    provenance: Mapping[str, object] = field(default_factory=dict)

    def carry_out(self, plan: Plan, *, nothing_to_do: str) -> int:
        """Show a plan, ask, run it, and tell what happened; returns the exit code.

        Raises:
            AtlasError: The end of a run without ``--format``, or what kept it from starting.
        """
        from atlas.cli.render.schema_text import skipped_names, unsupported_lines

        options = _options(self.arguments)
        for line in unsupported_lines(plan.current.unmodelled):
            self.context.err(line)
        for name in skipped_names(plan.skipped):
            self.context.err(f"Skipped: {name}, as diff.skip of atlas.hcl says")
        if not plan.statements:
            self._tell(plan, self._not_run(plan), nothing_to_do)
            return 0
        if not self.arguments.format:
            self.context.out(self._shown(plan), end="")
            self.context.flush()
        if self.arguments.dry_run:
            self._tell(plan, self._not_run(plan))
            return 0
        report = self._approved_run(plan, options)
        if report is None:
            return 0
        self._tell(plan, report)
        if report.error is None:
            return 0
        if not self.arguments.format:
            raise report.error
        return 1

    def _approved_run(self, plan: Plan, options: PlanApplyOptions) -> PlanReport | None:
        """None when a person said no."""
        from dataclasses import replace

        from atlas.cli.commands.schema.review import is_approved
        from atlas.engine.apply_plan import apply_plan
        from atlas.wiring import SystemClock

        made = self.pre_planned
        try:
            report = self._tried(made) if made else None
            if not (made and made.is_approved):
                self._refuse_unsure(plan)
                waiting = self.choice.waiting if self.choice else ()
                if not is_approved(
                    plan, self.arguments, self.context, self.project, waiting=waiting, report=report
                ):
                    return None
        except (PolicyRefused, NotVerified) as refused:
            # Clients of a document find the reason in it, and would take words on stderr for a crash.
            return replace(self._not_run(plan), error=refused)
        return apply_plan(plan, self.database, self.driver, self.scope, options, clock=SystemClock())

    def _refuse_unsure(self, plan: Plan) -> None:
        """Take nothing away unseen while nobody can say whether the registry has an approved plan that keeps it.

        Raises:
            Unavailable: With what would go; a person at the terminal is asked instead.
        """
        from atlas.cli.commands.schema.review import taken_away
        from atlas.cli.terminal.prompt import is_interactive

        unasked = self.choice.unasked if self.choice else ""
        is_seen = is_interactive() and not (self.arguments.auto_approve or self.arguments.format)
        if not unasked or is_seen:
            return
        if gone := taken_away(plan):
            raise Unavailable(
                f"the plan takes away {', '.join(gone)}: the registry may hold an approved plan that keeps it, and cannot be "
                f"asked. Wait for it, or name a plan by --plan. {unasked}"
            )

    def _tried(self, made: PrePlanned) -> FileReport | None:
        from atlas.cli.commands.schema.plan.trying import Trial
        from atlas.cli.urls.states import States

        states = States(self.arguments, self.context, self.project)
        return Trial(states, self.database, self.driver, self.scope).report(made)

    @property
    def pre_planned(self) -> PrePlanned | None:
        """The plan that was made before."""
        return self.choice.chosen if self.choice else None

    def _shown(self, plan: Plan) -> str:
        made = self.pre_planned
        if made is None:
            from atlas.cli.render.schema_text import planned_text

            return planned_text(plan.statements)
        from atlas.cli.render.plan_text import applying_text

        return applying_text(made.file.name, plan.statements, is_approved=made.is_approved)

    def _not_run(self, plan: Plan) -> PlanReport:
        from atlas.engine.apply_plan import PlanReport
        from atlas.wiring import SystemClock

        now = SystemClock().now()
        texts = tuple(statement.text() for statement in plan.statements)
        return PlanReport(start=now, end=now, applied=(), pending=texts)

    def _tell(self, plan: Plan, report: PlanReport, nothing_to_do: str = "") -> None:
        if not self.arguments.format:
            if nothing_to_do:
                self.context.out(nothing_to_do)
            elif self.pre_planned and not self.arguments.dry_run:
                from atlas.cli.render.plan_text import applied_text

                self.context.out(applied_text(report), end="")
            return
        from atlas.cli.render.schema_documents import apply_document, plan_functions
        from atlas.gotemplate import render

        env: dict[str, object] = {"Driver": self.database.dialect.name, "URL": self.database.url.as_json()}
        env |= self.provenance
        document = apply_document(report, plan, env, pre_planned=self._plan_document(env))
        self.context.out(render(self.arguments.format, document, plan_functions(plan.statements)))

    def _plan_document(self, env: Mapping[str, object]) -> Document | None:
        made = self.pre_planned
        if made is None:
            return None
        from atlas.cli.render.plan_documents import plan_file_document, schema_plan_document
        from atlas.engine.plan_file import statements_of_text

        written = statements_of_text(made.file, self.database.dialect.scan_options)
        url = "" if made.stored else self.arguments.plan
        file = plan_file_document(made.file, written, stored=made.stored, url=url)
        return schema_plan_document(env, made.stored.slug if made.stored else "", file)


def _options(arguments: Namespace) -> PlanApplyOptions:
    from atlas.cli.flags.choices import choice, duration_s
    from atlas.engine.apply import TxMode
    from atlas.engine.apply_plan import LOCK_NAME, PlanApplyOptions

    return PlanApplyOptions(
        tx_mode=choice(TxMode, arguments.tx_mode or "file", "unknown tx-mode "),
        lock_name=arguments.lock_name or LOCK_NAME,
        lock_timeout_s=duration_s(arguments.lock_timeout or "10s", "--lock-timeout"),
    )
