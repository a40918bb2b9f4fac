"""What every database promises besides its session: the lock, the clean check, and a whole run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.apply import ApplyOptions, ApplyReport, Interrupted, TxMode, apply_pending
from atlas.engine.history.set_version import set_version
from atlas.engine.history.status import read_status
from atlas.engine.lock import held_lock
from atlas.errors import Dirty, LockNotAcquired, StatementFailed

from tests.contracts.database.conftest import Target
from tests.fakes.clock import FakeClock
from tests.fakes.directories import directory_with
from tests.waiting import wait_until

LOCK = "atlas_migrate_execute"
FILES = {
    "1_tables.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nCREATE TABLE b (x int);\n",
    "2_rows.sql": "INSERT INTO b VALUES (3);\n",
}
BROKEN = {"1_tables.sql": FILES["1_tables.sql"] + "INSERT INTO missing VALUES (1);\n"}


def apply(target: Target, files: dict[str, str] = FILES, **options: object) -> ApplyReport:
    chosen = ApplyOptions(operator_version="Atlas CLI test", lock_timeout_s=0, **options)  # type: ignore[arg-type]  # options of a test
    return apply_pending(directory_with(files), target.connect(), chosen, clock=FakeClock())


def test_a_lock_has_one_holder(target: Target):
    first, second = target.connect(), target.connect()
    assert first.try_lock(LOCK)
    assert not second.try_lock(LOCK)
    first.unlock(LOCK)
    assert second.try_lock(LOCK)


def test_a_lock_goes_with_its_session(target: Target):
    first, second = target.connect(), target.connect()
    first.try_lock(LOCK)
    first.session.close()
    wait_until(lambda: second.try_lock(LOCK))  # a server hears of the end a moment later


def test_a_lock_outlives_the_transactions_of_its_session(target: Target):
    first, second = target.connect(), target.connect()
    first.try_lock(LOCK)
    first.session.begin()
    first.session.execute("CREATE TABLE t (x int)")
    first.session.rollback()
    assert not second.try_lock(LOCK)


def test_an_empty_database_is_clean(target: Target):
    assert target.connect().dirt(None) is None


def test_the_revisions_table_alone_is_clean(target: Target):
    database = target.connect()
    database.revisions(None).ensure()
    assert database.dirt(None) is None


def test_a_table_makes_a_database_dirty(target: Target):
    database = target.connect()
    database.session.execute("CREATE TABLE people (x int)")
    assert "people" in (database.dirt(None) or "")


def test_a_dirty_database_is_refused(target: Target):
    target.connect().session.execute("CREATE TABLE people (x int)")
    with pytest.raises(Dirty, match=r"^sql/migrate: connected database is not clean: found table .people"):
        apply(target)


@pytest.mark.parametrize("mode", TxMode)
def test_a_directory_is_applied_once(target: Target, mode: TxMode):
    report = apply(target, tx_mode=mode)
    assert (report.error, report.target) == (None, "2")
    assert apply(target, tx_mode=mode).pending == ()
    status = read_status(directory_with(FILES), target.connect(), "")
    assert (status.status, status.current) == ("OK", "2")
    assert [(row.applied, row.total, row.partial_hashes) for row in status.applied] == [
        (4, 4, None),
        (1, 1, None),
    ]


def test_a_failed_file_can_be_fixed_and_continued(target: Target):
    report = apply(target, BROKEN, tx_mode=TxMode.NONE)
    assert isinstance(report.error, StatementFailed)
    status = read_status(directory_with(BROKEN), target.connect(), "")
    assert (status.count, status.total, status.sql) == (4, 5, "INSERT INTO missing VALUES (1);")
    fixed = {"1_tables.sql": BROKEN["1_tables.sql"].replace("missing", "b")}
    report = apply(target, fixed, tx_mode=TxMode.NONE)
    assert (report.error, report.applied[0].skipped) == (None, 4)


def test_a_failed_file_leaves_what_the_server_cannot_undo_and_says_so(target: Target):
    apply(target, BROKEN)
    (*rows,) = target.connect().revisions(None).read()
    commits = target.connect().dialect.commits_implicitly("CREATE TABLE b (x int);")
    assert [(row.applied, bool(row.error)) for row in rows] == ([(4, True)] if commits else [])


def test_a_dry_run_leaves_no_trace(target: Target):
    assert apply(target, dry_run=True).error is None
    assert target.connect().dirt(None) is None
    with pytest.raises(StatementFailed):
        target.connect().session.execute("DROP TABLE atlas_schema_revisions")


def test_a_second_run_waits_for_the_lock(target: Target):
    with (
        held_lock(target.connect(), LOCK, timeout_s=0, clock=FakeClock()),
        pytest.raises(LockNotAcquired),
    ):
        apply(target)


def test_an_interrupted_statement_is_continued_as_told(target: Target):
    database = target.connect()
    database.revisions(None).ensure()
    apply(target, {"1.sql": "CREATE TABLE a (x int);\nNONSENSE;\n"}, tx_mode=TxMode.NONE)
    database = target.connect()
    (row,) = database.revisions(None).read()
    fixed = {"1.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"}
    database.revisions(None).write(replace(row, error="", error_stmt="INSERT INTO a VALUES (1);"))
    assert apply(target, fixed, interrupted=Interrupted.APPLIED).error is None
    (row,) = database.revisions(None).read()
    assert (row.applied, row.total, row.error_stmt) == (2, 2, "")


def test_a_version_can_be_set_and_taken_back(target: Target):
    options = ApplyOptions(operator_version="test", lock_timeout_s=0)
    directory = directory_with(FILES)
    assert len(set_version(directory, target.connect(), "2", options, clock=FakeClock()).set) == 2
    assert set_version(directory, target.connect(), "1", options, clock=FakeClock()).current == "1"
    assert [row.version for row in target.connect().revisions(None).read()] == ["1"]


def test_a_transaction_that_a_file_leaves_open_is_no_success(real_target: Target):
    files = {"1.sql": "CREATE TABLE a (x int);\nBEGIN;\nINSERT INTO a VALUES (1);\n"}
    report = apply(real_target, files, tx_mode=TxMode.NONE)
    assert "add the COMMIT that it lacks" in str(report.error)
    assert read_status(directory_with(files), real_target.connect(), "").status == "PENDING"


def test_a_file_may_have_its_own_transaction(real_target: Target):
    files = {"1.sql": "CREATE TABLE a (x int);\nBEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\n"}
    assert apply(real_target, files, tx_mode=TxMode.NONE).error is None
    assert apply(real_target, files, tx_mode=TxMode.NONE).pending == ()
