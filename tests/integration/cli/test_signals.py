"""Signals in the middle of a statement: said in words, undone, and the lock is free for the next run."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.integration.cli.conftest import ATLAS, Shell

LONG = {
    "postgres": "SELECT pg_sleep(60);",
    "mariadb": "SELECT SLEEP(60);",
    "sqlite": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c;",
}
NOTICE = "interrupt received, wait for exit or ^C to terminate\n"


@pytest.fixture(params=LONG)
def target(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A URL, and a statement that does not end by itself there."""
    url = "sqlite://app.db" if request.param == "sqlite" else request.getfixturevalue(f"{request.param}_url")
    return url, LONG[request.param]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_statement_and_frees_the_lock(
    atlas: Shell, target: tuple[str, str], number: signal.Signals
) -> None:
    url, endless = target
    atlas.write({"1_a.sql": f"SELECT 1;\n{endless}\n"})
    interrupted(atlas, url, number, f"    -> {endless[:11]}")
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    atlas.ok("migrate", "apply", "--url", url, "--lock-timeout", "1s")


def test_a_signal_ends_a_check_and_frees_the_lock(atlas: Shell, target: tuple[str, str]) -> None:
    url, endless = target
    file = "-- atlas:txtar\n\n-- checks.sql --\n{}\n-- migration.sql --\nCREATE TABLE t (x int);\n"
    atlas.write({"1_a.sql": file.format(endless)})
    interrupted(atlas, url, signal.SIGINT, "  -- checks before migrating version 1")
    atlas.write({"1_a.sql": file.format("SELECT 1;")})
    out = atlas.ok("migrate", "apply", "--url", url, "--lock-timeout", "1s")
    assert "  -- 1 check\n  -- 1 sql statement\n" in out


def interrupted(atlas: Shell, url: str, number: signal.Signals, at: str) -> None:
    """Run the files, and send a signal once a line begins so."""
    with subprocess.Popen(
        ["env", "--default-signal", str(ATLAS), "migrate", "apply", "--url", url],
        cwd=atlas.folder,
        env={**atlas.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        assert run.stderr
        for line in run.stdout:
            if line.startswith(at):
                break
        os.kill(run.pid, number)
        said = run.stderr.read()
        assert run.wait(30) == 128 + number
    assert said.startswith(NOTICE)
    assert "interrupted" in said.removeprefix(NOTICE)
    assert "Traceback" not in said
