"""The proof of a case, step by step. A step returns complaints; a case without any is proved."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from atlas.engine.apply.options import TxMode
from atlas.engine.apply_plan import PlanApplyOptions, apply_plan
from atlas.engine.desired_state import SqlScript, SqlState, normalize
from atlas.engine.hcl_schema import print_schema, read_schema
from atlas.engine.plan import Plan, PlanOptions, make_plan
from atlas.engine.restrict import inspect_realm
from atlas.engine.scope import Scope
from atlas.errors import AtlasError, Unsupported
from atlas.schema.changes import labels
from atlas.wiring import SystemClock

from tests.cases import oracle_mariadb, oracle_postgres, oracle_sqlite
from tests.cases.identities import identities
from tests.cases.rows import fill, lost, snapshot
from tests.cases.servers import Ground, MariaDBGround, PostgresGround, SqliteGround

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase
    from atlas.schema import Change, Realm

    from tests.cases.case import Case


@dataclass(frozen=True, slots=True)
class Written:
    """What a case says of its plan, as the engine would write it today."""

    plan: str
    hazards: tuple[str, ...]
    changes: tuple[str, ...]


def report(case: Case, ground: Ground) -> str:
    """``prove`` as one text, '' for nothing to complain about."""
    return "\n".join(prove(case, ground))


def prove(case: Case, ground: Ground) -> list[str]:
    """Everything that is wrong with a case; the first step with complaints ends the proof."""
    with ground.dev() as dev:
        desired, renames = desired_of(case, ground, dev)
        with ground.database(case.schemas) as url:
            ground.script(url, case.current)
            try:
                complaints, applied = _planned_and_applied(case, ground, url, desired, renames)
            except Unsupported as error:
                return _refused(case, error)
            if case.unsupported:
                return [f"expected the plan to be refused with {case.unsupported!r}"]
            if complaints:
                return complaints
        complaints = _oracle(case, ground, applied)
        if not complaints and not case.without_hcl:
            complaints = _hcl(case, ground, dev, desired)
        return complaints


def written(case: Case, ground: Ground) -> Written:
    """The plan, hazards and changes of a case as they come out now."""
    with ground.dev() as dev, ground.database(case.schemas) as url:
        desired, renames = desired_of(case, ground, dev)
        ground.script(url, case.current)
        with ground.opened(url) as database:
            return written_of(plan_of(case, ground, database, desired, renames))


def written_of(plan: Plan) -> Written:
    """A plan as ``plan.sql`` and ``case.toml`` hold it."""
    lines = [f"-- {_capitalised(each.comment)}\n{each.text('  ')};\n" for each in plan.statements]
    hazards = {f"{hazard.kind.value} {hazard.key}" for each in plan.statements for hazard in each.hazards}
    return Written("".join(lines), tuple(sorted(hazards)), change_labels(plan.changes))


def change_labels(changes: Iterable[Change]) -> tuple[str, ...]:
    """Each label once, sorted: what makes one case another than the next."""
    return tuple(sorted({label for change in changes for label in labels(change)}))


def scope_of(case: Case) -> Scope:
    return Scope(bound=case.bound, schemas=case.schemas)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def desired_of(case: Case, ground: Ground, dev: DevDatabase) -> tuple[Realm, PlanOptions]:
    normal = normalize(
        SqlState((SqlScript("desired.sql", case.desired),)),
        driver=ground.driver,
        dev=dev,
        scope=scope_of(case),
        dialect=case.driver,
    )
    renames = (*case.renames, *normal.renames)
    return normal.realm, PlanOptions(bound=case.bound, renames=renames, policy=case.policy)


def plan_of(case: Case, ground: Ground, database: Database, desired: Realm, options: PlanOptions) -> Plan:
    return make_plan(ground.driver, inspect_realm(ground.driver, database, scope_of(case)), desired, options)


def _planned_and_applied(
    case: Case, ground: Ground, url: str, desired: Realm, options: PlanOptions
) -> tuple[list[str], list[str]]:
    """Complaints, and the oracle's word on the result."""
    with ground.opened(url) as database:
        current = inspect_realm(ground.driver, database, scope_of(case))
        if not case.without_rows:
            fill(ground, url, current, case)
        plan = plan_of(case, ground, database, desired, options)
        if case.unsupported:
            return [f"not refused: {written_of(plan).plan}"], []
        complaints = _as_written(case, plan)
        if complaints:
            return complaints, []
        rows, known = snapshot(ground, url, current, case.bound), identities(ground, url, case.driver)
        if not case.without_rows and (empty := [name for name, found in rows.items() if not found]):
            return [f"no rows in {empty}: write rows.sql, or say in case.toml why it cannot have any"], []
        complaints = _apply(plan, database, ground, case)
        if complaints:
            return complaints, []
        after = inspect_realm(ground.driver, database, scope_of(case))
        complaints = lost(rows, snapshot(ground, url, after, case.bound), plan.changes, current)
        complaints += _identities_lost(known, identities(ground, url, case.driver))
        second = make_plan(ground.driver, after, plan.desired, PlanOptions(bound=case.bound))
        if second.statements or second.changes:
            complaints.append(f"the second plan is not empty:\n{written_of(second)}")
    return complaints, _dump(case, ground, url)


def _as_written(case: Case, plan: Plan) -> list[str]:
    if case.plan is None:
        return []
    found = written_of(plan)
    complaints = []
    if found.plan != case.plan:
        complaints.append("plan:\n" + _difference(case.plan.splitlines(), found.plan.splitlines()))
    if found.hazards != case.hazards:
        complaints.append("hazards:\n" + _difference(case.hazards, found.hazards))
    if found.changes != case.changes:
        complaints.append("changes:\n" + _difference(case.changes, found.changes))
    return complaints


def _apply(plan: Plan, database: Database, ground: Ground, case: Case) -> list[str]:
    options = PlanApplyOptions(tx_mode=TxMode.FILE, lock_name="atlas_cases", lock_timeout_s=5.0)
    try:
        report = apply_plan(plan, database, ground.driver, scope_of(case), options, clock=SystemClock())
    except AtlasError as error:
        return [f"apply: {error}"]
    return [f"apply: {report.error}\n{report.failed_statement}"] if report.error else []


def _identities_lost(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [
        f"identity of {name}: {identity} before, {after[name]} after"
        for name, identity in before.items()
        if name in after and after[name] != identity
    ]


def _oracle(case: Case, ground: Ground, applied: list[str]) -> list[str]:
    expected = case.path / "expected.sql"
    with ground.database(case.schemas) as url:
        ground.script(url, expected.read_text("utf-8") if expected.is_file() else case.desired)
        wanted = _dump(case, ground, url)
    return [] if wanted == applied else ["oracle:\n" + _difference(wanted, applied)]


def _dump(case: Case, ground: Ground, url: str) -> list[str]:
    match ground:
        case PostgresGround():
            return oracle_postgres.dump(ground, url)
        case MariaDBGround():
            return oracle_mariadb.dump(ground, case.schemas or (case.bound,))
        case SqliteGround():
            return oracle_sqlite.dump(ground, url)
        case _:
            raise AssertionError(ground)


def _hcl(case: Case, ground: Ground, dev: DevDatabase, desired: Realm) -> list[str]:
    """Inspect → HCL → apply → inspect: the same realm."""
    text = print_schema(desired, ground.driver.types)
    read = read_schema(
        [("schema.hcl", text)], dialect=case.driver, types=ground.driver.types, variables={}, bound=case.bound
    )
    with dev.room(scope_of(case)) as room:
        empty = room.inspect()
        made = make_plan(ground.driver, empty, read.realm, PlanOptions(bound=case.bound))
        for statement in made.statements:
            room.database.session.execute(statement.text())
        again = (
            inspect_realm(ground.driver, room.database, scope_of(case)) if not case.bound else room.inspect()
        )
    again_text = print_schema(again, ground.driver.types)
    complaints = (
        [] if again_text == text else ["hcl:\n" + _difference(text.splitlines(), again_text.splitlines())]
    )
    rest = make_plan(ground.driver, again, desired, PlanOptions(bound=case.bound))
    if rest.changes:
        complaints.append(f"hcl says less than the realm:\n{written_of(rest)}\n{text}")
    return complaints


def _refused(case: Case, error: Unsupported) -> list[str]:
    if not case.unsupported:
        return [f"refused: {error}"]
    return [] if case.unsupported in str(error) else [f"refused with {error}, not with {case.unsupported!r}"]


def _difference(expected: Iterable[str], found: Iterable[str]) -> str:
    return "\n".join(unified_diff(list(expected), list(found), "expected", "found", lineterm="", n=1))
