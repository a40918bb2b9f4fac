"""Saying which version a target is at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from atlas.engine.apply import LOCK_NAME, ApplyOptions
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.history.set_version import SetReport, set_version
from atlas.errors import ChecksumMismatch, DirectoryError, LockNotAcquired, SpecError, UsageError

from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeServer
from tests.fakes.directories import directory_with

THREE = {"1_a.sql": "CREATE TABLE a (x int);\n", "2_b.sql": "DROP TABLE a;\n", "3_c.sql": ""}
OPTIONS = ApplyOptions(operator_version="test", lock_timeout_s=0)


def row(version: str, applied: int = 1, total: int = 1, **changes: object) -> Revision:
    values: dict[str, object] = {"description": "", "executed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return Revision(
        version=version, applied=applied, total=total, operator_version="before", **(values | changes)
    )  # type: ignore[arg-type]  # values of a test


def server_with(*rows: Revision) -> FakeServer:
    server = FakeServer()
    server.state.revisions["public"] = {row.version: row for row in rows}
    return server


def put(server: FakeServer, version: str | None, files: dict[str, str] = THREE) -> SetReport:
    return set_version(directory_with(files), server.connect(), version, OPTIONS, clock=FakeClock())


def versions(server: FakeServer) -> list[str]:
    return sorted(server.state.revisions["public"])


def test_files_up_to_the_version_are_recorded_as_resolved():
    server = FakeServer()
    report = put(server, "2")
    assert (report.current, [row.version for row in report.set], report.removed) == ("2", ["1", "2"], ())
    recorded = server.state.revisions["public"]["2"]
    assert (recorded.type, recorded.applied, recorded.total, recorded.description) == (
        RevisionType.RESOLVED,
        0,
        0,
        "b",
    )
    assert recorded.hash
    assert not server.state.tables


def test_later_revisions_are_removed():
    server = server_with(row("1"), row("2"), row("3"))
    report = put(server, "1")
    assert ([row.version for row in report.removed], versions(server)) == (["2", "3"], ["1"])


def test_a_failed_revision_is_marked_and_keeps_its_counts():
    server = server_with(row("1", 1, 2, error="e", error_stmt="s"))
    report = put(server, "1")
    marked = server.state.revisions["public"]["1"]
    assert marked.type.text == "applied + manually set"
    assert (marked.applied, marked.total, marked.error) == (1, 2, "e")
    assert report.set == (marked,)


def test_files_between_the_last_revision_and_the_version_are_recorded():
    server = server_with(row("1"))
    assert [row.version for row in put(server, "3").set] == ["2", "3"]


def test_repeating_it_changes_nothing():
    server = server_with(row("1"))
    put(server, "2")
    before = dict(server.state.revisions["public"])
    assert put(server, "2") == SetReport("2")
    assert server.state.revisions["public"] == before


def test_no_version_means_the_last_file():
    server = server_with(row("1"), row("4"))
    report = put(server, None)
    assert (report.current, versions(server)) == ("3", ["1", "2", "3"])


def test_no_version_and_no_files_remove_everything():
    server = server_with(row("1"), row("2"))
    report = put(server, None, files={})
    assert (report.current, len(report.removed), versions(server)) == ("", 2, [])


def test_no_version_needs_revisions():
    with pytest.raises(UsageError, match=r"^accepts 1 arg\(s\), received 0$"):
        put(FakeServer(), None)


def test_an_unknown_version_is_refused():
    with pytest.raises(SpecError, match=r'^migration with version "4" not found$'):
        put(FakeServer(), "4")


def test_a_wrong_sum_is_refused_before_anything_is_read():
    server = FakeServer()
    directory = replace(directory_with(THREE), sum_text=directory_with({}).sum_text)
    with pytest.raises(ChecksumMismatch):
        set_version(directory, server.connect(), "1", OPTIONS, clock=FakeClock())
    assert server.trace == []


def test_it_waits_for_nobody():
    server = FakeServer()
    server.connect().try_lock(LOCK_NAME)
    with pytest.raises(LockNotAcquired):
        put(server, "1")


def test_a_failure_in_the_middle_changes_nothing():
    server = server_with(row("9"))

    def fail(line: str) -> None:
        if line.startswith("before row 2"):
            raise SpecError("stop here")

    server.point = fail
    with pytest.raises(SpecError):
        put(server, "3")
    assert versions(server) == ["9"]


def test_two_files_of_one_version_are_refused_unless_both_are_behind_it() -> None:
    files = {"1_a.sql": "", "1_b.sql": "", "2_c.sql": ""}
    server = FakeServer()
    with pytest.raises(DirectoryError, match=r'"1_a\.sql" and "1_b\.sql" have the same version "1"'):
        put(server, "2", files)
    assert not server.state.revisions.get("public")
    assert put(server_with(row("1")), "2", files).current == "2"
