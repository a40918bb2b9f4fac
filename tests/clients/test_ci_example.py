"""The script of examples/ci, as a job runs it: a shell, git, our command first on PATH, a registry and SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.conftest import sqlite_query
from tests.clients.sdk import BINARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.integration.registry.conftest import Served

EXAMPLE = Path(__file__).parents[2] / "examples" / "ci"
COLUMNS = "SELECT name FROM pragma_table_info('notes') ORDER BY cid"
LAST = "20260112090000_add_author.sql"
LATER = "ALTER TABLE notes ADD COLUMN seen integer;\n"


@dataclass(frozen=True)
class Job:
    """A checkout of the example, and what a job has in its environment."""

    folder: Path
    environ: Mapping[str, str]

    def step(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self._run(["./pipeline.sh", name], **more)

    def runs(self, name: str, **more: str) -> str:
        """What a step prints; it succeeds."""
        done = self.step(name, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, file: str = "", text: str = "") -> str:
        """Commit the working directory, with one more file if there is one; returns the hash of the commit."""
        if file:
            (self.folder / "migrations" / file).write_text(text)
            self._run([str(BINARY), "migrate", "hash"])
        self._run(["git", "add", "-A"])
        self._run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "change"])
        return self._run(["git", "rev-parse", "HEAD"]).stdout.strip()

    def _run(self, words: list[str], **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.folder,
            env={**self.environ, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def job(served: Served, tmp_path: Path) -> Job:
    folder = tmp_path / "checkout"
    shutil.copytree(EXAMPLE, folder)
    subprocess.run(["git", "init", "-q", folder], check=True)
    environ = {
        "PATH": os.pathsep.join((str(BINARY.parent), os.environ["PATH"])),
        "HOME": str(tmp_path),
        "ATLAS_CLOUD_URL": served.url,
        "ATLAS_TOKEN": served.token,
        "DEV_URL": "sqlite://dev?mode=memory",
        "DATABASE_URL": f"sqlite://{tmp_path / 'notes.db'}",
    }
    return Job(folder, environ)


def names(served: Served, url: str) -> list[str]:
    """The files that the registry has."""
    return [entry.name for entry in served.pull(url).entries if entry.name != "atlas.sum"]


def test_a_commit_is_checked_published_and_deployed(job: Job, served: Served, tmp_path: Path) -> None:
    database = tmp_path / "notes.db"
    first = job.commit()
    job.runs("create")
    reader = served.seen_by("acme", "read").token
    checked = job.runs("check", ATLAS_TOKEN=reader)
    assert "-- 2 versions ok" in checked
    assert "-- PASS: old notes have an author" in checked
    assert job.step("deploy").returncode == 1  # nobody has published it
    assert not database.exists()

    published = job.runs("publish").splitlines()
    assert len({line for line in published if "/dirs/" in line}) == 1
    assert (
        job.runs("publish").splitlines()[-2:] == published[-2:]
    )  # a job that runs again makes no new version
    assert names(served, f"atlas://notes?tag={first}") == ["20260105090000_create_notes.sql", LAST]

    deployed = job.runs("deploy", ATLAS_TOKEN=reader)
    assert "Migration Status: OK" in deployed
    assert sqlite_query(database)(COLUMNS) == [("id",), ("body",), ("author",)]
    described = job._run(["atlas", "cloud", "repo", "describe", "--slug", "notes"]).stdout
    assert "Databases Synced   1" in described

    second = job.commit("20260119090000_seen.sql", LATER)
    assert "-- 1 version ok" in job.runs("publish")
    assert "No migration files to execute" in job.runs("deploy", COMMIT=first)
    assert names(served, f"atlas://notes?tag={second}")[-1] == "20260119090000_seen.sql"
    job.runs("deploy")
    assert sqlite_query(database)(COLUMNS) == [("id",), ("body",), ("author",), ("seen",)]


def test_a_commit_that_loses_data_or_fails_a_test_is_not_published(job: Job, served: Served) -> None:
    job.commit()
    job.runs("create")
    job.runs("publish")
    lost = job.commit("20260119090000_drop.sql", "ALTER TABLE notes DROP COLUMN author;\n")
    refused = job.step("publish")
    assert refused.returncode == 1
    assert "destructive changes detected" in refused.stdout
    (job.folder / "migrations" / "20260119090000_drop.sql").unlink()
    wrong = job.folder / "tests" / "migrate.test.hcl"
    wrong.write_text(wrong.read_text().replace('"nobody"', '"somebody"'))
    failed_at = job.commit("20260119090000_seen.sql", LATER)
    failed = job.step("publish")
    assert failed.returncode == 1
    assert "FAIL: old notes have an author" in failed.stdout
    for commit in (lost, failed_at):
        answer = job.step("deploy", COMMIT=commit)
        assert answer.returncode == 1
        assert commit in answer.stderr
    assert names(served, "atlas://notes")[-1] == LAST


@pytest.mark.parametrize("step", ["publish", "deploy"])
def test_a_step_outside_of_git_asks_for_the_commit(job: Job, step: str) -> None:
    shutil.rmtree(job.folder / ".git")
    answer = job.step(step, GIT_CEILING_DIRECTORIES=str(job.folder.parent))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.endswith("./pipeline.sh: set COMMIT, or run in a git checkout\n")


@pytest.mark.parametrize("word", ["", "destroy"])
def test_a_step_that_there_is_not_is_told(job: Job, word: str) -> None:
    answer = job.step(word)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "usage: ./pipeline.sh create|check|publish|deploy\n"
