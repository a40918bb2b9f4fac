"""The Go executor and ours take over from each other in the middle of a file, on every database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from atlas.drivers import open_driver
from atlas.engine.apply import ApplyOptions, ApplyReport, Event, StatementStarted, TxMode, apply_pending
from atlas.engine.database_url import parse_database_url
from atlas.engine.directory import MigrationFile, compute_sum, directory_of, hash_of, statement_hashes
from atlas.engine.ports import Database
from atlas.engine.scan import DEFAULT
from atlas.errors import HistoryChanged, Stopped
from atlas.sources.local import read_directory, write_file, write_sum

from tests.clients.interchange import Interchange
from tests.fakes.clock import FakeClock

OURS = "Atlas CLI v1.3.0"
FILES = (
    MigrationFile("1_first.sql", b"CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n"),
    MigrationFile(
        "2_second.sql",
        "CREATE TABLE c (id int);\n-- größer; as it's said\nCREATE TABLE d (id int);\nCREATE TABLE e (id int);\n".encode(),
    ),
    MigrationFile("3_third.sql", b"CREATE TABLE f (id int);\n"),
)


@pytest.fixture(params=["sqlite_url", "postgres_url", "mariadb_url"])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in FILES:
        write_file(folder, file)
    write_sum(folder, compute_sum(directory_of(FILES)))
    return folder


@pytest.fixture
def go(interchange: Interchange, tmp_path: Path) -> Interchange:
    """The Go program with its SQLite lock files in a folder of this test's own: a killed run leaves one."""
    locks = tmp_path / "locks"
    locks.mkdir()
    return interchange.with_environment(TMPDIR=str(locks))


@pytest.fixture
def connect(url: str) -> Iterator[Callable[[], Database]]:
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(open_driver(parse_database_url(url)))
        return opened[-1]

    yield open_one
    for found in opened:
        found.session.close()


def apply_ours(path: Path, database: Database, *, statements: int = 100) -> ApplyReport:
    """Apply with at most so many statements, then stop as for a lost lease."""
    started: list[Event] = []

    def observe(event: Event) -> None:
        if isinstance(event, StatementStarted):
            started.append(event)

    return apply_pending(
        read_directory(path),
        database,
        ApplyOptions(tx_mode=TxMode.NONE, operator_version=OURS),
        clock=FakeClock(),
        observe=observe,
        should_stop=lambda: len(started) >= statements,
    )


def kill_go(go: Interchange, path: Path, url: str, *, before: int) -> None:
    """Let a Go process die before the statement of this number, and its SQLite lock file expire at once."""
    assert go.is_killed("apply", question(path, url, kill_before=before))
    for lock in Path(dict(go.environment)["TMPDIR"]).glob("*.lock"):
        lock.unlink()


def question(path: Path, url: str, **more: object) -> dict[str, object]:
    return {"url": url, "path": str(path), "tx_mode": "none", "order": "linear", **more}


def rows(go: Interchange, url: str) -> list[dict[str, Any]]:
    """Return the revisions as the Go tools read them, without what depends on who wrote them and when."""
    read = go.ask("revisions", {"url": url})
    return [{key: row[key] for key in row if key not in ("executed_at", "operator_version")} for row in read]


def row(file: MigrationFile, *, applied: int | None = None) -> dict[str, Any]:
    """Return the row of a file that is complete, or that has been applied so far."""
    statements = file.statements(DEFAULT)
    hashes = [f"h1:{value}" for value in statement_hashes(statements)]
    return {
        "version": file.version,
        "description": file.description,
        "type": 2,
        "applied": len(statements) if applied is None else applied,
        "total": len(statements),
        "error": "",
        "error_stmt": "",
        "hash": hash_of(compute_sum(directory_of(FILES)), file.name),
        "partial_hashes": None if applied is None else hashes[:applied],
    }


COMPLETE = [row(file) for file in FILES]
HALF = [row(FILES[0]), row(FILES[1], applied=1)]


def test_both_write_the_same_rows(path: Path, url: str, go: Interchange, connect: Callable[[], Database]):
    assert go.ask("apply", question(path, url, amount=1)) == {"files": ["1_first.sql"], "error": ""}
    report = apply_ours(path, connect())
    assert [done.file.name for done in report.applied] == ["2_second.sql", "3_third.sql"]
    assert report.error is None
    assert rows(go, url) == COMPLETE


def test_we_go_on_where_a_go_process_was_killed(
    path: Path, url: str, go: Interchange, connect: Callable[[], Database]
):
    kill_go(go, path, url, before=4)
    assert rows(go, url) == HALF
    report = apply_ours(path, connect())
    assert report.error is None
    assert [(done.file.name, done.skipped) for done in report.applied] == [
        ("2_second.sql", 1),
        ("3_third.sql", 0),
    ]
    assert rows(go, url) == COMPLETE


def test_a_go_process_goes_on_where_we_stopped(
    path: Path, url: str, go: Interchange, connect: Callable[[], Database]
):
    report = apply_ours(path, connect(), statements=3)
    assert isinstance(report.error, Stopped)
    assert rows(go, url) == HALF
    assert go.ask("apply", question(path, url)) == {"files": ["2_second.sql", "3_third.sql"], "error": ""}
    assert rows(go, url) == COMPLETE


def test_an_edited_statement_is_refused_by_both(
    path: Path, url: str, go: Interchange, connect: Callable[[], Database]
):
    kill_go(go, path, url, before=4)
    write_file(path, MigrationFile("2_second.sql", FILES[1].content.replace(b"TABLE c", b"TABLE z")))
    write_sum(path, compute_sum(read_directory(path)))
    message = 'sql/migrate: history changed: statement 1 from file "2_second.sql" changed'
    assert go.ask("apply", question(path, url)) == {"files": [], "error": message}
    with pytest.raises(HistoryChanged) as raised:
        apply_ours(path, connect())
    assert str(raised.value) == message


CHECKED = MigrationFile(
    "4_checked.sql",
    b"-- atlas:txtar\n\n-- checks.sql --\nSELECT 1 = 1;\nSELECT NOT EXISTS (SELECT 1 FROM f);\n"
    b"-- migration.sql --\nCREATE TABLE g (id int);\nCREATE TABLE h (id int);\n",
)
"""The open executor of the Go tools runs all sections of it as statements; ours asks, and counts what runs."""


@pytest.fixture
def checked(path: Path) -> Path:
    write_file(path, CHECKED)
    write_sum(path, compute_sum(read_directory(path)))
    return path


def test_a_file_with_checks_that_we_have_run_is_complete_to_a_go_process(
    checked: Path, url: str, go: Interchange, connect: Callable[[], Database]
):
    assert apply_ours(checked, connect()).error is None
    last = rows(go, url)[-1]
    assert (last["version"], last["applied"], last["total"], last["partial_hashes"]) == ("4", 2, 2, None)
    assert last["hash"] == hash_of(compute_sum(read_directory(checked)), CHECKED.name)
    assert go.ask("apply", question(checked, url))["files"] == []


def test_a_file_with_checks_that_a_go_process_has_begun_is_not_gone_on_with(
    checked: Path, url: str, go: Interchange, connect: Callable[[], Database]
):
    kill_go(go, checked, url, before=9)  # its third statement there is the first that we would run
    assert (rows(go, url)[-1]["applied"], rows(go, url)[-1]["total"]) == (2, 4)
    with pytest.raises(HistoryChanged, match=r'statement 1 from file "4_checked\.sql" changed'):
        apply_ours(checked, connect())
