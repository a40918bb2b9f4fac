"""Runs that end by Ctrl-C, or because the server ended their session, in the middle of a statement."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from atlas.engine.database_url import parse_database_url

from tests.integration.kill.eyewitness import Eyewitness, eyewitness
from tests.waiting import wait_until

ROOT = Path(__file__).parents[3]
ENDLESS = {
    "sqlite": "INSERT INTO t WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "postgres": "INSERT INTO t SELECT 1 FROM pg_sleep(600)",
    "mariadb": "INSERT INTO t SELECT max(seq % 7) FROM seq_1_to_100000000000",
}
ENDED_BY_CTRL_C = ("KeyboardInterrupt", "StatementFailed")
"""Inside SQLite's library Ctrl-C makes the statement fail; everywhere else it is what it is."""

END_SESSIONS = {
    "postgres": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%INSERT INTO t SELECT%' AND pid <> pg_backend_pid()",
    "mariadb": "SELECT CONCAT('KILL ', id) FROM information_schema.processlist WHERE info LIKE 'INSERT INTO t SELECT%'",
}


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of the server that the test names."""
    name = request.getfixturevalue("server")
    url = str(request.getfixturevalue(f"{name}_url"))
    return f"{url}&search_path=public" if name == "postgres" else url


@contextmanager
def endless_run(address: str, mode: str, statement: str) -> Iterator[subprocess.Popen[str]]:
    """A child that is in the middle of its second statement."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.kill.slow_child", address, mode, statement],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "operator")},
    )
    assert child.stdout is not None
    try:
        assert [child.stdout.readline().strip() for _ in range(2)] == ["started 1", "started 2"]
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


@contextmanager
def witness_of(address: str) -> Iterator[Eyewitness]:
    witness = eyewitness(parse_database_url(address))
    try:
        yield witness
    finally:
        witness.close()


def last_word(child: subprocess.Popen[str]) -> str:
    output, _ = child.communicate(timeout=60)
    return output.strip()


@pytest.mark.parametrize("server", ["postgres", "mariadb", "sqlite"])
def test_ctrl_c_ends_the_statement_and_lets_go_of_the_lock(server: str, address: str):
    with witness_of(address) as witness, endless_run(address, "file", ENDLESS[server]) as child:
        wait_until(witness.is_locked)
        child.send_signal(signal.SIGINT)
        assert last_word(child) in ENDED_BY_CTRL_C
        wait_until(lambda: not witness.is_locked())
        if server != "mariadb":
            assert witness.revisions() == []
            assert "t" not in witness.tables()


@pytest.mark.parametrize("server", ["postgres", "mariadb"])
def test_a_session_that_the_server_ended_claims_nothing(server: str, address: str):
    with witness_of(address) as witness:
        with endless_run(address, "none", ENDLESS[server]) as child:
            wait_until(lambda: end_session(witness, server))
            assert last_word(child) == "ConnectFailed"
        (row,) = witness.revisions()
        applied, total, error, announced = row[3], row[4], row[5], row[6]
        assert (applied, total, error, announced) == (1, 2, "", f"{ENDLESS[server]};")
        assert rerun(address, server) == "StatementInterrupted"


def end_session(witness: Eyewitness, server: str) -> bool:
    """End the session that runs the endless statement; False while there is none."""
    ended = witness.ask(END_SESSIONS[server])
    if server == "mariadb":
        for (command,) in ended:
            witness.ask(str(command))
    return ended != []


def rerun(address: str, server: str) -> str:
    command = [sys.executable, "-m", "tests.integration.kill.slow_child", address, "none", ENDLESS[server]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "operator")}
    child = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60
    )
    return child.stdout.strip()
