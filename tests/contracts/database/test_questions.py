"""What every driver promises of ``ask``: one answer, and nothing changed by it."""

from __future__ import annotations

import pytest
from atlas.engine.answer import Answer
from atlas.engine.ports import Database
from atlas.errors import StatementFailed

from tests.contracts.database.conftest import Target

CREATE = "CREATE TABLE t (x int)"
COUNT = "SELECT count(*) = {} FROM t;"


def has_rows(database: Database, count: int) -> bool:
    return database.ask(COUNT.format(count)) is Answer.TRUE


@pytest.fixture
def database(real_target: Target) -> Database:
    database = real_target.connect()
    database.session.execute(CREATE)
    return database


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SELECT NOT EXISTS (SELECT 1 FROM t);", Answer.TRUE),
        ("SELECT EXISTS (SELECT 1 FROM t);", Answer.FALSE),
        ("SELECT 1", Answer.TRUE),
        ("SELECT 0", Answer.FALSE),
        ("SELECT 'TRUE'", Answer.TRUE),
        ("SELECT 2", Answer.OTHER),
        ("SELECT 'yes'", Answer.OTHER),
        ("SELECT NULL", Answer.NULL),
        ("SELECT x FROM t", Answer.NO_ROW),
        ("SELECT 1, 1", Answer.SEVERAL),
        ("SELECT 1 UNION ALL SELECT 1", Answer.SEVERAL),
        ("(SELECT 1) UNION (SELECT 1)", Answer.TRUE),
        ("WITH one AS (SELECT 1 AS x) SELECT x = 1 FROM one", Answer.TRUE),
    ],
)
def test_a_question_has_one_answer(database: Database, question: str, answer: Answer) -> None:
    if question.startswith("(") and database.dialect.name == "sqlite":
        question = "SELECT 1 UNION SELECT 1"  # its grammar has no parentheses there
    assert database.ask(question) is answer


@pytest.mark.parametrize("is_inside", [False, True], ids=["alone", "in a transaction"])
def test_a_question_that_writes_changes_nothing(database: Database, *, is_inside: bool) -> None:
    if is_inside:
        database.session.begin()
        database.session.execute("INSERT INTO t VALUES (1)")
    if is_inside and database.dialect.name == "mariadb":
        database.ask(
            "INSERT INTO t VALUES (2)"
        )  # no transaction that is open can be made read-only: it is undone
    else:
        with pytest.raises(StatementFailed, match=r"(?i)read.?only"):
            database.ask("INSERT INTO t VALUES (2)")
    if is_inside:
        database.session.execute("INSERT INTO t VALUES (3)")
        database.session.commit()
    assert has_rows(database, 2 if is_inside else 0)
    database.session.execute("INSERT INTO t VALUES (4)")
    assert has_rows(database, 3 if is_inside else 1)


@pytest.mark.parametrize("is_inside", [False, True], ids=["alone", "in a transaction"])
def test_a_question_that_is_refused_ends_no_transaction(database: Database, *, is_inside: bool) -> None:
    if is_inside:
        database.session.begin()
        database.session.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(StatementFailed, match="missing"):
        database.ask("SELECT x FROM missing")
    if is_inside:
        database.session.execute("INSERT INTO t VALUES (2)")
        database.session.commit()
    assert has_rows(database, 2 if is_inside else 0)


def test_a_question_sees_what_its_transaction_did(database: Database) -> None:
    database.session.begin()
    database.session.execute("INSERT INTO t VALUES (1)")
    assert has_rows(database, 1)
    database.session.rollback()
    assert has_rows(database, 0)


def test_the_first_thing_in_a_transaction_may_be_a_question(database: Database) -> None:
    database.session.begin()
    assert has_rows(database, 0)
    database.session.execute("INSERT INTO t VALUES (1)")
    database.session.commit()
    assert has_rows(database, 1)


def test_a_question_lets_go_of_no_lock(real_target: Target) -> None:
    first, second = real_target.connect(), real_target.connect()
    first.try_lock("atlas_migrate_execute")
    assert first.ask("SELECT 1") is Answer.TRUE
    assert not second.try_lock("atlas_migrate_execute")
