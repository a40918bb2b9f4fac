"""Going down on a database in memory: what commits together, and what a run that dies anywhere leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from atlas.engine.apply import ApplyOptions, apply_pending
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.migrate_plan import (
    DownOptions,
    DownPlan,
    DownPorts,
    DownReport,
    plan_down,
    run_down,
)
from atlas.engine.migrate_plan.down_plan import first_to_revert
from atlas.engine.ports import Dialect
from atlas.engine.scope import Scope
from atlas.errors import (
    Drifted,
    HistoryError,
    LockNotAcquired,
    PolicyRefused,
    SpecError,
    StatementInterrupted,
)
from atlas.schema import Key

from tests.fakes.clock import FakeClock
from tests.fakes.database import IMPLICIT_COMMIT, TRANSACTIONAL, FakeDatabase, FakeServer, Killed
from tests.fakes.directories import directory_with
from tests.fakes.schema_driver import FakeDev, FakeSchemaDriver

FILES = {
    "1_a.sql": "CREATE TABLE a;",
    "2_bc.sql": "CREATE TABLE b;\nCREATE TABLE c;",
    "3_d.sql": "CREATE TABLE d;\nDROP TABLE c;",
}


@dataclass
class FakeProbe:
    """Looks into the tables of a server."""

    server: FakeServer

    def question(self, key: Key) -> str:
        return f"is {key.name} empty?"

    def is_empty(self, key: Key) -> bool:
        return not self.server.state.tables[key.name]

    def hold(self, key: Key) -> None:
        assert key.name in self.server.state.tables


@dataclass
class Bench:
    """A server that has all files."""

    dialect: Dialect = TRANSACTIONAL
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.server = FakeServer(self.dialect)
        self.apply()
        self.server.trace.clear()

    def ports(self) -> DownPorts:
        return DownPorts(
            driver=FakeSchemaDriver(),
            dev=FakeDev(),
            scope=Scope(bound="public"),
            probe=FakeProbe(self.server),
            clock=self.clock,
        )

    def apply(self) -> None:
        report = apply_pending(
            directory_with(self.files),
            self.server.connect(),
            ApplyOptions(operator_version="test", allow_dirty=True),
            clock=self.clock,
        )
        assert report.error is None

    def options(self, **changes: object) -> DownOptions:
        return DownOptions(operator_version="test", **changes)  # type: ignore[arg-type]

    def plan(self, database: FakeDatabase, **changes: object) -> DownPlan:
        return plan_down(directory_with(self.files), database, self.options(**changes), self.ports())

    def down(self, **changes: object) -> DownReport:
        database = self.server.connect()
        try:
            plan = self.plan(database, **changes)
            return run_down(plan, database, self.options(**changes), self.ports())
        finally:
            database.session.close()

    @property
    def tables(self) -> list[str]:
        return sorted(self.server.state.tables)

    @property
    def rows(self) -> list[str]:
        return sorted(self.server.state.revisions["public"])


@pytest.mark.parametrize("dialect", [TRANSACTIONAL, IMPLICIT_COMMIT])
def test_the_last_file_is_taken_back(dialect: Dialect) -> None:
    bench = Bench(dialect)

    report = bench.down()

    assert report.error is None
    assert (report.plan.current, report.plan.target, report.reached) == ("3", "2", "2")
    assert (bench.tables, bench.rows) == (["a", "b", "c"], ["1", "2"])
    assert [each.statements for each in report.reverted] == [("DROP TABLE d", "CREATE TABLE c")]


@pytest.mark.parametrize("dialect", [TRANSACTIONAL, IMPLICIT_COMMIT])
def test_each_file_is_a_step_of_its_own(dialect: Dialect) -> None:
    bench = Bench(dialect)

    report = bench.down(to_version="")

    assert [each.step.revision.version for each in report.reverted] == ["3", "2", "1"]
    assert (bench.tables, bench.rows, report.reached) == ([], [], "")


def test_a_step_commits_with_the_end_of_its_row() -> None:
    bench = Bench()
    bench.down(to_version="1")

    lines = [line for line in bench.server.trace if line in {"begin", "before commit"}]
    assert lines == ["begin", "before commit", "begin", "before commit"]
    assert not any("row" in line for line in bench.server.trace)


def killed_at(bench: Bench, number: int, **changes: object) -> bool:
    """Die at the N-th point that the server sees; False when there are fewer."""
    left = number

    def point(_line: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    bench.server.point = point
    database = bench.server.connect()
    try:
        run_down(bench.plan(database, **changes), database, bench.options(**changes), bench.ports())
    except Killed:
        return True
    finally:
        bench.server.point = lambda _line: None
        database.session.close()
    return False


def test_a_transactional_server_is_at_a_version_wherever_a_run_dies() -> None:
    states = {("1", "2", "3"): ["a", "b", "d"], ("1", "2"): ["a", "b", "c"], ("1",): ["a"]}
    for number in range(100):
        bench = Bench()
        died = killed_at(bench, number, to_version="1")
        assert states[tuple(bench.rows)] == bench.tables, number
        bench.down(to_version="1")
        assert (bench.rows, bench.tables) == (["1"], ["a"])
        bench.apply()
        assert bench.rows == ["1", "2", "3"]
        if not died:
            return
    raise AssertionError("the run does not end")


def test_on_other_servers_nobody_goes_on_up_from_the_middle() -> None:
    seen = set()
    for number in range(100):
        bench = Bench(IMPLICIT_COMMIT)
        died = killed_at(bench, number, to_version="1")
        whole = {("1", "2", "3"): ["a", "b", "d"], ("1", "2"): ["a", "b", "c"], ("1",): ["a"]}
        if whole.get(tuple(bench.rows)) != bench.tables:
            seen.add("between")
            with pytest.raises(StatementInterrupted, match="atlas migrate down to version"):
                bench.apply()
        bench.down(to_version="1")
        assert (bench.rows, bench.tables) == (["1"], ["a"]), number
        bench.apply()
        assert bench.rows == ["1", "2", "3"]
        if not died:
            assert seen == {"between"}
            return
    raise AssertionError("the run does not end")


def refusing(word: str) -> Callable[[str], None]:
    from tests.fakes.database import refusal

    def point(line: str) -> None:
        if line == f"before {word}":
            raise refusal(word, "no")

    return point


def test_a_refused_first_statement_leaves_the_row_as_it_was() -> None:
    bench = Bench(IMPLICIT_COMMIT)
    before = dict(bench.server.state.revisions["public"])
    bench.server.point = refusing("DROP TABLE d")

    report = bench.down()

    assert report.error is not None
    assert "no (nothing was changed)" in str(report.error)
    assert report.reached == "3"
    assert bench.server.state.revisions["public"] == before
    assert (report.reverted[0].error_statement, report.reverted[0].statements) == (
        "DROP TABLE d",
        ("DROP TABLE d",),
    )


def test_a_refused_later_statement_is_announced_where_the_first_stays() -> None:
    bench = Bench(IMPLICIT_COMMIT)
    bench.server.point = refusing("CREATE TABLE c")

    assert bench.down().error is not None

    bench.server.point = lambda _line: None
    assert bench.server.state.revisions["public"]["3"].is_interrupted
    assert bench.down().error is None
    assert bench.tables == ["a", "b", "c"]


def test_rows_are_asked_for_before_anything_runs() -> None:
    bench = Bench()
    bench.server.state.tables["b"].append("row")

    with pytest.raises(PolicyRefused, match=r'nothing was run: table "b" is not empty\.'):
        bench.down(to_version="1")
    assert bench.rows == ["1", "2", "3"]

    assert bench.down(to_version="1", allow_data_loss=True).error is None
    assert bench.tables == ["a"]


def test_a_table_that_a_step_makes_anew_is_not_asked_for() -> None:
    bench = Bench()

    plan = bench.plan(bench.server.connect(), to_version="1")

    assert [[key.name for key in step.checks] for step in plan.steps] == [["d"], ["b"]]


def test_what_no_file_has_made_stays() -> None:
    bench = Bench()
    bench.server.state.tables["own"] = ["row"]

    report = bench.down(to_version="")

    assert report.error is None
    assert bench.tables == ["own"]
    assert [key.name for key in report.plan.kept] == ["own"]


def test_a_target_that_changed_since_the_plan_is_left_alone() -> None:
    bench = Bench()
    database = bench.server.connect()
    plan = bench.plan(database)
    bench.server.state.tables["new"] = []

    with pytest.raises(Drifted):
        run_down(plan, database, bench.options(), bench.ports())
    assert bench.rows == ["1", "2", "3"]


def test_another_run_keeps_it_out() -> None:
    bench = Bench()
    other = bench.server.connect()
    assert other.try_lock("atlas_migrate_execute")

    with pytest.raises(LockNotAcquired):
        bench.down(lock_timeout_s=0)


def test_no_revision_is_forgotten_by_a_run_whose_lock_is_gone() -> None:
    bench = Bench()
    database = bench.server.connect()
    plan = bench.plan(database, to_version="1")

    def let_go(line: str) -> None:
        if line == "after DROP TABLE d":
            bench.server.locks.clear()

    bench.server.point = let_go

    report = run_down(plan, database, bench.options(to_version="1"), bench.ports())

    assert "the lock of this run" in str(report.error)
    assert (bench.tables, bench.rows) == (["a", "b", "d"], ["1", "2", "3"])


def test_nothing_to_take_back_needs_no_lock_and_no_dev_database() -> None:
    bench = Bench()
    other = bench.server.connect()
    assert other.try_lock("atlas_migrate_execute")

    report = bench.down(to_version="3", lock_timeout_s=0)

    assert (report.plan.steps, report.reached) == ((), "3")


def row(version: str, kind: RevisionType = RevisionType.EXECUTE) -> Revision:
    return Revision(
        version=version, description="", type=kind, executed_at=FakeClock().now(), operator_version="test"
    )


ROWS = (row("1", RevisionType.BASELINE), row("2"), row("3"))


@pytest.mark.parametrize(
    ("amount", "version", "expected"), [(0, None, 2), (1, None, 2), (2, None, 1), (0, "1", 1), (0, "3", 3)]
)
def test_where_going_down_begins(amount: int, version: str | None, expected: int) -> None:
    assert first_to_revert(ROWS, amount=amount, to_version=version) == expected


@pytest.mark.parametrize(("amount", "version"), [(3, None), (0, "")])
def test_a_baseline_stays(amount: int, version: str | None) -> None:
    with pytest.raises(HistoryError, match='version "1" is the baseline'):
        first_to_revert(ROWS, amount=amount, to_version=version)


@pytest.mark.parametrize(("amount", "version"), [(4, None), (0, "9")])
def test_what_was_not_applied_cannot_be_reached(amount: int, version: str | None) -> None:
    with pytest.raises(SpecError):
        first_to_revert(ROWS, amount=amount, to_version=version)


def test_a_database_without_revisions_has_nothing_to_take_back() -> None:
    assert first_to_revert(()) == 0
