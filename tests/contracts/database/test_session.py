"""What every session promises."""

from __future__ import annotations

import threading
import time

import pytest
from atlas.engine.ports import Database
from atlas.errors import AtlasError, ConnectFailed, StatementFailed

from tests.contracts.database.conftest import Target

CREATE = "CREATE TABLE t (x int)"
INSERT = "INSERT INTO t VALUES (1)"


def has_table(target: Target) -> bool:
    """Ask another session."""
    return target.connect().dirt(None) is not None


def row_count(database: Database) -> int:
    """Count by what the ports can do: a second table of the same name is refused, a row cannot be read.

    So the fake is asked directly, and a driver by a statement that fails when the count is another.
    """
    state = getattr(database.session, "state", None)
    if state is not None:
        return len(state.tables["t"])
    for count in range(5):
        if _is_count(database, count):
            return count
    raise AssertionError("more rows than any test writes")


def _is_count(database: Database, count: int) -> bool:
    database.session.execute("CREATE TABLE probe (x int NOT NULL)")
    try:
        database.session.execute(
            f"INSERT INTO probe SELECT CASE WHEN (SELECT count(*) FROM t) = {count} THEN 1 END"
        )
    except StatementFailed:
        return False
    else:
        return True
    finally:
        database.session.execute("DROP TABLE probe")


def test_a_statement_outside_a_transaction_commits_by_itself(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.execute(INSERT)
    assert row_count(target.connect()) == 1


def test_a_transaction_is_seen_by_others_once_it_commits(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.begin()
    session.execute(INSERT)
    session.commit()
    assert row_count(target.connect()) == 1


def test_a_rollback_undoes_rows(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.begin()
    session.execute(INSERT)
    session.rollback()
    assert row_count(target.connect()) == 0


def test_a_closed_session_has_undone_its_transaction(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.begin()
    session.execute(INSERT)
    session.close()
    assert row_count(target.connect()) == 0


def test_statements_after_a_transaction_commit_by_themselves_again(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.begin()
    session.execute(INSERT)
    session.commit()
    session.execute(INSERT)
    assert row_count(target.connect()) == 2


def test_an_empty_transaction_is_harmless(target: Target):
    session = target.connect().session
    session.begin()
    session.commit()
    session.begin()
    session.rollback()
    session.execute(CREATE)
    assert has_table(target)


def test_the_dialect_tells_which_statements_end_a_transaction(target: Target):
    database = target.connect()
    database.session.begin()
    database.session.execute(CREATE)
    database.session.rollback()
    assert has_table(target) is database.dialect.commits_implicitly(CREATE)
    assert not database.dialect.commits_implicitly(INSERT)


def test_a_refused_statement_is_named_and_the_session_goes_on(target: Target):
    session = target.connect().session
    with pytest.raises(StatementFailed) as refused:
        session.execute("INSERT INTO missing VALUES (1)")
    assert refused.value.statement == "INSERT INTO missing VALUES (1)"
    assert "missing" in refused.value.text
    session.execute(CREATE)
    assert has_table(target)


def test_a_refused_statement_in_a_transaction_can_be_rolled_back(target: Target):
    session = target.connect().session
    session.execute(CREATE)
    session.begin()
    session.execute(INSERT)
    with pytest.raises(StatementFailed):
        session.execute("NONSENSE")
    session.rollback()
    assert row_count(target.connect()) == 0


def test_a_session_can_be_closed_twice(target: Target):
    session = target.connect().session
    session.close()
    session.close()


def test_a_closed_session_is_no_refusal(target: Target):
    session = target.connect().session
    session.close()
    with pytest.raises(ConnectFailed):
        session.execute(CREATE)


def test_cancelling_an_idle_session_is_harmless(target: Target):
    session = target.connect().session
    session.cancel()
    time.sleep(0.05)  # a cancel may arrive late; nothing of ours may be hit by it
    session.execute(CREATE)
    assert has_table(target)


def test_rows_that_a_statement_gives_are_dropped(real_target: Target):
    session = real_target.connect().session
    session.execute("SELECT 1 UNION ALL SELECT 2")
    session.execute(CREATE)
    assert has_table(real_target)


def test_percent_and_question_marks_are_text(real_target: Target):
    session = real_target.connect().session
    session.execute("CREATE TABLE t (x varchar(20))")
    session.execute("INSERT INTO t VALUES ('100%s ? %(a)s :b')")
    assert row_count(real_target.connect()) == 1


ENDLESS = {
    "sqlite": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "postgres": "SELECT count(*) FROM generate_series(1, 100000000000)",
    "mariadb": "INSERT INTO t SELECT max(seq % 7) FROM seq_1_to_100000000000",
}


def test_a_running_statement_can_be_cancelled_from_another_thread(real_target: Target):
    session = real_target.connect().session
    session.execute(CREATE)
    is_over = threading.Event()

    def cancel() -> None:
        while not is_over.wait(0.2):
            session.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    try:
        with pytest.raises(AtlasError):
            session.execute(ENDLESS[real_target.name])
    finally:
        is_over.set()
        canceller.join()
    assert row_count(real_target.connect()) == 0
