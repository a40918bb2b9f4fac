"""Statements that work against their own run: they end its transaction, let go of its lock, or move its session."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from atlas.engine.apply import ApplyOptions, ApplyReport, TxMode, apply_pending
from atlas.engine.apply.options import LOCK_NAME
from atlas.engine.ports import Database

from tests.contracts.database.conftest import Target, closed_after, target_of
from tests.fakes.clock import FakeClock
from tests.fakes.database import TRANSACTIONAL, FakeServer
from tests.fakes.directories import directory_with

LETS_GO = {"postgres": "SELECT pg_advisory_unlock_all();", "mariadb": "SELECT RELEASE_ALL_LOCKS();"}
SERVERS = tuple(LETS_GO)


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Target]:
    """A database of a server, with a table."""
    target = target_of(request.param, request)
    target.connect().session.execute("CREATE TABLE a (x int)")
    yield from closed_after(target)


@pytest.fixture
def postgres_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    yield from closed_after(target_of("postgres", request))


@pytest.fixture
def mariadb_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    yield from closed_after(target_of("mariadb", request))


def rows(target: Target, table: str = "a") -> list[str]:
    database = target.connect()
    found = database.session.query(f"SELECT x FROM {table} ORDER BY x")  # type: ignore[attr-defined]  # of both drivers
    return [row[0] for row in found]


def recorded(target: Target) -> list[tuple[str, int, int]]:
    return [(row.version, row.applied, row.total) for row in target.connect().revisions(None).read()]


def run(target: Target, *files: str, mode: TxMode = TxMode.FILE) -> ApplyReport:
    named = {f"{number}.sql": text for number, text in enumerate(files, start=1)}
    options = ApplyOptions(
        operator_version="Atlas CLI test", lock_timeout_s=0, tx_mode=mode, allow_dirty=True
    )
    return apply_pending(directory_with(named), target.connect(), options, clock=FakeClock())


@pytest.mark.parametrize("mode", [TxMode.FILE, TxMode.ALL])
@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO a VALUES (1);\nCOMMIT;\nINSERT INTO a VALUES (2);\n",
        "BEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\n",
        "INSERT INTO a VALUES (1);\nCOMMIT AND CHAIN;\nINSERT INTO a VALUES (2);\n",
        "-- atlas:delimiter \\n---\nINSERT INTO a VALUES (1); COMMIT; BEGIN\n---\nINSERT INTO a VALUES (2)\n",
    ],
)
def test_a_file_of_postgres_that_commits_by_itself_leaves_nothing_to_be_run_twice(
    postgres_target: Target, mode: TxMode, text: str
):
    postgres_target.connect().session.execute("CREATE TABLE a (x int)")
    for _ in range(2):
        assert "was not sent" in str(run(postgres_target, text, mode=mode).error)
        assert (rows(postgres_target), recorded(postgres_target)) == ([], [])


@pytest.mark.parametrize("mode", [TxMode.FILE, TxMode.ALL])
@pytest.mark.parametrize("ending", ["ROLLBACK;", "ROLLBACK AND CHAIN;", "-- so\nrollback work and chain;"])
def test_statements_that_a_file_undoes_are_not_recorded_as_applied(server: Target, mode: TxMode, ending: str):
    text = f"INSERT INTO a VALUES (1);\n{ending}\nINSERT INTO a VALUES (2);\n"
    assert "was not sent" in str(run(server, text, mode=mode).error)
    assert (rows(server), recorded(server)) == ([], [])


def test_a_savepoint_is_a_files_own_affair(server: Target):
    text = "SAVEPOINT s;\nINSERT INTO a VALUES (1);\nROLLBACK TO SAVEPOINT s;\nINSERT INTO a VALUES (2);\nRELEASE SAVEPOINT s;\n"
    assert run(server, text).error is None
    assert rows(server) == ["2"]


@pytest.mark.parametrize("mode", [TxMode.FILE, TxMode.ALL])
def test_a_transaction_whose_lock_was_let_go_is_undone(server: Target, mode: TxMode):
    text = f"INSERT INTO a VALUES (1);\n{LETS_GO[server.name]}\nINSERT INTO a VALUES (2);\n"
    report = run(server, text, "INSERT INTO a VALUES (3);\n", mode=mode)
    assert "the lock of this run" in str(report.error)
    assert (rows(server), recorded(server)) == ([], [])


def test_no_file_begins_after_the_lock_was_let_go(server: Target):
    files = (f"-- atlas:txmode none\n\n{LETS_GO[server.name]}\n", "INSERT INTO a VALUES (3);\n")
    assert "the lock of this run" in str(run(server, *files).error)
    assert (rows(server), recorded(server)) == ([], [("1", 1, 1)])
    assert run(server, *files).error is None
    assert (rows(server), recorded(server)) == (["3"], [("1", 1, 1), ("2", 1, 1)])


def test_discard_all_lets_go_of_the_lock_and_is_found_out(postgres_target: Target):
    files = ("-- atlas:txmode none\n\nDISCARD ALL;\n", "CREATE TABLE b (x int);\n")
    assert "the lock of this run" in str(run(postgres_target, *files).error)
    assert run(postgres_target, *files).error is None
    assert recorded(postgres_target) == [("1", 1, 1), ("2", 1, 1)]


@pytest.mark.parametrize("name", ["fake", "sqlite", *SERVERS])
def test_a_database_knows_whether_its_lock_is_held(name: str, request: pytest.FixtureRequest):
    connect: Callable[[], Database] = (
        FakeServer(TRANSACTIONAL).connect if name == "fake" else target_of(name, request).connect
    )
    ours, theirs = connect(), connect()
    try:
        assert not ours.holds_lock(LOCK_NAME)
        ours.try_lock(LOCK_NAME)
        assert (ours.holds_lock(LOCK_NAME), theirs.holds_lock(LOCK_NAME)) == (True, False)
        ours.unlock(LOCK_NAME)
        assert not ours.holds_lock(LOCK_NAME)
    finally:
        ours.session.close()
        theirs.session.close()


@pytest.mark.parametrize("mode", [TxMode.FILE, TxMode.NONE])
def test_a_file_that_goes_on_goes_on_where_its_session_was(mariadb_target: Target, mode: TxMode):
    other = f"{mariadb_target.connect().session.database}_other"  # type: ignore[attr-defined]  # of this driver
    text = f"CREATE DATABASE {other};\nUSE {other};\nSET @n = 7;\nCREATE TABLE a (x int);\nINSERT INTO {{}} VALUES (@n);\n"
    try:
        assert "nowhere" in str(run(mariadb_target, text.format("nowhere"), mode=mode).error)
        assert run(mariadb_target, text.format("a"), mode=mode).error is None
        assert rows(mariadb_target, f"{other}.a") == ["7"]
    finally:
        mariadb_target.connect().session.execute(f"DROP DATABASE IF EXISTS {other}")


def test_a_search_path_is_set_again_for_the_rest_of_a_file(postgres_target: Target):
    text = "CREATE SCHEMA s;\nSET search_path = s;\nCREATE TABLE {} (x int);\nINSERT INTO b VALUES (1);\n"
    assert run(postgres_target, text.format("s.b, nonsense"), mode=TxMode.NONE).error is not None
    assert run(postgres_target, text.format("b"), mode=TxMode.NONE).error is None
    assert rows(postgres_target, "s.b") == ["1"]


def test_a_connection_that_is_cut_at_the_commit_leaves_nothing_and_says_so(postgres_target: Target):
    session = postgres_target.connect().session
    session.execute("CREATE TABLE a (x int)")
    session.execute(
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
    )
    session.execute(
        "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()"
    )
    text = "INSERT INTO a VALUES (1);\n"
    report = run(postgres_target, text)
    assert type(report.error).__name__ == "ConnectFailed"
    assert (report.reached, rows(postgres_target), recorded(postgres_target)) == ("", [], [])
    session.execute("DROP TRIGGER cut ON a")
    assert run(postgres_target, text).error is None
    assert rows(postgres_target) == ["1"]


def test_a_file_that_holds_other_tables_is_told_to_let_go(mariadb_target: Target):
    mariadb_target.connect().session.execute("CREATE TABLE a (x int)")
    report = run(mariadb_target, "LOCK TABLES a WRITE;\nINSERT INTO a VALUES (1);\nUNLOCK TABLES;\n")
    assert "take LOCK TABLES and UNLOCK TABLES out of it" in str(report.error)
    for opened in mariadb_target.opened:
        opened.session.close()  # the locks go with it
    assert (rows(mariadb_target), recorded(mariadb_target)) == ([], [("1", 0, 3)])
