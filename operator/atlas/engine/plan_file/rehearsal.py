"""Where a plan leads: run in a room of a dev database, on the state that it leads from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state.scripts import words_of
from atlas.engine.diff import diff
from atlas.engine.inspect_documents import creating_plan
from atlas.engine.restrict import restrict
from atlas.errors import NotVerified, PlanError, StatementFailed, Unsupported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.plan import Plan
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Change, Realm

_SHOWN = 5


def rehearse(plan: Plan, *, name: str, driver: SchemaDriver, dev: DevDatabase, scope: Scope) -> None:
    """Prove that the statements of a plan lead from its current state exactly to its desired one; rows are not there.

    Raises:
        NotVerified: They do not, or one of them is refused; the message has the differences or the server's words.
        Unsupported: The state that the plan leads from cannot be made in the dev database, so nothing is known.
        TargetError: The dev database cannot be used.
    """
    scope = scope.like(plan.current)
    with dev.room(scope, said=";\n".join(each.text() for each in plan.statements)) as room:
        build_current(plan, name, room, driver, scope)
        for number, statement in enumerate(plan.statements, start=1):
            try:
                room.database.session.execute(statement.text())
            except StatementFailed as refused:
                words = words_of(refused, room.database, scope.bound)
                raise NotVerified(
                    f'plan "{name}": statement {number} ({statement.comment}) is refused by the dev database: {words}'
                ) from refused
        left = diff(_found(room, scope), plan.desired, differs=driver.differs)
    if left:
        raise NotVerified(
            f'plan "{name}" does not lead to the desired state: behind its last statement these differ: {named(left)}; '
            "correct the migration, or plan again"
        )


def named(changes: Sequence[Change]) -> str:
    """The first few changes: ``table main.users (drop)``."""
    names = ", ".join(f"{change.key} ({type(change).__name__.lower()})" for change in changes[:_SHOWN])
    return names + (f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else "")


def build_current(plan: Plan, name: str, room: DevRoom, driver: SchemaDriver, scope: Scope) -> None:
    """Make the state that the plan leads from."""
    why = (
        f'plan "{name}" cannot be tried out: the state that it leads from cannot be made in the dev database'
    )
    try:
        for statement in creating_plan(driver, plan.current, bound=scope.bound).statements:
            room.database.session.execute(statement.text())
    except StatementFailed as refused:
        raise Unsupported(f"{why}: {words_of(refused, room.database, scope.bound)}") from refused
    except (PlanError, Unsupported) as refused:
        raise Unsupported(f"{why}: {refused}") from refused
    if left := diff(_found(room, scope), plan.current, differs=driver.differs):
        raise Unsupported(f"{why}: {named(left)}")


def _found(room: DevRoom, scope: Scope) -> Realm:
    return restrict(room.inspect(), scope)
