"""Statements of a desired state that share a message mean what they mean alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from atlas.drivers.postgres import PostgresDatabase, open_database
from atlas.engine.database_url import parse_database_url
from atlas.engine.desired_state.together import first_refusal
from atlas.errors import StatementFailed

from tests.waiting import wait_until

TABLES = "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 't'::regclass"


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    opened = open_database(parse_database_url(postgres_url))
    yield opened
    opened.session.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (a int)",
        "create index i on t (a);",
        "-- about t\n  ALTER TABLE t ADD b text DEFAULT 'x' -- the last\n",
        "COMMENT ON TABLE t IS 'one'",
        "DROP VIEW v",
    ],
)
def test_definitions_share_a_message(database: PostgresDatabase, statement: str) -> None:
    assert database.session.may_share(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET standard_conforming_strings = off",
        "BEGIN",
        "INSERT INTO t VALUES (1)",
        "SELECT set_config('a.b', 'c', false)",
        "DO $$ BEGIN PERFORM 1; END $$",
        "VACUUM",
        "CREATE INDEX concurrently i ON t (a)",
        "CREATE TEMP TABLE t (a int) ON COMMIT DROP",
        "CREATE TABLE t (a int); COMMIT",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
    ],
)
def test_what_sets_ends_or_holds_more_than_one_command_runs_alone(
    database: PostgresDatabase, statement: str
) -> None:
    assert not database.session.may_share(statement)


def test_a_refused_message_is_undone_and_the_first_that_is_refused_alone_is_told(
    database: PostgresDatabase,
) -> None:
    session = database.session
    statements = [
        "CREATE TABLE a (a int);",
        "CREATE TABLE b (a int) -- b",
        "CREATE TABLE a (b int);",
        "CREATE TABLE c (a int);",
    ]
    assert not session.run_shared(statements)
    assert session.query(TABLES) == [(None,)]
    refusal = first_refusal(statements, session)
    assert refusal is not None
    assert refusal[0] == 2
    assert refusal[1].text == 'pq: relation "a" already exists (42P07)'
    assert session.query(TABLES) == [("a b",)]


def test_what_no_transaction_takes_runs_all_the_same(database: PostgresDatabase) -> None:
    statements = [
        "CREATE TYPE e AS ENUM ('a')",
        "ALTER TYPE e ADD VALUE 'b'",
        "CREATE TABLE t (a e DEFAULT 'b')",
        "CREATE TABLE u (a e)",
    ]
    assert not database.session.run_shared(statements)
    assert first_refusal(statements, database.session) is None
    assert database.session.query(TABLES) == [("t u",)]


def test_a_transaction_of_a_person_is_not_put_at_risk(database: PostgresDatabase) -> None:
    session = database.session
    statements = ["BEGIN", "CREATE TABLE a (a int)", "CREATE TABLE b (a int)", "CREATE TABLE a (b int)"]
    refusal = first_refusal(statements, session)
    assert refusal is not None
    assert refusal[0] == 3


def test_a_cancelled_message_ends_there(database: PostgresDatabase, postgres_url: str) -> None:
    session, other = database.session, open_database(parse_database_url(postgres_url))

    def cancel_when_it_waits() -> None:
        with closing(open_database(parse_database_url(postgres_url)).session) as onlooker:
            try:
                wait_until(lambda: onlooker.query(WAITING))
            finally:
                session.cancel()

    session.execute("CREATE TABLE t (a int)")
    try:
        other.session.execute("BEGIN; LOCK TABLE t")
        statements = ["CREATE TABLE a (a int)", "ALTER TABLE t ADD b int", "CREATE TABLE c (a int)"]
        with ThreadPoolExecutor() as pool:
            cancelled = pool.submit(cancel_when_it_waits)
            with pytest.raises(StatementFailed, match="canceling statement due to user request") as error:
                session.run_shared(statements)
        cancelled.result()
        assert error.value.statement == statements[1]
        assert session.query(TABLES) == [("t",)]
    finally:
        other.session.close()
