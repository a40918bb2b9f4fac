"""The MySQL session on a real MariaDB server: statements, transactions, cancellation, broken connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from atlas.drivers.mysql import MySQLDatabase, open_database
from atlas.engine.database_url import parse_database_url
from atlas.engine.history.revisions import Revision
from atlas.errors import ConnectFailed, StatementFailed

from tests.servers.mariadb import MariaDBServer


@pytest.fixture
def database(mariadb_url: str) -> Iterator[MySQLDatabase]:
    opened = open_database(parse_database_url(mariadb_url))
    yield opened
    opened.session.close()


def revision(version: str = "1", **changes: object) -> Revision:
    values = {"version": version, "description": "d", "executed_at": datetime(2026, 1, 2, tzinfo=UTC)}
    return Revision(**{**values, "operator_version": "test", **changes})  # type: ignore[arg-type]


def rows(database: MySQLDatabase, sql: str) -> list[tuple[str | None, ...]]:
    return database.session.query(sql) or []


@pytest.mark.parametrize("literal", ["100%", "%s %(x)s %%", ":name ::x $1", "?", "naïve 🙂"])
def test_a_statement_is_sent_as_written(database: MySQLDatabase, literal: str) -> None:
    database.session.execute("CREATE TABLE t (x varchar(99) CHARACTER SET utf8mb4)")
    database.session.execute(f"INSERT INTO t VALUES ('{literal}')")
    assert rows(database, "SELECT x FROM t") == [(literal,)]


def test_one_statement_may_hold_several_commands(database: MySQLDatabase) -> None:
    database.session.execute("CREATE TABLE a (x int); SELECT 1; SELECT 2; CREATE TABLE b (x int); SELECT 3")
    database.session.execute("INSERT INTO b SELECT seq FROM seq_1_to_5000")
    database.session.execute("SELECT * FROM b")
    assert rows(database, "SELECT count(*) FROM b") == [("5000",)]


def test_an_error_in_the_second_command_is_told(database: MySQLDatabase) -> None:
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("CREATE TABLE a (x int); SELECT * FROM nowhere")
    name = database.url.database
    assert failed.value.text == f"Error 1146 (42S02): Table '{name}.nowhere' doesn't exist"
    assert rows(database, "SELECT 1") == [("1",)]


def test_a_procedure_with_results_is_read_to_its_end(database: MySQLDatabase) -> None:
    database.session.execute("CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; INSERT INTO t VALUES (1); END")
    database.session.execute("CREATE TABLE t (x int)")
    database.session.execute("CALL p()")
    assert rows(database, "SELECT x FROM t") == [("1",)]


def test_a_refusal_does_not_quote_rows(database: MySQLDatabase) -> None:
    database.session.execute("CREATE TABLE t (mail varchar(99) UNIQUE)")
    database.session.execute("INSERT INTO t VALUES ('bob''s@example.com')")
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("INSERT INTO t SELECT mail FROM t")
    assert failed.value.text == "Error 1062 (23000): Duplicate entry 'xxxxx' for key 'mail'"


def test_a_refused_password_statement_is_masked(database: MySQLDatabase) -> None:
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("ALTER USER 'nobody'@'nowhere' IDENTIFIED BY 'canary'")
    assert "canary" not in str(failed.value) + failed.value.statement + failed.value.text


def test_a_file_of_this_machine_is_not_read(database: MySQLDatabase) -> None:
    database.session.execute("CREATE TABLE t (x text)")
    with pytest.raises(StatementFailed):
        database.session.execute("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t")
    assert rows(database, "SELECT count(*) FROM t") == [("0",)]


def test_warnings_are_no_errors(database: MySQLDatabase) -> None:
    database.session.execute("DROP TABLE IF EXISTS nowhere")


def test_a_rolled_back_transaction_leaves_nothing(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute("CREATE TABLE t (x int)")
    database.session.begin()
    database.session.execute("INSERT INTO t VALUES (1)")
    store.write(revision())
    database.session.rollback()
    assert store.read() == ()
    assert rows(database, "SELECT count(*) FROM t") == [("0",)]


def test_statements_and_their_row_commit_together(database: MySQLDatabase, mariadb: MariaDBServer) -> None:
    store = database.revisions(None)
    store.ensure()
    name = database.url.database
    database.session.begin()
    store.write(revision(applied=1, total=1))
    assert mariadb.query(name, "SELECT count(*) FROM atlas_schema_revisions") == [(0,)]
    database.session.commit()
    assert mariadb.query(name, "SELECT applied FROM atlas_schema_revisions") == [(1,)]


def test_a_rollback_of_our_transaction_is_named(database: MySQLDatabase) -> None:
    database.session.execute("CREATE TABLE t (x int)")
    database.session.begin()
    database.session.execute("INSERT INTO t VALUES (1)")
    database.session.execute("SAVEPOINT s")
    database.session.execute("INSERT INTO t VALUES (2)")
    database.session.execute("SELECT * FROM t")
    database.session.execute("ROLLBACK TO SAVEPOINT s")
    for ending in ("ROLLBACK", "ROLLBACK AND CHAIN"):
        with pytest.raises(StatementFailed, match="would end the transaction"):
            database.session.execute(ending)
    database.session.rollback()
    assert rows(database, "SELECT count(*) FROM t") == [("0",)]


@pytest.mark.parametrize(
    "change",
    [
        "USE information_schema",
        "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
        "SET sql_mode = ''",
        "SET NAMES latin1",
        "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci",
        "SET time_zone = 'SYSTEM'",
        "SET time_zone = '+05:45'",
        "SET autocommit = 0",
        "SET sql_safe_updates = 1",
        "SET foreign_key_checks = 0",
    ],
)
def test_what_a_file_sets_does_not_reach_the_revisions(
    database: MySQLDatabase, mariadb: MariaDBServer, change: str
) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute(change)
    row = revision(description='Zoë\'s \\ "file" 🙂', error="'", error_stmt="SELECT '\\'")
    store.write(row)
    assert store.read() == (row,)
    (stored,) = mariadb.query(
        database.url.database,
        "SET time_zone = '+00:00'; SELECT CAST(executed_at AS CHAR), description FROM atlas_schema_revisions",
    )
    assert stored == ("2026-01-02 00:00:00", row.description)


def test_a_write_gives_the_session_its_time_zone_back(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute("SET time_zone = '+05:45'")
    store.write(revision())
    with pytest.raises(StatementFailed):
        store.write(revision(description="x" * 256))
    assert rows(database, "SELECT @@session.time_zone") == [("+05:45",)]


def test_a_running_statement_is_cancelled_from_another_thread(database: MySQLDatabase) -> None:
    session = database.session
    caught: list[StatementFailed] = []

    def run() -> None:
        try:
            session.execute("SELECT sum(a.seq * b.seq) FROM seq_1_to_1000000 AS a, seq_1_to_1000000 AS b")
        except StatementFailed as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 60
    while thread.is_alive():  # a cancel that comes before the statement has nothing to cancel
        assert time.monotonic() < deadline
        session.cancel()
        thread.join(0.1)
    assert [str(error) for error in caught] == ["Error 1317 (70100): Query execution was interrupted"]
    assert rows(database, "SELECT 1") == [("1",)]


def test_a_connection_that_the_server_ends_mid_statement_is_no_refusal(
    database: MySQLDatabase, mariadb: MariaDBServer
) -> None:
    (row,) = rows(database, "SELECT CONNECTION_ID()")
    timer = threading.Timer(0.5, mariadb.query, ("", f"KILL CONNECTION {row[0]}"))
    timer.start()
    with pytest.raises(ConnectFailed):
        database.session.execute("DO SLEEP(30)")
    timer.join()
    with pytest.raises(ConnectFailed):
        database.session.execute("SELECT 1")


def test_close_may_come_twice_and_cancel_after_it(database: MySQLDatabase) -> None:
    database.session.close()
    database.session.close()
    database.session.cancel()
    with pytest.raises(ConnectFailed):
        database.session.execute("SELECT 1")


def test_the_server_says_what_it_is(database: MySQLDatabase) -> None:
    assert database.dialect.name == "mariadb"
