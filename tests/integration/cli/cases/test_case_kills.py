"""A run of test cases that ends in the middle: what it leaves stands in nobody's way."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from tests.integration.cli.cases.conftest import Bench, lines
from tests.integration.cli.conftest import ATLAS
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

LONG = {
    "sqlite": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "postgres": "SELECT pg_sleep(60)",
    "mariadb": "SELECT SLEEP(60) FROM users",
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_killed_does_not_stand_in_the_way_of_the_next(
    bench: Bench, number: signal.Signals
) -> None:
    cases = """\
test "schema" "short" {
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }
}
"""
    long = f"""\
test "schema" "long" {{
  exec {{ sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }}
  exec {{ sql = "{LONG[bench.dialect]}" }}
}}
"""
    assert bench.schema(cases).code == 0
    (bench.shell.folder / "long.test.hcl").write_text(cases + long)
    words = ("schema", "test", "--url", "file://schema.sql", "--dev-url", bench.dev, "long.test.hcl")
    with subprocess.Popen(
        ["env", "--default-signal", str(ATLAS), *words],
        cwd=bench.shell.folder,
        env=dict(bench.shell.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        assert run.stderr
        assert run.stdout.readline().startswith("-- PASS: short")
        wait_for_long(bench)
        os.kill(run.pid, number)
        assert run.wait(30) == (128 + number if number == signal.SIGINT else -number)
    assert len(bench.rooms()) == int(number == signal.SIGKILL and bench.dialect != "sqlite")
    answer = bench.schema(cases)
    assert lines(answer) == ["-- PASS: short", "PASS"]


def wait_for_long(bench: Bench) -> None:
    """Until the long statement is under way; of SQLite nobody can ask that, and its room costs a moment."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        match bench.server:
            case PostgresServer():
                sql = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'"
                if bench.server.query("postgres", sql):
                    return
            case MariaDBServer():
                sql = "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(60) FROM users%'"
                if bench.server.query("mysql", sql):
                    return
            case _:
                time.sleep(0.5)
                return
        time.sleep(0.05)
    raise AssertionError("the long statement did not begin")
