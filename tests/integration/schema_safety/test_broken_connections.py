"""The server ends the connection in the middle of a run: the report is true, and the next run goes on from there."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest
from atlas.engine.apply import TxMode
from atlas.engine.plan import PlannedStatement
from atlas.errors import ConnectFailed

from tests.integration.cli.conftest import ATLAS, Shell
from tests.integration.cli.schema_files import put
from tests.integration.schema_safety.stage import Stage
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

CURRENT = "CREATE TABLE t (a int); INSERT INTO t VALUES (1);"
DESIRED = "CREATE TABLE t (a int, z int); CREATE TABLE u (a int); CREATE TABLE v (a int);"


def database_of(stage: Stage) -> str:
    return stage.url.rpartition("/")[2].partition("?")[0]


def end_sessions(stage: Stage, postgres: PostgresServer | None, mariadb: MariaDBServer | None) -> None:
    name = database_of(stage)
    if postgres:
        query = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        postgres.query("postgres", query)
    if mariadb:
        for (thread,) in mariadb.query(
            "", f"SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{name}'"
        ):
            mariadb.query("", f"KILL {thread}")


@pytest.mark.parametrize("tx_mode", [TxMode.NONE, TxMode.FILE])
@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_a_report_after_the_end_of_the_connection_is_true(
    request: pytest.FixtureRequest, kind: str, tx_mode: TxMode
) -> None:
    stage: Stage = request.getfixturevalue(f"{kind}_stage")
    server = request.getfixturevalue(kind)
    stage.run(CURRENT)
    seen: list[str] = []

    def observe(statement: PlannedStatement) -> None:
        seen.append(statement.text())
        if len(seen) == 2:
            end_sessions(stage, *((server, None) if kind == "postgres" else (None, server)))

    report = stage.apply(DESIRED, tx_mode=tx_mode, observe=observe)
    is_undone = kind == "postgres" and tx_mode is TxMode.FILE
    assert isinstance(report.error, ConnectFailed)
    assert report.applied == (() if is_undone else tuple(seen[:1]))
    assert ("nothing was changed" if is_undone else "1 of 3 statements are in effect") in str(report.error)
    assert (*report.applied, *report.pending)[:2] == tuple(seen)
    assert len(report.applied) + len(report.pending) == 3
    again = stage.apply(DESIRED, tx_mode=tx_mode)
    assert again.error is None
    assert len(again.applied) == (3 if is_undone else 2)
    assert [str(value) for value in stage.rows("SELECT a FROM t")[0]] == ["1"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_a_signal_while_a_statement_waits_undoes_it_and_frees_the_lock(
    atlas: Shell, request: pytest.FixtureRequest, kind: str, number: signal.Signals
) -> None:
    """The statement waits for a lock on its table, which is held until the command is gone."""
    stage: Stage = request.getfixturevalue(f"{kind}_stage")
    stage.run(CURRENT)
    to = put(atlas, "s.sql", "CREATE TABLE t (a int, z int);")
    words = ["schema", "apply", "-u", stage.url, "--dev-url", stage.dev, "--to", to, "--auto-approve"]
    waiting = {
        "postgres": "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        "mariadb": "SELECT count(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting%'",
    }[kind]
    with stage.opened() as other:
        other.session.begin()
        other.session.execute("INSERT INTO t VALUES (2)")
        with subprocess.Popen(
            ["env", "--default-signal", str(ATLAS), *words],
            cwd=atlas.folder,
            env=dict(atlas.environ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as run:
            deadline = time.monotonic() + 30
            while str(stage.rows(waiting)[0][0]) == "0" and time.monotonic() < deadline:
                time.sleep(0.05)
            run.send_signal(number)
            assert run.stderr
            said = run.stderr.read()
            assert run.wait(30) == 128 + number
        assert "Traceback" not in said
        other.session.rollback()
    assert "z" not in str(stage.plan("CREATE TABLE t (a int);").statements)
    assert stage.apply("CREATE TABLE t (a int, z int);").error is None
