"""From two realms to a plan: differences, what a policy leaves out, and the statements of the driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.diff import diff
from atlas.engine.effective import effective_realm, is_skipped
from atlas.engine.plan.hazard import HazardKind
from atlas.engine.plan.options import PlanOptions, PlanTask
from atlas.engine.plan.parts import with_lost_parts
from atlas.errors import PolicyRefused, Unsupported
from atlas.schema import Drop, Key, Kind, Modify, Rename, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan.statement import PlannedStatement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Change, Realm


_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED)


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
        PolicyRefused: A change that is made would do what the policy leaves out.
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
    _refuse_hidden(current, changes)
    task = PlanTask(current=current, desired=effective, changes=changes, options=options)
    statements = with_lost_parts(driver.statements(task), current) if changes else ()
    _refuse_detours(statements, options.policy.skip)
    return Plan(
        current=current,
        desired=effective,
        changes=changes,
        skipped=skipped,
        statements=statements,
        current_hash=fingerprint(current),
        desired_hash=fingerprint(effective),
    )


def _refuse_hidden(current: Realm, changes: Iterable[Change]) -> None:
    """Refuse to drop what something that is left alone stands on: many servers take that along, or leave it broken."""
    gone = {change.key for change in changes if isinstance(change, Drop)}
    inside = (
        (hidden, home)
        for hidden in current.excluded
        if hidden.kind.is_child
        for home in (hidden._replace(kind=kind, relation="", name=hidden.relation) for kind in _RELATIONS)
    )
    for hidden, needed in sorted(pair for pair in {*current.needed, *inside} if pair[1] in gone):
        raise Unsupported(
            f"{needed} cannot be dropped: {hidden} needs it, and is left alone by a pattern; take the pattern away, or keep "
            f"the {needed.kind.value}"
        )
    for key in sorted(current.histories):
        if Key(Kind.SCHEMA, "", "", key.schema) in gone:
            raise Unsupported(
                f"schema {key.schema} cannot be dropped: the history of migrations is in it, in {key}; keep the schema, "
                "or drop everything with 'atlas schema clean'"
            )


def _refuse_detours(statements: Iterable[PlannedStatement], skip: frozenset[str]) -> None:
    """Whatever way a driver goes: what the policy keeps loses no row and no value, and is not dropped."""
    for statement in statements:
        deleted = [hazard.key for hazard in statement.hazards if hazard.kind is HazardKind.DELETES_DATA]
        narrowed = {change.key for change in statement.changes if _is_narrowed(change)}
        kept = next(
            (key for key in deleted if f"drop_{key.kind.value}" in skip and key not in narrowed), None
        )
        kept = kept or next((change.key for change in statement.changes if is_skipped(change, skip)), None)
        if kept is not None:
            raise PolicyRefused(
                f"diff.skip keeps every {kept.kind.value} as it is, and to {statement.comment} would change or empty "
                f"{kept}: take the change out of the desired state, or the word out of diff.skip"
            )


def _is_narrowed(change: Change) -> bool:
    """A type that holds less is a change of its own word; what is computed from then on is as good as dropped."""
    return isinstance(change, Modify) and "generated" not in change.fields


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
