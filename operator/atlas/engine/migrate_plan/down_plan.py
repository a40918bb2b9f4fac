"""How a target gets back to a version: a plan for each revision, the last one first. Nothing is run on the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.diff import diff
from atlas.engine.effective import effective_realm
from atlas.engine.history.revisions import RevisionType
from atlas.engine.lint.checks.destructive import is_stored
from atlas.engine.migrate_plan.down_sql import plan_of_down_sql
from atlas.engine.plan import PlanOptions, make_plan
from atlas.errors import HistoryError, SpecError
from atlas.schema import Drop, Key, Kind, Rename, flatten
from atlas.schema.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.history.revisions import Revision
    from atlas.engine.migrate_plan.history import History
    from atlas.engine.plan import Plan
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Change, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class DownStep:
    """One revision that is taken back.

    Attributes:
        plan: From the state that the step before leaves (the target's own for the first) to the one before the file.
        checks: Tables and stored columns, by the names that they have now, that must hold nothing.
        drops: The same, by the names that the step before leaves them.
    """

    revision: Revision
    file: MigrationFile
    plan: Plan
    checks: tuple[Key, ...]
    drops: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DownPlan:
    """The way down.

    Attributes:
        current, target: Versions; '' for none.
        rows: All revisions of the target when the plan was made.
        steps: In the order in which they are run; () when the target is there already.
        kept: Objects that no file has made, and that are left alone.
    """

    current: str
    target: str
    rows: tuple[Revision, ...]
    steps: tuple[DownStep, ...]
    kept: tuple[Key, ...] = ()


def first_to_revert(rows: Sequence[Revision], *, amount: int = 0, to_version: str | None = None) -> int:
    """The index of the first row, in the order of versions, that is to go; ``len(rows)`` when none is.

    Args:
        rows: Ordered by version.
        amount: How many, where no version is named; 0 means one.
        to_version: The version to go back to; '' means that none is left.

    Raises:
        SpecError: The version was not applied, or there are fewer rows than asked for.
        HistoryError: A baseline would have to be taken back: what was there before it is not known.
    """
    if to_version is None:
        start = _by_amount(rows, amount or 1)
    elif not to_version:
        start = 0
    else:
        start = _behind(rows, to_version)
    for row in rows[start:]:
        if row.type is RevisionType.BASELINE:
            raise HistoryError(
                f'version "{row.version}" is the baseline of the database: what was there before it is not known, so '
                "it cannot be taken back"
            )
    return start


def _by_amount(rows: Sequence[Revision], amount: int) -> int:
    if not rows:
        return 0
    if amount > len(rows):
        raise SpecError(f"cannot revert {amount} migrations: only {len(rows)} were applied to the database")
    return len(rows) - amount


def _behind(rows: Sequence[Revision], version: str) -> int:
    for index, row in enumerate(rows):
        if row.version == version:
            return index + 1
    known = ", ".join(f'"{row.version}"' for row in rows[-3:])
    hint = f"; the last ones are {known}" if known else ": it has no revisions"
    raise SpecError(f'migration with version "{version}" was not applied to the database{hint}')


def plan_steps(
    directory: Directory,
    rows: Sequence[Revision],
    start: int,
    current: Realm,
    history: History,
    *,
    driver: SchemaDriver,
    bound: str,
) -> DownPlan:
    """Plan every step; pure.

    Raises:
        Unsupported: A change that cannot be planned.
    """
    there = flatten(current)
    names: dict[Key, Key] = {}
    kept: dict[Key, None] = {}
    steps: list[DownStep] = []
    state = current
    for index in reversed(range(start, len(rows))):
        row = rows[index]
        file = directory.file_of_version(row.version)
        assert file is not None  # noqa: S101  the history was replayed from it
        desired = history.states[rows[index - 1].version if index else ""]
        renames = history.undone.get(row.version, ())
        way_back = history.ways_back.get(row.version)
        foreign = _foreign(state, desired, history.known, renames, driver)
        effective = effective_realm(state, desired, foreign) if foreign else desired
        if way_back is None:
            options = PlanOptions(bound=bound, renames=renames)
            plan = make_plan(driver, state, effective, options)
        else:
            plan = plan_of_down_sql(file, way_back, state, effective, driver=driver, renames=renames)
        kept.update(dict.fromkeys(change.key for change in foreign))
        drops = tuple(key for key in _drops(plan.changes) if _original(key, names) in there)
        checks = tuple(_original(key, names) for key in drops)
        _follow(plan.changes, names)
        steps.append(DownStep(revision=row, file=file, plan=plan, checks=checks, drops=drops))
        state = plan.desired
    target = rows[start - 1].version if start else ""
    return DownPlan(
        current=rows[-1].version if rows else "",
        target=target,
        rows=tuple(rows),
        steps=tuple(steps),
        kept=tuple(kept),
    )


def _foreign(
    current: Realm,
    desired: Realm,
    known: set[Key],
    renames: tuple[tuple[Key, Key], ...],
    driver: SchemaDriver,
) -> list[Drop]:
    """Drops of what no file has made."""
    changes = diff(current, desired, differs=driver.differs, renames=renames)
    return [change for change in changes if isinstance(change, Drop) and change.key not in known]


def _drops(changes: Sequence[Change]) -> Iterator[Key]:
    """Tables and stored columns that go. The keys of a step's drops are those before its renames."""
    for change in changes:
        if not isinstance(change, Drop):
            continue
        if change.key.kind is Kind.TABLE or (
            isinstance(change.current, Column) and is_stored(change.current)
        ):
            yield change.key


def _follow(changes: Sequence[Change], names: dict[Key, Key]) -> None:
    """Remember what the objects that a step renames are called now, on the target."""
    for change in changes:
        if isinstance(change, Rename):
            names[change.key] = _original(change.current_key, names)


def _original(key: Key, names: Mapping[Key, Key]) -> Key:
    if key in names:
        return names[key]
    owner = key.parent
    if owner is not None and owner in names:
        return key._replace(schema=names[owner].schema, relation=names[owner].name)
    return key
