"""The steps of a case about a plan: the state that it leads from, and the plan itself, on whatever rows are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.apply.options import TxMode
from atlas.engine.apply_plan.statements import StatementsRun
from atlas.engine.desired_state.normalize import fill, text_of
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.plan_file import plan_by_text, state_hash
from atlas.engine.restrict import restrict
from atlas.engine.testing.case import ApplyPlan, MakeSchema
from atlas.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.plan_file import PlanFile
    from atlas.engine.schema_ports import DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.engine.testing.case import Command, Step
    from atlas.engine.testing.ports import CaseRoom


@dataclass(frozen=True, slots=True)
class PlanSteps:
    """Makes states and runs plans in rooms; both are read when their turn comes."""

    driver: SchemaDriver
    scope: Scope
    dialect: str
    read_state: Callable[[tuple[str, ...]], DesiredState]
    read_plan: Callable[[str], PlanFile]

    def __call__(self, room: CaseRoom, step: Step) -> str:
        """Take a step; returns '' or why it could not.

        Raises:
            AtlasError: A state or a plan that cannot be read, or a state that cannot be made.
        """
        match step:
            case MakeSchema() if room.dev is not None:
                return self._made(room.dev, self.read_state(step.urls))
            case ApplyPlan() if room.dev is not None:
                return self._applied(room, room.dev, self.read_plan(step.url))
            case _:
                return "a case of a plan has no such step"

    def said(self, commands: Sequence[Command]) -> str:
        """The texts that the steps among some commands will run; '' for one that cannot be read."""
        return ";\n".join(filter(None, map(self._said, commands)))

    def _said(self, command: Command) -> str:
        try:
            match command:
                case MakeSchema():
                    return text_of(self.read_state(command.urls))
                case ApplyPlan():
                    return self.read_plan(command.url).migration
                case _:
                    return ""
        except AtlasError:  # told when its turn comes
            return ""

    def _made(self, room: DevRoom, state: DesiredState) -> str:
        if restrict(room.inspect(), self.scope).objects:
            return "the room is not empty: the state that the plan leads from comes first, and once"
        fill(state, room, driver=self.driver, scope=self.scope, dialect=self.dialect)
        return ""

    def _applied(self, room: CaseRoom, dev: DevRoom, file: PlanFile) -> str:
        current = restrict(dev.inspect(), self.scope)
        found = state_hash(current, self.driver.types, bound=self.scope.bound)
        if found != file.current_hash:
            return (
                f'the plan "{file.name}" leads from another state: expected a schema block with the state that it was '
                f"made for\n- {file.current_hash} (the plan)\n+ {found} (the room)"
            )
        nothing = make_plan(self.driver, current, current, PlanOptions(bound=self.scope.bound))
        plan = plan_by_text(nothing, file, room.database.dialect.scan_options)
        error = StatementsRun(plan.statements, room.database, TxMode.FILE, None, None).execute()
        return str(error) if error else ""
