"""The data source sql on real databases: types of values, arguments, and that nothing is written."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pymysql
import pytest
from atlas.drivers.sqlite.database import open_database
from atlas.drivers.sqlite.values import read_rows
from atlas.engine.database_url import parse_database_url
from atlas.errors import StatementFailed

from tests.integration.sources.conftest import Evaluation
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


def block(url: str, query: str, more: str = "") -> str:
    return f'data "sql" "q" {{\n  url = {json.dumps(url)}\n  query = {json.dumps(query)}\n  {more}\n}}'


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    with closing(sqlite3.connect(tmp_path / "tenants.db")) as connection:
        connection.executescript(
            "CREATE TABLE tenants (id integer, name text, share real, raw blob);"
            "INSERT INTO tenants VALUES (1, 'a', 0.5, x'6869'), (2, 'b', 2.0, x'6869'), (3, NULL, NULL, NULL);"
        )
    return "sqlite://tenants.db"


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("SELECT name FROM tenants WHERE name IS NOT NULL ORDER BY id", "", ["a", "b"]),
        ("SELECT id FROM tenants ORDER BY id", "", [1, 2, 3]),
        ("SELECT share FROM tenants WHERE id < ?", "args = [3]", [0.5, 2]),
        ("SELECT raw FROM tenants WHERE name = ?", 'args = ["a"]', ["hi"]),
        ("SELECT ? + 0", "args = [true]", [1]),
        ("SELECT name FROM tenants WHERE id = 77", "", []),
    ],
)
def test_values_of_sqlite(
    sqlite: str, evaluate: Evaluation, query: str, more: str, expected: list[object]
) -> None:
    found = evaluate(block(sqlite, query, more), "data.sql.q")
    assert found == {
        "count": len(expected),
        "values": expected,
        "value": expected[0] if expected else None,
    }


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT nosuch FROM tenants", "executing query: no such column: nosuch"),
        ("DELETE FROM tenants", "executing query: attempt to write a readonly database"),
        ("SELECT 1; SELECT 2", "executing query: You can only execute one statement at a time."),
        ("SELECT id, name FROM tenants", "the query answers 2 columns"),
        ("SELECT name FROM tenants WHERE id = 3", "the query answers NULL"),
    ],
)
def test_what_sqlite_refuses(sqlite: str, evaluate: Evaluation, query: str, message: str) -> None:
    assert f"data.sql.q: {message}" in evaluate.refusal(block(sqlite, query), "data.sql.q")


def test_a_query_of_sqlite_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    database = open_database(parse_database_url(f"sqlite://{tmp_path}/x.db"))
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    try:
        with pytest.raises(StatementFailed) as raised:
            read_rows(database, endless, (), timeout_s=0.2)
    finally:
        database.session.close()
    assert raised.value.text == "the query took longer than 0.2 s"


def test_a_file_that_is_not_there_is_not_made(evaluate: Evaluation) -> None:
    refused = evaluate.refusal(block("sqlite://nosuch.db", "SELECT 1"), "data.sql.q")
    assert "stat nosuch.db: no such file or directory" in refused
    assert not (evaluate.folder / "nosuch.db").exists()


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("SELECT unnest(array['a', 'b'])", "", ["a", "b"]),
        ("SELECT generate_series(1, 3)", "", [1, 2, 3]),
        ("SELECT 9223372036854775807", "", [9223372036854775807]),
        ("SELECT 0.5::float8", "", [0.5]),
        ("SELECT true", "", [True]),
        ("SELECT 12.50::numeric", "", ["12.50"]),
        ("SELECT '\\x6869'::bytea", "", ["hi"]),
        ("SELECT name FROM tenants WHERE id = $1 AND name = $2", 'args = [1, "a"]', ["a"]),
        ("SELECT name FROM tenants WHERE is_paid = $1;", "args = [true]", ["a"]),
        ("SELECT '%s'", "", ["%s"]),
        ("SELECT current_setting('statement_timeout')", "", ["30s"]),
        ("SELECT current_setting('transaction_read_only')", "", ["on"]),
    ],
)
def test_values_of_postgres(
    postgres_url: str, evaluate: Evaluation, query: str, more: str, expected: list[object]
) -> None:
    with psycopg.connect(postgres_url.partition("?")[0]) as connection:
        connection.execute("CREATE TABLE tenants (id int, name text, is_paid bool)")
        connection.execute("INSERT INTO tenants VALUES (1, 'a', true), (2, 'b', false)")
    assert evaluate(block(postgres_url, query, more), "data.sql.q.values") == expected


def test_what_postgres_refuses(postgres: PostgresServer, postgres_url: str, evaluate: Evaluation) -> None:
    for query, message in (
        ("SELECT nosuch", 'executing query: pq: column "nosuch" does not exist (42703)'),
        ("CREATE TABLE t (id int)", "pq: cannot execute CREATE TABLE in a read-only transaction (25006)"),
        ("SELECT 1; DROP TABLE t", "pq: cannot insert multiple commands into a prepared statement (42601)"),
        ("SELECT now()", "a query of times is not supported: cast the column to text"),
    ):
        assert message in evaluate.refusal(block(postgres_url, query), "data.sql.q")
    refused = evaluate.refusal(
        block(postgres_url.replace(postgres.password, "wr0ng-pass"), "SELECT 1"), "data.sql.q"
    )
    assert "password authentication failed" in refused
    assert "wr0ng-pass" not in refused


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("SELECT name FROM tenants ORDER BY id", "", ["a", "b"]),
        ("SELECT id FROM tenants ORDER BY id", "", [1, 2]),
        ("SELECT share FROM tenants WHERE name = ?", 'args = ["a"]', [0.5]),
        ("SELECT CAST(12.50 AS DECIMAL(5,2))", "", ["12.50"]),
        ("SELECT name FROM tenants WHERE id = ? AND share < ?", "args = [2, 9.5]", ["b"]),
        ("SELECT '50%'", "", ["50%"]),
        ("SHOW TABLES", "", ["tenants"]),
        ("SELECT @@max_statement_time", "", [30]),
    ],
)
def test_values_of_mariadb(
    mariadb: MariaDBServer,
    mariadb_url: str,
    evaluate: Evaluation,
    query: str,
    more: str,
    expected: list[object],
) -> None:
    run_on(mariadb, mariadb_url, "CREATE TABLE tenants (id int, name varchar(9), share double)")
    run_on(mariadb, mariadb_url, "INSERT INTO tenants VALUES (1, 'a', 0.5), (2, 'b', 2)")
    assert evaluate(block(mariadb_url, query, more), "data.sql.q.values") == expected


def test_what_mariadb_refuses(mariadb: MariaDBServer, mariadb_url: str, evaluate: Evaluation) -> None:
    for query, message in (
        ("SELECT nosuch", "executing query: Error 1054 (42S22): Unknown column 'nosuch'"),
        ("CREATE TABLE t (id int)", "Error 1792: Cannot execute statement in a READ ONLY transaction"),
        ("INSERT INTO nosuch VALUES (1)", "Error 1792"),
        ("SELECT 1; DROP TABLE t", "Error 1064 (42000)"),
        ("SELECT now()", "a query of times is not supported: cast the column"),
    ):
        assert message in evaluate.refusal(block(mariadb_url, query), "data.sql.q")
    assert evaluate(block(mariadb_url, "SHOW TABLES"), "data.sql.q.count") == 0


def run_on(server: MariaDBServer, url: str, statement: str) -> None:
    database = url.rpartition("/")[2].partition("?")[0]
    connection = pymysql.connect(
        host=server.host,
        port=server.port,
        user=server.user,
        password=server.password,
        database=database,
        autocommit=True,
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def test_tenants_of_a_database_are_targets(sqlite: str, evaluate: Evaluation) -> None:
    blocks = block(sqlite, "SELECT name FROM tenants WHERE name IS NOT NULL ORDER BY id")
    expression = '[for name in data.sql.q.values : urlsetpath("postgres://h/x", name)]'
    assert evaluate(blocks, expression) == ["postgres://h/a", "postgres://h/b"]
