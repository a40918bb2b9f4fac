"""What ``migrate status`` says of a target."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.history.status import StatusReport, read_status, status_of
from atlas.errors import HistoryError

from tests.fakes.database import FakeServer
from tests.fakes.directories import directory_with

TWO = {"1_a.sql": "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\n", "2_b.sql": "DROP TABLE a;\n"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def row(version: str, applied: int = 1, total: int = 1, **changes: object) -> Revision:
    values: dict[str, object] = {"description": "", "executed_at": NOW, "operator_version": "test"}
    return Revision(version=version, applied=applied, total=total, **(values | changes))  # type: ignore[arg-type]  # values of a test


def report(*rows: Revision, files: dict[str, str] = TWO) -> StatusReport:
    return status_of(directory_with(files), rows)


def names(files: tuple[object, ...]) -> list[str]:
    return [file.name for file in files]  # type: ignore[attr-defined]  # migration files


def test_a_new_target_has_everything_pending():
    status = report()
    assert (status.status, status.current, status.next) == ("PENDING", "No migration applied yet", "1")
    assert names(status.pending) == names(status.available) == ["1_a.sql", "2_b.sql"]


def test_a_new_target_sees_files_from_the_last_checkpoint_on():
    status = report(files=TWO | {"3_c.sql": "-- atlas:checkpoint\n\nCREATE TABLE b (x int);\n"})
    assert (names(status.available), status.next, status.from_checkpoint) == (["3_c.sql"], "3", True)


def test_a_target_at_the_last_version_is_ok():
    status = report(row("1"), row("2"))
    assert (status.status, status.current, status.next) == ("OK", "2", "Already at latest version")


def test_an_empty_directory_is_ok():
    assert report(files={}).status == "OK"


def test_a_failed_statement_is_shown_in_one_line():
    status = report(row("1", 1, 2, error='table "b"\nexists', error_stmt="CREATE TABLE b\n(x int);"))
    assert (status.count, status.total, status.left) == (1, 2, 1)
    assert (status.error, status.sql) == ('table "b" exists', "CREATE TABLE b (x int);")
    assert (status.status, status.current, status.next) == ("PENDING", "1", "1")


def test_an_interrupted_statement_names_the_two_ways_on():
    status = report(row("1", 1, 2, error_stmt="CREATE TABLE b (x int);"))
    assert "--interrupted applied" in status.error
    assert "--interrupted rerun" in status.error
    assert status.sql == "CREATE TABLE b (x int);"


def test_a_partial_revision_that_was_set_is_pending_without_an_error():
    status = report(
        row("1", 1, 2, error="e", error_stmt="s", type=RevisionType.EXECUTE | RevisionType.RESOLVED)
    )
    assert (status.status, status.error, status.total) == ("PENDING", "", 0)


def test_files_out_of_order_leave_the_next_version_open():
    status = report(row("1"), row("3"), files=TWO | {"3.sql": "", "4.sql": ""})
    assert (names(status.out_of_order), names(status.pending)) == (["2_b.sql"], ["4.sql"])
    assert (status.status, status.next) == ("PENDING", "")
    assert status.error.startswith("migration file 2_b.sql was added out of order.")


def test_a_partial_revision_without_its_file_is_an_error():
    with pytest.raises(HistoryError, match=r"is partially applied but migration file was not found"):
        report(row("9", 1, 2))


def test_reading_a_status_makes_no_table():
    server = FakeServer()
    assert read_status(directory_with(TWO), server.connect(), "").status == "PENDING"
    assert server.state.revisions == {}
