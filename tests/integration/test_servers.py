"""The servers that tests use keep what a commit promised, ask for a password, and give each test its own database."""

from __future__ import annotations

import sqlite3

import psycopg
import pymysql
import pytest

from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


@pytest.fixture
def own_postgres():
    server = PostgresServer.start()
    yield server
    server.stop()


@pytest.fixture
def own_mariadb():
    server = MariaDBServer.start()
    yield server
    server.stop()


def test_postgres_keeps_committed_rows_when_it_is_killed(postgres, own_postgres) -> None:
    database = own_postgres.create_database()
    own_postgres.query(database, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
    own_postgres.kill9()
    assert not own_postgres.answers()
    own_postgres.restart()
    assert own_postgres.query(database, "SELECT id FROM kept") == [(7,)]


def test_mariadb_keeps_committed_rows_when_it_is_killed(mariadb, own_mariadb) -> None:
    database = own_mariadb.create_database()
    own_mariadb.query(database, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
    own_mariadb.kill9()
    assert not own_mariadb.answers()
    own_mariadb.restart()
    assert own_mariadb.query(database, "SELECT id FROM kept") == [(7,)]


def test_a_killed_postgres_breaks_its_connections(postgres, own_postgres) -> None:
    connection = psycopg.connect(own_postgres.url())
    own_postgres.kill9()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()


def test_postgres_refuses_a_wrong_password(postgres) -> None:
    wrong = postgres.url().replace(postgres.password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


@pytest.mark.parametrize(("user", "password"), [("atlas", "wrong"), ("root", ""), ("", "")])
def test_mariadb_refuses_whoever_has_no_password(mariadb, user, password) -> None:
    with pytest.raises(pymysql.OperationalError, match="Access denied"):
        pymysql.connect(host=mariadb.host, port=mariadb.port, user=user, password=password)


def test_a_database_can_be_a_copy_of_another(postgres) -> None:
    template = postgres.create_database()
    postgres.query(template, "CREATE TABLE t (id int)")
    copy = postgres.create_database(template=template)
    assert postgres.query(copy, "SELECT count(*) FROM t") == [(0,)]
    postgres.drop_database(copy)
    postgres.drop_database(template)


def test_a_dropped_database_is_gone_even_while_somebody_uses_it(postgres) -> None:
    name = postgres.create_database()
    with psycopg.connect(postgres.url(name)) as connection:
        postgres.drop_database(name)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert postgres.query("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'") == []


def test_each_postgres_url_is_an_empty_database(postgres_url) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_each_mariadb_url_is_an_empty_database(mariadb, mariadb_url) -> None:
    name = mariadb_url.rsplit("/", 1)[1]
    assert mariadb.query(name, "SHOW TABLES") == []
    assert mariadb.query(name, "SELECT DATABASE()") == [(name,)]


def test_a_sqlite_url_names_a_file_that_can_be_made(sqlite_url) -> None:
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite://"))
    connection.execute("CREATE TABLE t (id int)")
    connection.close()


def test_psql_stops_at_the_first_error(postgres) -> None:
    assert postgres.psql("SELECT 1;") == "1\n"
    with pytest.raises(AssertionError, match="nowhere"):
        postgres.psql("SELECT * FROM nowhere; SELECT 2;")


def test_the_last_result_is_the_answer(postgres, mariadb) -> None:
    assert postgres.query("postgres", "SELECT 1; SELECT 2") == [(2,)]
    assert mariadb.query("", "SELECT 1; SELECT 2") == [(2,)]
