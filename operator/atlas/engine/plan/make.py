"""From two realms to a plan: differences, what a policy leaves out, and the statements of the driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.diff import diff
from atlas.engine.effective import effective_realm, is_skipped
from atlas.engine.plan.options import PlanOptions, PlanTask
from atlas.errors import Unsupported
from atlas.schema import Rename, fingerprint

if TYPE_CHECKING:
    from atlas.engine.plan.statement import PlannedStatement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Change, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What makes ``desired`` of ``current``.

    Attributes:
        desired: What the target will be; with what the policy kept.
        skipped: Changes that the policy leaves out.
        current_hash, desired_hash: Fingerprints of the states that it leads from and to.
    """

    current: Realm
    desired: Realm
    changes: tuple[Change, ...]
    skipped: tuple[Change, ...]
    statements: tuple[PlannedStatement, ...]
    current_hash: str
    desired_hash: str


def make_plan(
    driver: SchemaDriver, current: Realm, desired: Realm, options: PlanOptions | None = None
) -> Plan:
    """Plan.

    Raises:
        Unsupported: The desired state holds something that is not modelled, or a change cannot be made.
    """
    options = options or PlanOptions()
    refuse_unmodelled(desired)
    all_changes = diff(current, desired, differs=driver.differs, renames=options.renames)
    skipped = tuple(change for change in all_changes if is_skipped(change, options.policy.skip))
    effective = effective_realm(current, desired, skipped) if skipped else desired
    if skipped:
        names = {change.current_key for change in skipped if isinstance(change, Rename)}
        renames = [pair for pair in options.renames if pair[0] not in names]
        changes = diff(current, effective, differs=driver.differs, renames=renames)
    else:
        changes = all_changes
    task = PlanTask(current=current, desired=effective, changes=changes, options=options)
    return Plan(
        current=current,
        desired=effective,
        changes=changes,
        skipped=skipped,
        statements=driver.statements(task) if changes else (),
        current_hash=fingerprint(current),
        desired_hash=fingerprint(effective),
    )


def refuse_unmodelled(desired: Realm) -> None:
    """Refuse a desired state with objects that would not be made.

    Raises:
        Unsupported: With the kind and name of each.
    """
    if desired.unmodelled:
        names = ", ".join(f"{found.kind} {found.name}" for found in desired.unmodelled)
        raise Unsupported(
            f"the desired state holds what this version does not plan: {names}; take it out of the desired state, "
            "or manage it by versioned migrations"
        )
