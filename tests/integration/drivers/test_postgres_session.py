"""The PostgreSQL session on a real server: statements, transactions, cancellation, broken connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from atlas.drivers.postgres import PostgresDatabase, open_database
from atlas.engine.database_url import parse_database_url
from atlas.engine.history.revisions import Revision
from atlas.errors import ApplyError, ConnectFailed, StatementFailed

from tests.servers.postgres import PostgresServer


def database_name(url: str) -> str:
    return parse_database_url(url).database


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    opened = open_database(parse_database_url(postgres_url))
    yield opened
    opened.session.close()


def revision(version: str = "1", **changes: object) -> Revision:
    values = {"version": version, "description": "d", "executed_at": datetime(2026, 1, 2, tzinfo=UTC)}
    return Revision(**{**values, "operator_version": "test", **changes})  # type: ignore[arg-type]


def rows(database: PostgresDatabase, sql: str) -> list[tuple[str | None, ...]]:
    return database.session.query(sql) or []


@pytest.mark.parametrize("literal", ["100%", "%s %(x)s %%", ":name ::x $1", "?", "back\\slash"])
def test_a_statement_is_sent_as_written(database: PostgresDatabase, literal: str) -> None:
    database.session.execute("CREATE TABLE t (x text)")
    database.session.execute(f"INSERT INTO t VALUES ('{literal}')")
    assert rows(database, "SELECT x FROM t") == [(literal,)]


def test_one_statement_may_hold_several_commands(database: PostgresDatabase) -> None:
    database.session.execute("CREATE TABLE a (x int); CREATE TABLE b (x int); SELECT 1; SELECT 2")
    database.session.execute("INSERT INTO b VALUES (1)")
    assert rows(database, "SELECT * FROM b") == [("1",)]


def test_an_error_in_the_second_command_is_a_refusal_of_the_whole_statement(
    database: PostgresDatabase,
) -> None:
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("CREATE TABLE a (x int); SELECT * FROM nowhere")
    assert failed.value.text == 'pq: relation "nowhere" does not exist (42P01)'
    assert failed.value.statement == "CREATE TABLE a (x int); SELECT * FROM nowhere"
    assert rows(database, "SELECT pg_catalog.to_regclass('a')") == [(None,)]


def test_a_refusal_does_not_quote_rows(database: PostgresDatabase) -> None:
    database.session.execute("CREATE TABLE t (mail text UNIQUE)")
    database.session.execute("INSERT INTO t VALUES ('bob@example.com')")
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("INSERT INTO t SELECT mail FROM t")
    assert "bob" not in str(failed.value)
    assert "t_mail_key" in str(failed.value)


def test_a_refused_password_statement_is_masked(database: PostgresDatabase) -> None:
    with pytest.raises(StatementFailed) as failed:
        database.session.execute("ALTER ROLE nobody PASSWORD 'canary'")
    assert "canary" not in str(failed.value) + failed.value.statement + failed.value.text


@pytest.mark.parametrize(
    "copy", ["COPY t FROM STDIN", "COPY t TO STDOUT", "SELECT 1; COPY t FROM STDIN; SELECT 2"]
)
def test_a_copy_over_the_connection_is_refused_and_the_session_goes_on(
    database: PostgresDatabase, copy: str
) -> None:
    database.session.execute("CREATE TABLE t (x int)")
    database.session.execute("INSERT INTO t SELECT generate_series(1, 1000)")
    with pytest.raises(StatementFailed, match="COPY"):
        database.session.execute(copy)
    assert rows(database, "SELECT count(*) FROM t") == [("1000",)]


def test_a_rolled_back_transaction_leaves_nothing(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    database.session.execute("CREATE TABLE t (x int)")
    store.write(revision())
    database.session.rollback()
    assert store.read() == ()
    assert rows(database, "SELECT pg_catalog.to_regclass('t')") == [(None,)]


def test_statements_and_their_row_commit_together(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    database.session.execute("CREATE TABLE t (x int)")
    store.write(revision(applied=1, total=2))
    store.write(revision(applied=2, total=2))
    name = database.url.database
    assert postgres.query(name, "SELECT count(*) FROM atlas_schema_revisions.atlas_schema_revisions") == [
        (0,)
    ]
    database.session.commit()
    assert [(row.version, row.applied) for row in store.read()] == [("1", 2)]


def test_a_row_of_an_open_transaction_is_read_back_in_it(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    store.write(revision("7"))
    assert [row.version for row in store.read()] == ["7"]
    store.delete(["7"])
    assert store.read() == ()
    database.session.rollback()
    assert store.read() == ()


def test_a_deferred_constraint_is_a_refusal_of_the_commit(database: PostgresDatabase) -> None:
    database.session.execute("CREATE TABLE p (id int PRIMARY KEY)")
    database.session.execute("CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)")
    database.session.begin()
    database.session.execute("INSERT INTO c VALUES (1)")
    with pytest.raises(StatementFailed, match="violates foreign key") as failed:
        database.session.commit()
    assert failed.value.statement == "COMMIT"
    assert database.session.is_idle


@pytest.mark.parametrize(
    "ending",
    ["COMMIT", "ROLLBACK", "END", "COMMIT AND CHAIN", "SELECT 1; ABORT; BEGIN", "PREPARE TRANSACTION 'x'"],
)
def test_a_statement_that_ends_our_transaction_is_named(database: PostgresDatabase, ending: str) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    database.session.execute("CREATE TABLE t (x int)")
    with pytest.raises(StatementFailed, match="would end the transaction") as failed:
        database.session.execute(ending)
    assert failed.value.statement == ending
    database.session.rollback()
    assert store.read() == ()


def test_a_commit_after_an_unheeded_error_claims_nothing(database: PostgresDatabase) -> None:
    database.session.begin()
    with pytest.raises(StatementFailed):
        database.session.execute("SELECT 1/0")
    with pytest.raises(ApplyError, match="rolled it back"):
        database.session.commit()
    assert database.session.is_idle


def test_a_file_that_leaves_its_own_transaction_open_is_not_recorded_as_complete(
    database: PostgresDatabase,
) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute("BEGIN")
    database.session.execute("CREATE TABLE t (x int)")
    with pytest.raises(ApplyError, match="add the COMMIT"):
        store.write(revision(applied=2, total=2))
    with pytest.raises(ApplyError, match="own BEGIN"):
        database.session.begin()


@pytest.mark.parametrize(
    "change",
    [
        "SET search_path = nowhere",
        "SELECT pg_catalog.set_config('search_path', '', false)",
        "SET TIME ZONE 'Asia/Kathmandu'",
        "SET DateStyle = 'SQL, DMY'",
        "SET standard_conforming_strings = off",
        "SET client_encoding = 'LATIN1'",
        "SET bytea_output = 'escape'",
    ],
)
def test_what_a_file_sets_does_not_reach_the_revisions(database: PostgresDatabase, change: str) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute(change)
    row = revision(description="Zoë's \\ file", error="'", error_stmt="SELECT '\\'")
    store.write(row)
    assert store.read() == (row,)


def test_a_role_that_may_not_write_revisions_is_told_how_to_end(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    role = f"role_{database.url.database}"
    database.session.execute(f"CREATE ROLE {role}")
    try:
        database.session.begin()
        database.session.execute(f"SET ROLE {role}")
        store.write(revision())
        with pytest.raises(ApplyError, match=r"write revision: pq: permission denied .*RESET ROLE"):
            database.session.commit()
        assert database.session.is_idle
        assert store.read() == ()
    finally:
        database.session.execute(f"RESET ROLE; DROP ROLE {role}")


def test_a_running_statement_is_cancelled_from_another_thread(database: PostgresDatabase) -> None:
    session = database.session
    caught: list[Exception] = []

    def run() -> None:
        try:
            session.execute("SELECT pg_sleep(30)")
        except StatementFailed as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 60
    while thread.is_alive():  # a cancel that comes before the statement has nothing to cancel
        assert time.monotonic() < deadline
        session.cancel()
        thread.join(0.1)
    assert [str(error) for error in caught] == ["pq: canceling statement due to user request (57014)"]
    assert rows(database, "SELECT 1") == [("1",)]


def test_a_connection_that_the_server_ends_mid_statement_is_no_refusal(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    (row,) = rows(database, "SELECT pg_backend_pid()")
    timer = threading.Timer(0.5, postgres.query, ("postgres", f"SELECT pg_terminate_backend({row[0]})"))
    timer.start()
    with pytest.raises(ConnectFailed):
        database.session.execute("SELECT pg_sleep(30)")
    timer.join()
    with pytest.raises(ConnectFailed):
        database.session.execute("SELECT 1")


def test_close_may_come_twice_and_cancel_after_it(database: PostgresDatabase) -> None:
    database.session.close()
    database.session.close()
    database.session.cancel()
    with pytest.raises(ConnectFailed):
        database.session.execute("SELECT 1")


def test_a_catalog_error_leaves_the_transaction_usable(database: PostgresDatabase) -> None:
    database.session.begin()
    database.session.execute("CREATE TABLE t (x int)")
    assert database.session.query("SELECT * FROM nowhere", absent=["42P01"]) is None
    assert rows(database, "SELECT count(*) FROM t") == [("0",)]
    database.session.commit()
    assert rows(database, "SELECT count(*) FROM t") == [("0",)]


def test_the_time_limit_of_catalog_queries_is_not_that_of_statements(database: PostgresDatabase) -> None:
    ask = "SELECT current_setting('statement_timeout') AS s"
    assert rows(database, ask) == [("30s",)]
    database.session.execute(f"CREATE TABLE outside AS {ask}")
    database.session.begin()
    database.session.execute("SELECT 1")
    assert rows(database, ask) == [("30s",)]
    database.session.execute(f"CREATE TABLE inside AS {ask}")
    database.session.commit()
    assert rows(database, "SELECT outside.s, inside.s FROM outside, inside") == [("0", "0")]


def test_a_statement_with_a_nul_is_refused_and_not_cut_short(database: PostgresDatabase) -> None:
    with pytest.raises(StatementFailed, match="NUL"):
        database.session.execute("SELECT 1\x00; DROP TABLE t")
