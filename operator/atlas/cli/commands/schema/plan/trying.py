"""A plan that was made before, tried out right before it runs on a database with rows in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import PolicyRefused, Unsupported

if TYPE_CHECKING:
    from atlas.cli.commands.schema.plan.choosing import PrePlanned
    from atlas.cli.urls.states import States
    from atlas.engine.lint import FileReport
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries plans out for the target of one command."""

    states: States
    database: Database
    driver: SchemaDriver
    scope: Scope

    def report(self, made: PrePlanned) -> FileReport | None:
        """Prove in a dev room that a text leads to the desired state; returns what lint says of one without an approval.

        A text that is what the planner would write needs no proof; the run is read back in any case.

        Raises:
            NotVerified: It leads elsewhere, or the dev database refuses one of its statements.
            PolicyRefused: It was not approved, and cannot be looked at.
        """
        from atlas.cli.commands.schema.plan.planning import dev_of
        from atlas.wiring import refuse_target

        if made.is_as_planned:
            return None
        with dev_of(self.states, self.database.dialect.name) as opened:
            if opened is None:
                self._doubt(made, "there is no dev database: give --dev-url")
                return None
            refuse_target(opened.database, self.database)
            try:
                return self._tried(made, opened.dev)
            except Unsupported as doubt:
                self._doubt(made, str(doubt))
                return None

    def _tried(self, made: PrePlanned, dev: DevDatabase) -> FileReport | None:
        from atlas.cli.commands.schema.plan.examining import laboratory
        from atlas.engine.plan_file import lint_text, rehearse, with_rows

        rehearse(made.plan, name=made.file.name, driver=self.driver, dev=dev, scope=self.scope)
        if made.is_approved:
            return None
        dialect = self.database.dialect.name
        looked_at = lint_text(
            made.plan, made.file, laboratory(self.states, dialect, dev, driver=self.driver, scope=self.scope)
        )
        return with_rows(looked_at, made.plan, made.fresh)

    def _doubt(self, made: PrePlanned, reason: str) -> None:
        """A person who approved a plan may know more than a dev database; nobody else does."""
        if not made.is_approved:
            raise PolicyRefused(f'plan "{made.file.name}" was edited, and cannot be looked at: {reason}')
        self.states.context.err(f"Warning: the plan was not tried out before the run: {reason}")
