"""Directories of other tools, imported and applied: a database becomes what the tool itself made of one (recorded)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from atlas.engine.apply import ApplyOptions, apply_pending
from atlas.engine.database_url import parse_database_url
from atlas.engine.directory import Directory, compute_sum
from atlas.engine.formats import converted, names_in, read_folder
from atlas.sources.local import read_directory
from atlas.sources.new_folder import write_new_folder
from atlas.sources.tool_folders import read_tool_folder
from atlas.wiring import SystemClock, open_target

from tests.fixtures_formats.cases import FormatCase, all_cases
from tests.fixtures_formats.snapshots import mariadb_snapshot, postgres_snapshot, sqlite_snapshot

CASES = [(case, database) for case in all_cases() for database in case.databases]
NAMES = [f"{case.tool}-{case.name}-{database}" for case, database in CASES]
READ_AS_THEY_ARE = [pair for pair in CASES if pair[0].is_read_as_it_is and pair[1] == "sqlite"]


def applied(directory: Directory, url: str) -> None:
    database = open_target(parse_database_url(url))
    try:
        options = ApplyOptions(operator_version="test", lock_timeout_s=60)
        report = apply_pending(directory, database, options, clock=SystemClock())
        assert report.error is None, report.error
        assert len(report.applied) == len(directory.files)
    finally:
        database.session.close()


def snapshot(directory: Directory, database: str, request: pytest.FixtureRequest, folder: Path) -> Any:
    """The database after all files."""
    if database == "sqlite":
        applied(directory, f"sqlite://{folder}/app.db")
        return sqlite_snapshot(folder / "app.db")
    server = request.getfixturevalue(database)
    name = server.create_database()
    applied(directory, server.url(name))
    taken = postgres_snapshot if database == "postgres" else mariadb_snapshot
    found = taken(partial(server.query, name))
    server.drop_database(name)
    return found


def recorded(case: FormatCase, database: str) -> Any:
    return {name: part for name, part in case.recorded(database).items() if name not in ("ran", "dump")}


def as_json(found: Any) -> Any:
    return json.loads(json.dumps(found))


@pytest.mark.parametrize(("case", "database"), CASES, ids=NAMES)
def test_an_imported_directory_makes_what_its_tool_makes(
    case: FormatCase, database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    write_new_folder(
        tmp_path / "made", converted(case.tool, read_tool_folder(case.folder, case.tool)).directory
    )
    found = snapshot(read_directory(tmp_path / "made"), database, request, tmp_path)
    assert as_json(found) == recorded(case, database)


@pytest.mark.parametrize(("case", "database"), READ_AS_THEY_ARE, ids=lambda part: getattr(part, "name", part))
def test_a_directory_that_is_not_imported_makes_it_too(
    case: FormatCase, database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    directory = read_folder(case.tool, read_tool_folder(case.folder, case.tool))
    with_sum = replace(directory, sum_text=compute_sum(directory).text)
    assert as_json(snapshot(with_sum, database, request, tmp_path)) == recorded(case, database)


@pytest.mark.parametrize(("case", "database"), CASES, ids=NAMES)
def test_files_run_in_the_order_that_the_tool_told(case: FormatCase, database: str) -> None:
    ran = case.recorded(database)["ran"]
    if (
        case.tool == "golang-migrate"
    ):  # says the last version alone; the rows of numbers_past_nine show the order
        assert ran == []
        return
    folder = read_tool_folder(case.folder, case.tool)
    if case.tool == "liquibase":
        ran = list(dict.fromkeys(each.split()[0].removeprefix("files/") for each in ran))
    by_name = {name.rpartition("/")[2]: name for name in names_in(case.tool, folder)}
    assert ran == list(by_name)
