"""Running pending files on a fake server: what is sent, what is recorded, what is reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.apply import (
    ApplyOptions,
    Event,
    FailedStatement,
    FileDone,
    FileFailed,
    FileStarted,
    RunStarted,
    StatementStarted,
    TxMode,
    apply_pending,
)
from atlas.engine.directory import compute_sum
from atlas.errors import (
    ChecksumMismatch,
    DirectoryError,
    LockNotAcquired,
    ParseError,
    StatementFailed,
)

from tests.fakes.clock import FakeClock
from tests.fakes.database import IMPLICIT_COMMIT, FakeServer
from tests.fakes.directories import directory_with
from tests.unit.engine.applying import BROKEN, CREATE, FILES, apply, rows, sent


def test_files_are_run_and_recorded():
    server = FakeServer()
    report = apply(server)
    assert (report.error, report.current, report.target) == (None, "", "2")
    assert [applied.file.name for applied in report.applied] == ["1_a.sql", "2_b.sql"]
    assert server.state.tables == {"a": ["1", "2"]}
    assert [(row.applied, row.total, row.error, row.partial_hashes) for row in rows(server).values()] == [
        (2, 2, "", None),
        (1, 1, "", None),
    ]
    assert rows(server)["1"].hash == compute_sum(directory_with(FILES)).entries[0].hash


def test_a_file_in_a_transaction_writes_its_row_once():
    server = FakeServer()
    apply(server)
    assert sent(server)[:5] == [
        "begin",
        f"before {CREATE}",
        "before INSERT INTO a VALUES (1);",
        "before row 1 2/2 '' ''",
        "before commit",
    ]


def test_outside_a_transaction_each_statement_is_announced_by_the_write_before_it():
    server = FakeServer()
    apply(server, tx_mode=TxMode.NONE)
    assert sent(server)[:5] == [
        f"before row 1 0/2 '{CREATE}' ''",
        f"before {CREATE}",
        "before row 1 1/2 'INSERT INTO a VALUES (1);' ''",
        "before INSERT INTO a VALUES (1);",
        "before row 1 2/2 '' ''",
    ]
    assert "begin" not in server.trace


def test_where_ddl_commits_only_ddl_is_announced():
    server = FakeServer(IMPLICIT_COMMIT)
    apply(server, {"1_a.sql": FILES["1_a.sql"] + "INSERT INTO a VALUES (2);\nCREATE TABLE b (x int);\n"})
    assert sent(server) == [
        f"before row 1 0/4 '{CREATE}' ''",
        f"before {CREATE}",
        "before row 1 1/4 '' ''",
        "begin",
        "before INSERT INTO a VALUES (1);",
        "before INSERT INTO a VALUES (2);",
        "before row 1 3/4 'CREATE TABLE b (x int);' ''",
        "before commit",
        "before CREATE TABLE b (x int);",
        "before row 1 4/4 '' ''",
    ]


def test_all_files_share_one_transaction():
    server = FakeServer()
    apply(server, tx_mode=TxMode.ALL)
    assert server.trace.count("begin") == server.trace.count("before commit") == 1
    assert server.trace[-1] == "after commit"


def test_a_second_run_does_nothing():
    server = FakeServer()
    apply(server)
    server.trace.clear()
    report = apply(server)
    assert (report.pending, report.applied, report.current, report.target) == ((), (), "2", "2")
    assert server.trace == []


def test_events_tell_the_story():
    events: list[Event] = []
    apply_pending(
        directory_with({"1_a.sql": FILES["1_a.sql"]}),
        FakeServer().connect(),
        ApplyOptions(operator_version="test"),
        clock=FakeClock(),
        observe=events.append,
    )
    assert events == [
        RunStarted("", "1", 1),
        FileStarted("1_a.sql", "1", 2, 0),
        StatementStarted("1", 1, CREATE),
        StatementStarted("1", 2, "INSERT INTO a VALUES (1);"),
        FileDone("1", 0.0),
    ]


def test_a_failure_is_told_in_the_words_of_the_server():
    events: list[Event] = []
    apply_pending(
        directory_with(BROKEN),
        FakeServer().connect(),
        ApplyOptions(operator_version="test"),
        clock=FakeClock(),
        observe=events.append,
    )
    assert events[-1] == FileFailed("1", "NONSENSE;", "syntax error")


def test_a_failure_in_a_transaction_leaves_nothing():
    server = FakeServer()
    report = apply(server, BROKEN)
    assert (server.state.tables, rows(server)) == ({}, {})
    assert isinstance(report.error, StatementFailed)
    assert str(report.error) == (
        'sql/migrate: executing statement "NONSENSE;" from version "1": syntax error'
    )
    assert report.applied[-1].error == FailedStatement("NONSENSE;", "syntax error")
    assert report.applied[-1].statements[-1] == "NONSENSE;"


def test_a_failure_outside_a_transaction_is_recorded():
    server = FakeServer()
    apply(server, BROKEN, tx_mode=TxMode.NONE)
    row = rows(server)["1"]
    assert (row.applied, row.total, row.error, row.error_stmt) == (2, 3, "syntax error", "NONSENSE;")
    assert len(row.partial_hashes) == 2
    assert not row.is_interrupted


def test_a_failed_insert_undoes_the_inserts_before_it_and_keeps_the_ddl():
    server = FakeServer(IMPLICIT_COMMIT)
    apply(server, {"1_a.sql": f"{CREATE}\nINSERT INTO a VALUES (1);\nINSERT INTO b VALUES (2);\n"})
    row = rows(server)["1"]
    assert server.state.tables == {"a": []}
    assert (row.applied, row.error_stmt, row.error) == (1, "INSERT INTO b VALUES (2);", 'no such table "b"')


def test_files_before_the_failed_one_stay():
    server = FakeServer()
    report = apply(server, FILES | {"3_c.sql": "NONSENSE;"})
    assert sorted(rows(server)) == ["1", "2"]
    assert len(report.applied) == 3


def test_in_one_transaction_nothing_stays():
    server = FakeServer()
    apply(server, FILES | {"3_c.sql": "NONSENSE;"}, tx_mode=TxMode.ALL)
    assert (server.state.tables, rows(server)) == ({}, {})


def test_a_dry_run_tells_and_writes_nothing():
    server = FakeServer()
    report = apply(server, dry_run=True, baseline="1")
    assert [applied.file.name for applied in report.applied] == ["2_b.sql"]
    assert report.applied[0].statements == ("INSERT INTO a VALUES (2);",)
    assert (server.trace, server.state.revisions) == ([], {})


def test_a_dry_run_waits_for_no_lock():
    server = FakeServer()
    server.connect().try_lock("atlas_migrate_execute")
    assert apply(server, dry_run=True, lock_timeout_s=0).error is None


def test_a_baseline_is_recorded():
    server = FakeServer()
    server.state.tables["a"] = []
    report = apply(server, baseline="1")
    assert (report.current, report.target) == ("1", "2")
    assert (rows(server)["1"].type.text, rows(server)["1"].total, rows(server)["1"].hash) == (
        "baseline",
        0,
        "",
    )


def test_a_held_lock_is_an_error_and_nothing_is_sent():
    server = FakeServer()
    server.connect().try_lock("atlas_migrate_execute")
    with pytest.raises(LockNotAcquired):
        apply(server, lock_timeout_s=0)
    assert server.trace == []


def test_the_lock_is_free_after_a_failure():
    server = FakeServer()
    apply(server, BROKEN)
    assert not server.locks


def test_a_file_may_leave_the_transaction_by_its_directive():
    server = FakeServer()
    apply(server, {"1_a.sql": f"-- atlas:txmode none\n\n{CREATE}\n"})
    assert "begin" not in server.trace


def test_a_directive_against_the_mode_of_the_run_stops_it_before_the_first_file():
    server = FakeServer()
    with pytest.raises(DirectoryError) as refused:
        apply(server, FILES | {"3_c.sql": "-- atlas:txmode none\n\nDROP TABLE a;\n"}, tx_mode=TxMode.ALL)
    assert str(refused.value) == (
        'cannot set txmode directive to "none" in "3_c.sql" when txmode "all" is set globally'
    )
    assert server.trace == []


def test_a_file_that_does_not_parse_stops_the_run_before_the_first_file():
    server = FakeServer()
    with pytest.raises(ParseError, match=r'^sql/migrate: scanning statements from "3_c.sql": '):
        apply(server, FILES | {"3_c.sql": "SELECT 'open;\n"})
    assert server.trace == []


def test_a_file_outside_the_sum_cannot_run():
    with pytest.raises(
        DirectoryError, match=r'^sql/migrate: scanning checksum from "1_a.sql": checksum not found$'
    ):
        apply(FakeServer(), {"1_a.sql": "-- atlas:sum ignore\nDROP TABLE a;\n"})


def test_a_wrong_sum_stops_the_run():
    server = FakeServer()
    directory = replace(directory_with(FILES), sum_text=None)
    with pytest.raises(ChecksumMismatch, match=r"^checksum file not found$"):
        apply_pending(directory, server.connect(), ApplyOptions(operator_version="test"), clock=FakeClock())


def test_secrets_are_masked_wherever_a_statement_is_shown():
    server = FakeServer()
    statement = "CREATE USER app IDENTIFIED BY 'hunter2secret';"
    report = apply(server, {"1_a.sql": statement}, tx_mode=TxMode.NONE)
    shown = f"{report.applied[0].statements} {report.applied[0].error} {report.error} {rows(server)['1']}"
    assert "hunter2secret" not in shown
    assert "xxxxx" in rows(server)["1"].error_stmt


def test_an_empty_file_is_recorded():
    server = FakeServer()
    apply(server, {"1_a.sql": "-- nothing\n"})
    assert (rows(server)["1"].applied, rows(server)["1"].total) == (0, 0)


def test_two_files_of_one_version_are_refused():
    server = FakeServer()
    with pytest.raises(DirectoryError, match=r'^files "1_a.sql" and "1_b.sql" have the same version "1"'):
        apply(server, {"1_a.sql": CREATE, "1_b.sql": "DROP TABLE a;"})
    assert server.trace == []
