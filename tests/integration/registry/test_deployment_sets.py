"""``migrate apply`` on several databases from the registry: one deployment is reported, whatever became of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import Served, directory

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
env "prod" {
  for_each = toset(["a", "b", "c"])
  url      = "sqlite://${each.value}.db"
  migration {
    dir = "atlas://shop"
  }
}
env "one" {
  url = "sqlite://missing/one.db"
  migration {
    dir = "atlas://shop"
  }
}
"""
ONE = ("1_one.sql", "CREATE TABLE one (id integer);\n")


@pytest.fixture
def tenants(tmp_path: Path, served: Served) -> Shell:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "atlas.hcl").write_text(PROJECT)
    environ = {"HOME": str(folder), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"}
    served.push(directory(ONE), "shop")
    return Shell(folder, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})


def migrations(shell: Shell) -> str:
    return shell.ok("cloud", "migration", "list")


def counts(shell: Shell) -> str:
    template = "{{ .Databases.Synced }} {{ .Databases.Failed }} {{ .Databases.Pending }}"
    return shell.ok("cloud", "repo", "describe", "--slug", "shop", "--format", template).strip()


def test_many_targets_are_one_deployment(tenants: Shell) -> None:
    out = tenants.ok("migrate", "apply", "--env", "prod")

    assert out.count("Run migration: ") == 3
    assert out.splitlines()[-1].startswith("https://registry.example/")
    assert counts(tenants) == "3 0 0"
    assert "3/3" in migrations(tenants)
    assert "PASSED" in migrations(tenants)


def test_a_target_that_fails_is_told_with_those_before_it(tenants: Shell) -> None:
    with closing(sqlite3.connect(tenants.folder / "b.db")) as connection:
        connection.execute("create table one (id integer)")

    answer = tenants("migrate", "apply", "--env", "prod", "--allow-dirty")

    assert answer.code == 1
    assert counts(tenants) == "1 1 0"
    assert "1/3" in migrations(tenants)
    assert "FAILED" in migrations(tenants)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_tells_of_the_targets_before(tenants: Shell, sign: signal.Signals) -> None:
    path = tenants.folder / "b.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        command = [sys.executable, "-m", "atlas", "migrate", "apply", "--env", "prod"]
        with subprocess.Popen(
            command, cwd=tenants.folder, env=dict(tenants.environ), stdout=subprocess.PIPE, text=True
        ) as run:
            assert run.stdout is not None
            next(line for line in run.stdout if line.startswith("Run migration: 2"))
            run.send_signal(sign)
            run.communicate(timeout=60)
    assert run.returncode == 128 + sign
    assert counts(tenants) == "1 0 0"
    assert "1/3" in migrations(tenants)
    assert "FAILED" in migrations(tenants)


def test_a_run_that_could_not_start_is_told_too(tenants: Shell) -> None:
    answer = tenants("migrate", "apply", "--env", "one")

    assert answer.code == 1
    assert answer.err.count("Error: ") == 1
    assert "0/1" in migrations(tenants)
    assert counts(tenants) == "0 0 0"


def test_a_dry_run_is_told_as_one_and_writes_nothing(tenants: Shell) -> None:
    tenants.ok("migrate", "apply", "--env", "prod", "--dry-run")

    assert "3/3" in migrations(tenants)
    assert "DRY_RUN" in migrations(tenants)
    assert counts(tenants) == "0 0 0"
    for name in "abc":
        path = tenants.folder / f"{name}.db"
        assert not path.exists() or path.stat().st_size == 0


def test_a_dry_run_that_could_not_start_tells_nothing(tenants: Shell) -> None:
    assert tenants("migrate", "apply", "--env", "one", "--dry-run").code == 1
    assert migrations(tenants).endswith("Total: 0\n")


def test_a_run_without_an_env_tells_nothing(tenants: Shell) -> None:
    tenants.ok("migrate", "apply", "--url", "sqlite://d.db", "--dir", "atlas://shop")

    assert migrations(tenants).endswith("Total: 0\n")


def test_a_run_that_has_nothing_to_do_is_told_as_one(tenants: Shell) -> None:
    for _ in range(2):
        tenants.ok("migrate", "apply", "--env", "prod")

    assert [line.split()[-1] for line in migrations(tenants).splitlines()[1:3]] == ["NO_ACTION", "PASSED"]
