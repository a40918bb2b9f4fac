"""Running a plan on a database in memory: what is in effect, what is not, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from atlas.engine.apply.options import TxMode
from atlas.engine.apply_plan import LOCK_NAME, PlanApplyOptions, PlanReport, apply_plan
from atlas.engine.plan import Plan, PlannedStatement, SqlText, make_plan
from atlas.engine.ports import Dialect, Timeout
from atlas.engine.restrict import inspect_realm
from atlas.engine.scan import DEFAULT
from atlas.engine.scope import Scope
from atlas.errors import Drifted, LockNotAcquired, NotVerified, PlanError, StatementFailed, Stopped

from tests.fakes.clock import FakeClock
from tests.fakes.database import IMPLICIT_COMMIT, TRANSACTIONAL, FakeServer, Killed
from tests.fakes.schema_driver import FakeSchemaDriver, realm_of

_SCOPE = Scope(bound="public")


@dataclass
class Bench:
    """A server with tables, and a plan to others."""

    dialect: Dialect = TRANSACTIONAL
    driver: FakeSchemaDriver = field(default_factory=FakeSchemaDriver)

    def __post_init__(self) -> None:
        self.server = FakeServer(self.dialect)
        self.server.state.tables["old"] = []
        self.database = self.server.connect()

    def plan(self, *names: str) -> Plan:
        return make_plan(self.driver, inspect_realm(self.driver, self.database, _SCOPE), realm_of(*names))

    def apply(
        self,
        plan: Plan,
        tx_mode: TxMode = TxMode.FILE,
        *,
        observe: Callable[[PlannedStatement], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> PlanReport:
        return apply_plan(
            plan,
            self.database,
            self.driver,
            _SCOPE,
            PlanApplyOptions(tx_mode=tx_mode),
            clock=FakeClock(),
            observe=observe,
            should_stop=should_stop,
        )

    @property
    def tables(self) -> set[str]:
        return set(self.server.state.tables)

    @property
    def transactions(self) -> str:
        return " ".join(
            line.removeprefix("before ").split()[-1]
            for line in self.server.trace
            if line.startswith(("before", "begin"))
        )


def broken(plan: Plan, number: int) -> Plan:
    """``plan`` with a statement that the server refuses."""
    statements = list(plan.statements)
    statements[number] = replace(statements[number], sql=SqlText("NONSENSE"), comment='create "b" table')
    return replace(plan, statements=tuple(statements))


def test_a_plan_is_run_in_one_transaction_and_verified() -> None:
    bench = Bench()
    told: list[str] = []
    report = bench.apply(bench.plan("a", "b"), observe=lambda statement: told.append(statement.comment))
    assert report.error is None
    assert report.applied == ("DROP TABLE old", "CREATE TABLE a", "CREATE TABLE b")
    assert report.pending == ()
    assert bench.tables == {"a", "b"}
    assert bench.transactions == "begin old a b commit"
    assert told == ['drop "old" table', 'create "a" table', 'create "b" table']
    assert bench.server.locks == {}


def test_a_plan_without_statements_takes_no_lock_and_reads_nothing() -> None:
    bench = Bench()
    plan = bench.plan("old")
    bench.driver.seen.clear()
    bench.server.locks[LOCK_NAME] = FakeServer().connect().session
    assert bench.apply(plan).error is None
    assert bench.driver.seen == []


def test_a_refusal_in_a_transaction_leaves_nothing() -> None:
    bench = Bench()
    report = bench.apply(broken(bench.plan("a", "b"), 2))
    assert bench.tables == {"old"}
    assert report.applied == ()
    assert report.pending == ("DROP TABLE old", "CREATE TABLE a", "NONSENSE")
    assert report.failed_statement == "NONSENSE"
    assert isinstance(report.error, StatementFailed)
    assert report.error.text == "syntax error"
    assert str(report.error) == 'create "b" table: syntax error (nothing was changed)'


@pytest.mark.parametrize(
    ("dialect", "tx_mode"),
    [(TRANSACTIONAL, TxMode.NONE), (IMPLICIT_COMMIT, TxMode.FILE), (IMPLICIT_COMMIT, TxMode.NONE)],
)
def test_without_transactions_the_report_says_exactly_what_is_in_effect(
    dialect: Dialect, tx_mode: TxMode
) -> None:
    bench = Bench(dialect)
    report = bench.apply(broken(bench.plan("a", "b"), 2), tx_mode)
    assert bench.tables == {"a"}
    assert report.applied == ("DROP TABLE old", "CREATE TABLE a")
    assert report.pending == ("NONSENSE",)
    assert "2 of 3 statements are in effect" in str(report.error)
    assert "begin" not in bench.transactions


def test_a_statement_that_must_run_alone_splits_the_transaction() -> None:
    bench = Bench(driver=FakeSchemaDriver(alone=frozenset({"b"})))
    report = bench.apply(bench.plan("a", "b", "c"))
    assert report.error is None
    assert bench.transactions == "begin old a commit b begin c commit"


def test_after_a_split_what_was_committed_stays() -> None:
    bench = Bench(driver=FakeSchemaDriver(alone=frozenset({"a"})))
    report = bench.apply(broken(bench.plan("a", "b", "c"), 3))
    assert bench.tables == {"a"}
    assert report.applied == ("DROP TABLE old", "CREATE TABLE a")
    assert report.pending == ("CREATE TABLE b", "NONSENSE")


def test_one_transaction_for_all_is_refused_where_a_statement_must_stay_outside() -> None:
    bench = Bench(driver=FakeSchemaDriver(alone=frozenset({"b"})))
    with pytest.raises(PlanError, match='tx-mode "all": create "b" table'):
        bench.apply(bench.plan("a", "b"), TxMode.ALL)
    assert bench.tables == {"old"}
    with pytest.raises(PlanError, match="drop"):
        Bench(IMPLICIT_COMMIT).apply(bench.plan("a"), TxMode.ALL)


def test_a_target_that_changed_since_it_was_planned_for_is_left_alone() -> None:
    bench = Bench()
    plan = bench.plan("a", "old")
    bench.server.state.tables["surprise"] = []
    with pytest.raises(Drifted, match=r"table public\.surprise \(add\)"):
        bench.apply(plan)
    assert bench.tables == {"old", "surprise"}
    assert bench.server.locks == {}


def test_a_database_that_is_not_as_planned_afterwards_is_not_verified() -> None:
    bench = Bench()
    plan = bench.plan("a", "b", "old")
    short = replace(plan, statements=plan.statements[:1])
    report = bench.apply(short)
    assert isinstance(report.error, NotVerified)
    assert "table public.b (add)" in str(report.error)
    assert report.applied == ("CREATE TABLE a",)
    assert report.failed_statement == ""


def test_the_lock_of_another_run_is_respected() -> None:
    bench = Bench()
    plan = bench.plan("a")
    bench.server.locks[LOCK_NAME] = bench.server.connect().session
    with pytest.raises(LockNotAcquired):
        bench.apply(plan)
    assert bench.tables == {"old"}


def test_a_run_that_is_asked_to_stop_stops_between_statements_and_rolls_back() -> None:
    bench = Bench()
    answers = iter([False, False, True])
    report = bench.apply(bench.plan("a", "b"), should_stop=lambda: next(answers))
    assert isinstance(report.error, Stopped)
    assert 'before the statement to create "b" table' in str(report.error)
    assert report.applied == ()
    assert bench.tables == {"old"}


def test_ctrl_c_cancels_rolls_back_and_closes_the_session() -> None:
    bench = Bench()

    def point(line: str) -> None:
        if line == "before CREATE TABLE a":
            raise KeyboardInterrupt

    plan = bench.plan("a")
    bench.server.point = point
    with pytest.raises(KeyboardInterrupt):
        bench.apply(plan)
    assert bench.database.session.is_cancelled
    assert bench.database.session.is_closed
    assert bench.tables == {"old"}


def test_a_kill_at_any_point_leaves_all_or_nothing_of_a_transaction() -> None:
    lines = _trace_of_a_whole_run()
    assert len(lines) > 6
    for number in range(len(lines)):
        bench = Bench()
        plan = bench.plan("a", "b")
        bench.server.point = _killing(number)
        with pytest.raises(Killed):
            bench.apply(plan)
        assert bench.tables in ({"old"}, {"a", "b"})


def _trace_of_a_whole_run() -> list[str]:
    bench = Bench()
    bench.apply(bench.plan("a", "b"))
    return bench.server.trace


def _killing(number: int) -> Callable[[str], None]:
    left = iter(range(number, -1, -1))

    def point(_line: str) -> None:
        if next(left, None) == 0:
            raise Killed

    return point


def test_the_timeouts_of_a_statement_are_set_before_it_and_reset_after_it() -> None:
    def timeouts(lock_s: float | None, _statement_s: float | None) -> tuple[Timeout, ...]:
        return (
            () if lock_s is None else (Timeout(f"CREATE TABLE set{lock_s:g}", f"DROP TABLE set{lock_s:g}"),)
        )

    bench = Bench(Dialect("postgres", DEFAULT, lambda _: False, timeouts))
    plan = bench.plan("a", "b", "old")
    first, second = plan.statements
    report = bench.apply(replace(plan, statements=(replace(first, lock_timeout_s=3.0), second)))
    assert report.error is None
    assert bench.transactions == "begin set3 a set3 b commit"


def test_statements_that_only_take_effect_together_do_so_in_every_mode() -> None:
    bench = Bench()
    plan = bench.plan("a", "b", "c", "old")
    first, second, third = plan.statements
    plan = replace(plan, statements=(first, replace(second, with_next=True), third))
    asked = iter([False, False, True])
    report = bench.apply(plan, TxMode.NONE, should_stop=lambda: next(asked))
    assert isinstance(report.error, Stopped)
    assert (report.applied, bench.tables) == ((first.text(),), {"a", "old"})
    assert bench.apply(bench.plan("a", "b", "c", "old"), TxMode.NONE).error is None
