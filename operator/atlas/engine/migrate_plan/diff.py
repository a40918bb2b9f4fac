"""``migrate diff``: from where a directory leads to a desired state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.desired_state import DirectoryState, normalize
from atlas.engine.directory import MigrationFile, validate
from atlas.engine.migrate_plan.file_text import migration_file
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.plan.options import DiffPolicy
from atlas.engine.scan import options_for
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.engine.plan import Plan
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationPlan:
    """A plan, the name of the dialect it is written in, and what was odd about the desired state."""

    plan: Plan
    dialect: str
    warnings: tuple[str, ...] = ()

    @property
    def is_synced(self) -> bool:
        """The directory leads where it should already."""
        return not self.plan.statements

    def file(self, version: str, name: str = "", indent: str = "") -> MigrationFile:
        """The migration file of the plan."""
        return migration_file(
            self.plan.statements,
            version=version,
            name=name,
            indent=indent,
            options=options_for(self.dialect),
        )


def plan_migration(  # noqa: PLR0913  two states, where to try them, and how to write the result
    directory: Directory,
    desired: DesiredState,
    *,
    driver: SchemaDriver,
    dev: DevDatabase,
    scope: Scope,
    dialect: str,
    qualifier: str | None = None,
    policy: DiffPolicy | None = None,
) -> MigrationPlan:
    """Replay a directory, run the desired state, and plan from one to the other; the sum is checked before.

    ``qualifier`` says in which schema names are written: '' for bare names, None leaves it to the scope.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``.
        DesiredStateError: A statement of the directory or of the desired state that the server refuses.
        Unsupported: Something that this version does not plan.
    """
    validate(directory)
    current = normalize(
        DirectoryState(directory), driver=driver, dev=dev, scope=scope, dialect=dialect, is_history=True
    ).realm
    wanted = normalize(desired, driver=driver, dev=dev, scope=scope, dialect=dialect)
    options = PlanOptions(
        bound=scope.bound if qualifier is None else _bound(qualifier, scope),
        renames=wanted.renames,
        policy=policy or DiffPolicy(),
    )
    plan = make_plan(driver, current, wanted.realm, options)
    return MigrationPlan(plan=plan, dialect=dialect, warnings=wanted.warnings)


def _bound(qualifier: str, scope: Scope) -> str:
    """The schema whose names are bare: none when names are to be qualified."""
    if qualifier in ("", scope.bound):
        return "" if qualifier else scope.bound
    raise Unsupported(
        f'--qualifier "{qualifier}" is not supported by this version: expected the schema that the URL is bound to, '
        f'"{scope.bound}", or an empty one for bare names'
    )
