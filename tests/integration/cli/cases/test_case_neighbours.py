"""What is beside the room of a case is not met by it, whoever wrote the case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.cli.cases.conftest import Bench, lines
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


@pytest.fixture
def neighbour(mariadb: MariaDBServer) -> Iterator[str]:
    """A database with a row in it, on the server of the dev database."""
    name = mariadb.create_database()
    mariadb.query(name, "CREATE TABLE users (id int PRIMARY KEY)")
    mariadb.query(name, "INSERT INTO users VALUES (1)")
    yield name
    mariadb.drop_database(name)


def _case(sql: str) -> str:
    return f'test "schema" "x" {{\n  exec {{\n    sql = <<SQL\n{sql}\nSQL\n  }}\n}}\n'


@pytest.mark.parametrize("bench", ["mariadb"], indirect=True)
@pytest.mark.parametrize(
    "sql",
    [
        "USE {name}; DELETE FROM users;",
        "DELETE FROM {name}.users;",
        "DELETE FROM `{name}` . `users`;",
        "TRUNCATE {name}.users;",
        "DROP TABLE IF EXISTS {name}.users;",
        "DROP DATABASE {name};",
        "CREATE OR REPLACE DATABASE {name};",
        "-- it's\nDELETE FROM {name}.users;\n-- isn't it",
        "EXECUTE IMMEDIATE 'DELETE FROM {name}.users';",
        "CREATE PROCEDURE p() DELETE FROM {name}.users; CALL p();",
        "DELETE /*!50000 FROM {name}.users */;",
    ],
)
def test_a_case_meets_no_other_database_of_the_dev_server(
    bench: Bench, mariadb: MariaDBServer, neighbour: str, sql: str
) -> None:
    answer = bench.schema(_case(sql.format(name=neighbour)))
    assert answer.code == 1
    assert neighbour in answer.err
    assert "give a dev server of its own" in answer.err
    assert mariadb.query(neighbour, "SELECT count(*) FROM users") == [(1,)]
    assert bench.rooms() == []


@pytest.mark.parametrize("bench", ["mariadb"], indirect=True)
def test_a_case_may_look_at_another_database_by_a_view(bench: Bench, neighbour: str) -> None:
    view = f"CREATE VIEW others AS SELECT * FROM {neighbour}.users; SELECT * FROM others; SELECT 'see {neighbour}.';"
    answer = bench.schema(_case(view))
    assert lines(answer) == ["-- PASS: x", "PASS"], answer.err


@pytest.mark.parametrize("bench", ["mariadb"], indirect=True)
def test_a_table_may_be_called_as_a_database_that_is_there(
    bench: Bench, mariadb: MariaDBServer, neighbour: str
) -> None:
    table = f"CREATE TABLE {neighbour} (id int); DELETE FROM {neighbour} WHERE {neighbour}.id = 1;"
    answer = bench.schema(_case(table))
    assert lines(answer) == ["-- PASS: x", "PASS"], answer.err
    answer = bench.schema(_case(f"{table} DELETE FROM {neighbour}.users;"))
    assert "give a dev server of its own" in answer.err
    assert mariadb.query(neighbour, "SELECT count(*) FROM users") == [(1,)]


@pytest.mark.parametrize("bench", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    "sql", ["DROP ROLE IF EXISTS neighbour;", 'ALTER ROLE "neighbour" SUPERUSER;', "DROP DATABASE {name};"]
)
def test_a_case_changes_no_role_and_no_database_that_was_there(
    bench: Bench, postgres: PostgresServer, sql: str
) -> None:
    name = postgres.create_database()
    postgres.query("postgres", "CREATE ROLE neighbour")
    try:
        answer = bench.schema(_case(sql.format(name=name)))
        assert answer.code == 1
        assert "was on the dev server before" in answer.err
        found = postgres.query(
            "postgres", "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = 'neighbour'"
        )
        assert found == [("neighbour", False)]
    finally:
        postgres.query("postgres", "DROP ROLE IF EXISTS neighbour")
        postgres.drop_database(name)
