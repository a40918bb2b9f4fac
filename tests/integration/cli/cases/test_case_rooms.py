"""Rooms that are no databases of their own: where an account may make none, and where several schemas are tested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.integration.cli.cases.conftest import Bench, lines
from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

CASES = """\
test "schema" "first" {
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }
  exec { sql = "CREATE TABLE mine (a integer)" }
  exec { sql = "SELECT a FROM nowhere" }
}
test "schema" "second" {
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "0"
  }
  catch { sql = "SELECT * FROM mine" }
}
"""


@contextmanager
def plain_account(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database by an account that may make none."""
    server: PostgresServer | MariaDBServer = request.getfixturevalue(kind)
    name = server.create_database()
    url = server.url(name).replace(f"{server.user}:{server.password}@", "plain:plain-word@")
    match server:
        case PostgresServer():
            server.query("postgres", "CREATE ROLE plain LOGIN PASSWORD 'plain-word'")
            server.query("postgres", f"ALTER DATABASE {name} OWNER TO plain")
            server.query(name, "ALTER SCHEMA public OWNER TO plain")
            url += "&search_path=public"
        case MariaDBServer():
            server.query("mysql", "CREATE USER plain IDENTIFIED BY 'plain-word'")
            server.query("mysql", f"GRANT ALL ON {name}.* TO plain")
    try:
        yield url
    finally:
        server.drop_database(name)
        server.query(
            "postgres" if kind == "postgres" else "mysql",
            f"DROP {'ROLE' if kind == 'postgres' else 'USER'} plain",
        )


@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_where_no_database_can_be_made_each_case_finds_the_given_one_empty(
    kind: str, request: pytest.FixtureRequest, atlas: Shell
) -> None:
    with plain_account(kind, request) as url:
        answer = Bench(kind, url, atlas).schema(CASES)
        assert [line for line in lines(answer) if not line.startswith("    ")] == [
            "-- FAIL: first",
            "-- PASS: second",
            "FAIL",
        ], answer.err
        inspected = atlas.ok("schema", "inspect", "--url", url)
        assert "table" not in inspected


def test_several_schemas_are_tested_by_their_names(atlas: Shell, postgres_url: str) -> None:
    (atlas.folder / "two.sql").write_text(
        "CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.a (id integer); CREATE TABLE two.a (id integer);"
    )
    (atlas.folder / "two.test.hcl").write_text(
        """\
test "schema" "apart" {
  exec { sql = "INSERT INTO one.a VALUES (1)" }
  exec {
    sql    = "SELECT (SELECT count(*) FROM one.a), (SELECT count(*) FROM two.a)"
    output = "1, 0"
  }
}
"""
    )
    answer = atlas("schema", "test", "-u", "file://two.sql", "--dev-url", postgres_url, "two.test.hcl")
    assert lines(answer) == ["-- PASS: apart", "PASS"], answer.err


def test_the_tested_schema_may_be_that_of_a_database_and_its_rows_stay_there(
    atlas: Shell, postgres_url: str
) -> None:
    (atlas.folder / "s.sql").write_text("CREATE TABLE users (id integer, name text);")
    url = f"{postgres_url}&search_path=public"
    dev = "sqlite://dev?mode=memory"
    atlas.ok("schema", "apply", "--url", "sqlite://app.db", "--to", "file://s.sql", "--auto-approve")
    (atlas.folder / "s.test.hcl").write_text(
        """\
test "schema" "empty" {
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "0"
  }
}
"""
    )
    assert lines(atlas("schema", "test", "-u", "sqlite://app.db", "s.test.hcl")) == ["-- PASS: empty", "PASS"]
    assert (
        lines(atlas("schema", "test", "-u", "sqlite://app.db", "--dev-url", dev, "s.test.hcl"))[-1] == "PASS"
    )
    refused = atlas("schema", "test", "-u", url, "--dev-url", url, "s.test.hcl")
    assert refused.code == 1
    assert "the dev database is the target itself" in refused.err
