"""Files that are replayed on a dev server change nothing there but their room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

FOREIGN = "beside_history"
COMMANDS = {
    "lint": ("migrate", "lint", "--latest", "1"),
    "diff": ("migrate", "diff", "more", "--to", "file://s.sql"),
    "validate": ("migrate", "validate"),
    "checkpoint": ("migrate", "checkpoint"),
}


@pytest.fixture
def foreign(mariadb: MariaDBServer) -> Iterator[str]:
    """Somebody's database on the dev server, with a row."""
    mariadb.query("", f"CREATE DATABASE {FOREIGN}")
    mariadb.query(FOREIGN, "CREATE TABLE t (a int)")
    mariadb.query(FOREIGN, "INSERT INTO t VALUES (7)")
    yield FOREIGN
    mariadb.query("", f"DROP DATABASE IF EXISTS {FOREIGN}")


def directory(atlas: Shell, *statements: str) -> str:
    files = {f"{number}_f.sql": f"{text};\n" for number, text in enumerate(statements, start=1)}
    (atlas.folder / "s.sql").write_text("CREATE TABLE mine (a int); CREATE TABLE more (a int);")
    return atlas.write(files)


@pytest.mark.parametrize(
    ("command", "harm"),
    [
        ("lint", f"DROP TABLE {FOREIGN}.t"),
        ("diff", f"USE {FOREIGN}"),
        ("validate", f"DROP DATABASE {FOREIGN}"),
        ("checkpoint", f"DELETE FROM `{FOREIGN}`.t"),
    ],
)
def test_files_that_meet_another_database_of_mariadb_are_refused_before_they_run(
    atlas: Shell, mariadb: MariaDBServer, mariadb_url: str, foreign: str, command: str, harm: str
) -> None:
    folder = directory(atlas, "CREATE TABLE mine (a int)", harm)
    answer = atlas(*COMMANDS[command], "--dir", folder, "--dev-url", mariadb_url)
    assert answer.code != 0
    assert foreign in answer.err + answer.out
    assert "dev server" in answer.err + answer.out
    assert mariadb.query(foreign, "SELECT a FROM t") == [(7,)]


@pytest.mark.parametrize("is_quoted", [False, True])
def test_files_that_name_the_dev_database_itself_are_replayed_in_it(
    atlas: Shell, mariadb: MariaDBServer, *, is_quoted: bool
) -> None:
    own = mariadb.create_database()
    name = f"`{own}`" if is_quoted else own
    folder = directory(
        atlas, f"CREATE TABLE {name}.mine (a int)", f"ALTER TABLE {name}.mine DROP COLUMN a, ADD b int"
    )
    words = ("--dir", folder, "--dev-url", mariadb.url(own))
    try:
        answer = atlas("migrate", "lint", "--latest", "1", *words)
        assert "DS103" in answer.out
        assert mariadb.query(own, "SHOW TABLES") == []
        mariadb.query(own, "CREATE TABLE rows_of_somebody (a int)")
        refused = atlas("migrate", "lint", "--latest", "1", *words)
        assert "connected database is not clean" in refused.err + refused.out
        assert mariadb.query(own, "SHOW TABLES") == [("rows_of_somebody",)]
    finally:
        mariadb.drop_database(own)


def test_going_down_replays_within_its_room(
    atlas: Shell, mariadb: MariaDBServer, mariadb_url: str, foreign: str
) -> None:
    folder = directory(atlas, "CREATE TABLE mine (a int)", f"INSERT INTO {FOREIGN}.t VALUES (8)")
    target = mariadb.create_database()
    try:
        atlas.ok("migrate", "apply", "--dir", folder, "--url", mariadb.url(target))
        assert mariadb.query(foreign, "SELECT a FROM t ORDER BY a") == [(7,), (8,)]
        words = ("migrate", "down", "--dir", folder, "--url", mariadb.url(target), "--dev-url", mariadb_url)
        answer = atlas(*words)
    finally:
        mariadb.drop_database(target)
    assert answer.code != 0
    assert f'meets the database "{foreign}"' in answer.err
    assert mariadb.query(foreign, "SELECT a FROM t ORDER BY a") == [(7,), (8,)]


def test_a_database_that_files_of_mariadb_make_is_gone_again(
    atlas: Shell, mariadb: MariaDBServer, mariadb_url: str
) -> None:
    folder = directory(
        atlas, "CREATE TABLE mine (a int)", f"CREATE DATABASE {FOREIGN}; CREATE TABLE {FOREIGN}.t (a int)"
    )
    for _ in range(2):
        atlas.ok("migrate", "validate", "--dir", folder, "--dev-url", mariadb_url)
        assert mariadb.query("", f"SHOW DATABASES LIKE '{FOREIGN}'") == []


@pytest.fixture
def poor_url(postgres: PostgresServer, postgres_url: str) -> Iterator[str]:
    """A role that may make no databases, in a dev database where it owns somebody's schema too."""
    database = postgres_url.rpartition("/")[2].partition("?")[0]
    role = "beside_poor"
    postgres.query("postgres", f"CREATE ROLE {role} LOGIN PASSWORD 'poor' NOCREATEDB")
    postgres.query(database, f"CREATE SCHEMA app AUTHORIZATION {role}")
    postgres.query(database, f"CREATE SCHEMA theirs AUTHORIZATION {role}")
    postgres.query(database, "CREATE TABLE theirs.t AS SELECT 7 AS a")
    postgres.query(database, f"ALTER TABLE theirs.t OWNER TO {role}")
    yield f"{_as(postgres_url, role, 'poor')}&search_path=app"
    postgres.query(database, f"DROP OWNED BY {role} CASCADE")
    postgres.query("postgres", f"DROP ROLE {role}")


def _as(url: str, role: str, password: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{role}:{password}@{rest.rpartition('@')[2]}"


@pytest.mark.parametrize(
    ("command", "harm"),
    [
        ("lint", "DROP TABLE theirs.t"),
        ("diff", "DELETE FROM theirs.t"),
        ("validate", "DROP SCHEMA theirs CASCADE"),
        ("checkpoint", "CREATE TABLE theirs.u (a int)"),
    ],
)
def test_files_that_change_another_schema_of_the_room_of_postgres_are_refused(
    atlas: Shell, postgres: PostgresServer, postgres_url: str, poor_url: str, command: str, harm: str
) -> None:
    folder = directory(atlas, "CREATE TABLE mine (a int)", harm)
    answer = atlas(*COMMANDS[command], "--dir", folder, "--dev-url", poor_url)
    assert answer.code != 0
    assert 'changes the schema "theirs"' in answer.err + answer.out
    database = postgres_url.rpartition("/")[2].partition("?")[0]
    assert postgres.query(database, "SELECT a FROM theirs.t") == [(7,)]
