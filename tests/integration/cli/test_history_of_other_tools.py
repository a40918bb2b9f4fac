"""Databases as other tools leave them, history and all: taken over with their versions, nothing runs twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures_formats.cases import TOOLS, FormatCase, cases_of
from tests.integration.cli.conftest import Shell

HISTORY = {
    "golang-migrate": "schema_migrations",
    "goose": "goose_db_version",
    "flyway": "flyway_schema_history",
    "liquibase": "databasechangelog",
    "dbmate": "schema_migrations",
}


@dataclass(frozen=True)
class Left:
    """A database that a tool has left, at the version of its last file."""

    case: FormatCase
    url: str
    query: Callable[[str], list[tuple[Any, ...]]]

    @property
    def version(self) -> str:
        return self.case.files[-1].name.partition("_")[0]

    def rows(self) -> list[Any]:
        """What must not change: people's rows, and the history of the tool."""
        return [self.query("SELECT * FROM users"), self.query(f"SELECT * FROM {HISTORY[self.case.tool]}")]


ALL = [f"{tool}-sqlite" for tool in TOOLS] + ["golang-migrate-postgres", "flyway-postgres"]
SOME = ["golang-migrate-sqlite", "flyway-sqlite"]


@pytest.fixture
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Left]:
    tool, _, database = request.param.rpartition("-")
    case = next(case for case in cases_of(tool) if case.name == "plain")
    script = "\n".join(case.recorded(database)["dump"])
    if database == "sqlite":
        path = tmp_path / "left.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        yield Left(case, f"sqlite://{path}", partial(_sqlite_query, path))
        return
    server = request.getfixturevalue("postgres")
    name = server.create_database()
    server.psql(script, database=name)
    yield Left(case, f"{server.url(name)}&search_path=public", partial(server.query, name))
    server.drop_database(name)


def _sqlite_query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def imported(atlas: Shell, case: FormatCase) -> None:
    atlas.ok("migrate", "import", "--from", f"file://{case.folder}?format={case.tool}")


def one_more(atlas: Shell, left: Left) -> None:
    """A new file runs, and it alone."""
    text = "ALTER TABLE users ADD COLUMN phone varchar(50);"
    version = str(int(left.version) + 1).zfill(len(left.version))
    (atlas.folder / "migrations" / f"{version}_phone.sql").write_text(text)
    atlas.ok("migrate", "hash")
    said = atlas.ok("migrate", "apply", "--url", left.url)
    assert said.count("-- migrating version") == 1
    assert f"-> {text.removesuffix(';')}" in said.replace(";", "")


@pytest.mark.parametrize("left", ALL, indirect=True)
def test_a_history_that_is_set_leaves_nothing_to_run_and_without_it_nothing_runs_either(
    atlas: Shell, left: Left
) -> None:
    imported(atlas, left.case)
    before = left.rows()
    answer = atlas("migrate", "apply", "--url", left.url)
    assert answer.code == 1
    assert "connected database is not clean" in answer.err
    atlas.ok("migrate", "set", left.version, "--url", left.url)
    assert "No migration files to execute" in atlas.ok("migrate", "apply", "--url", left.url)
    assert left.rows() == before
    one_more(atlas, left)
    assert left.rows()[1] == before[1]
    assert [row[:-1] for row in left.rows()[0]] == before[0]


@pytest.mark.parametrize("left", SOME, indirect=True)
def test_a_baseline_leaves_nothing_to_run_either(atlas: Shell, left: Left) -> None:
    imported(atlas, left.case)
    before = left.rows()
    atlas.ok("migrate", "apply", "--url", left.url, "--baseline", left.version)
    assert "Migration Status: OK" in atlas.ok("migrate", "status", "--url", left.url)
    assert left.rows() == before


@pytest.mark.parametrize("left", SOME, indirect=True)
def test_a_directory_that_is_not_imported_takes_over_as_well(atlas: Shell, left: Left) -> None:
    folder = atlas.folder / "of_tool"
    folder.mkdir()
    for file in left.case.folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    url = f"file://of_tool?format={left.case.tool}"
    atlas.ok("migrate", "hash", "--dir", url)
    before = left.rows()
    atlas.ok("migrate", "set", left.version, "--url", left.url, "--dir", url)
    assert "No migration files to execute" in atlas.ok("migrate", "apply", "--url", left.url, "--dir", url)
    assert left.rows() == before
