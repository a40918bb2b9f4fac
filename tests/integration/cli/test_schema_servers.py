"""``atlas schema`` on PostgreSQL and MariaDB: the same promises as on SQLite, and those of each server."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from tests.integration.cli.conftest import ATLAS, Shell
from tests.integration.cli.schema_files import put
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

_POSTGRES = """\
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email varchar(100) NOT NULL UNIQUE,
  m mood DEFAULT 'ok'
);
CREATE TABLE posts (id serial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE, body text);
CREATE VIEW v AS SELECT id, email FROM users;
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a + 1 $$;
COMMENT ON TABLE users IS 'it''s people';
"""
_MARIADB = """\
CREATE TABLE users (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(100) NOT NULL,
  m enum('sad', 'ok') DEFAULT 'ok',
  UNIQUE KEY by_email (email)
) COMMENT 'it''s people';
CREATE TABLE posts (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id bigint unsigned NOT NULL,
  body text,
  CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE VIEW v AS SELECT id, email FROM users;
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A database and a dev database, both empty."""

    dialect: str
    url: str
    dev: str
    state: str

    def apply(self, to: str, *words: str) -> tuple[str, ...]:
        return ("schema", "apply", "--url", self.url, "--dev-url", self.dev, "--to", to, *words)


def _bound(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}search_path=public"


@pytest.fixture
def on_postgres(postgres: PostgresServer) -> Iterator[Place]:
    names = [postgres.create_database(), postgres.create_database()]
    url, dev = (_bound(postgres.url(name)) for name in names)
    yield Place("postgres", url, dev, _POSTGRES)
    for name in names:
        postgres.drop_database(name)


@pytest.fixture
def on_mariadb(mariadb: MariaDBServer) -> Iterator[Place]:
    names = [mariadb.create_database(), mariadb.create_database()]
    url, dev = (mariadb.url(name) for name in names)
    yield Place("mariadb", url, dev, _MARIADB)
    for name in names:
        mariadb.drop_database(name)


@pytest.fixture(params=["on_postgres", "on_mariadb"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


def test_a_state_is_applied_printed_and_read_again_without_a_difference(atlas: Shell, place: Place) -> None:
    to = put(atlas, "s.sql", place.state)
    assert 'Create "users" table' in atlas.ok(*place.apply(to, "--auto-approve"))
    assert atlas.ok(*place.apply(to, "--auto-approve")) == "Schema is synced, no changes to be made\n"
    for name, template in (("s.hcl", "{{ .MarshalHCL }}"), ("dump.sql", "{{ sql . }}")):
        printed = atlas.ok("schema", "inspect", "-u", place.url, "--format", template)
        again = atlas.ok(*place.apply(put(atlas, name, printed), "--dry-run"))
        assert again == "Schema is synced, no changes to be made\n", printed


def test_wrong_sql_is_told_with_file_line_and_the_words_of_the_server(atlas: Shell, place: Place) -> None:
    answer = atlas(*place.apply(put(atlas, "s.sql", "-- x\n\nCREATE TABLE t (c nosuch);\n"), "--dry-run"))
    assert answer.code == 1
    assert answer.err.startswith("Error: s.sql:3: ")
    assert "nosuch" in answer.err


def test_a_type_that_only_the_server_refuses_is_told_with_the_block(atlas: Shell, place: Place) -> None:
    name = "public" if place.dialect == "postgres" else place.url.rpartition("/")[2].partition("?")[0]
    text = f'schema "{name}" {{\n}}\ntable "t" {{\n  schema = schema.{name}\n  column "c" {{\n    type = sql("nosuch")\n  }}\n}}\n'
    answer = atlas(*place.apply(put(atlas, "s.hcl", text), "--dry-run"))
    assert answer.code == 1
    assert answer.err.startswith('Error: s.hcl:3: create "t" table: ')


def test_the_state_of_a_failure_is_told_exactly(atlas: Shell, place: Place) -> None:
    atlas.ok(
        *place.apply(put(atlas, "1.sql", "CREATE TABLE a (x int); CREATE TABLE c (x int);"), "--auto-approve")
    )
    rows = put(atlas, "rows/1.sql", "INSERT INTO c VALUES (1), (1);")
    atlas.ok("migrate", "hash", "--dir", "file://rows")
    atlas.ok("migrate", "apply", "--dir", rows.removesuffix("/1.sql"), "--url", place.url, "--allow-dirty")
    to = put(
        atlas,
        "2.sql",
        "CREATE TABLE a (x int, y int); CREATE TABLE b (x int); CREATE TABLE c (x int PRIMARY KEY);",
    )
    answer = atlas(*place.apply(to, "--auto-approve", "--format", "{{ json . }}"))
    assert (answer.code, answer.err) == (1, "")
    document = json.loads(answer.out)
    tables = atlas.ok("schema", "inspect", "-u", place.url, "--format", "{{ json . }}")
    if place.dialect == "postgres":
        assert "Applied" not in document["Changes"]
        assert "nothing was changed" in document["Error"]
        assert '"name":"b"' not in tables
    else:
        assert document["Changes"]["Applied"]
        assert "statements are in effect" in document["Error"]
        assert '"name":"b"' in tables
    assert (
        document["Changes"]["Error"]["Stmt"]
        == document["Changes"]["Pending"][0 if place.dialect == "mariadb" else -1]
    )


def test_ctrl_c_in_a_statement_cancels_it_on_the_server(
    atlas: Shell, place: Place, request: pytest.FixtureRequest
) -> None:
    atlas.ok(*place.apply(put(atlas, "1.sql", "CREATE TABLE a (x int);"), "--auto-approve"))
    put(atlas, "2.sql", "CREATE TABLE a (x int, y int);")
    server = request.getfixturevalue(place.dialect)
    name = place.url.rpartition("/")[2].partition("?")[0]
    with closing(server._connect(name)) as reader, closing(reader.cursor()) as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT * FROM a")
        command = ["env", "--default-signal", str(ATLAS), *place.apply("file://2.sql", "--auto-approve")]
        with subprocess.Popen(
            command,
            cwd=atlas.folder,
            env=dict(atlas.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as run:
            _wait_for(lambda: _is_waiting(server, place, name))
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=30)
            assert run.returncode == 130
        assert said.endswith("Error: interrupted\n")
        _wait_for(lambda: not _is_waiting(server, place, name))
        cursor.execute("ROLLBACK")
    assert 'Modify "a" table' in atlas.ok(
        *place.apply("file://2.sql", "--auto-approve", "--lock-timeout", "0")
    )


def _is_waiting(server: PostgresServer | MariaDBServer, place: Place, name: str) -> bool:
    """Whether an ALTER TABLE waits for the reader."""
    waiting = {
        "postgres": "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE%'",
        "mariadb": "SELECT 1 FROM information_schema.processlist WHERE state LIKE '%metadata lock%' "
        "AND info LIKE 'ALTER TABLE%'",
    }
    return bool(server.query(name, waiting[place.dialect]))


def _wait_for(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_sizes_and_a_diagram_are_printed(atlas: Shell, place: Place) -> None:
    atlas.ok(*place.apply(put(atlas, "s.sql", place.state), "--auto-approve"))
    sizes = atlas.ok("schema", "stats", "inspect", "-u", place.url)
    assert sizes.count("atlas_table_size_bytes{") == 2
    diagram = atlas.ok("schema", "inspect", "-u", place.url, "--format", "{{ mermaid . }}")
    assert "    posts }o--o| users : " in diagram


def test_everything_is_dropped(atlas: Shell, place: Place) -> None:
    atlas.ok(*place.apply(put(atlas, "s.sql", place.state), "--auto-approve"))
    atlas.ok("schema", "clean", "-u", place.url, "--auto-approve")
    assert atlas.ok("schema", "clean", "-u", place.url, "--auto-approve") == "Nothing to drop\n"


def test_another_database_of_another_name_is_a_desired_state(atlas: Shell, on_mariadb: Place) -> None:
    atlas.ok(*on_mariadb.apply(put(atlas, "s.sql", on_mariadb.state), "--auto-approve"))
    shown = atlas.ok("schema", "diff", "--from", on_mariadb.dev, "--to", on_mariadb.url)
    assert 'Create "users" table' in shown
    assert on_mariadb.url.rpartition("/")[2] not in shown


def test_an_index_is_built_concurrently_where_the_policy_says_so(atlas: Shell, on_postgres: Place) -> None:
    atlas.ok(*on_postgres.apply(put(atlas, "1.sql", "CREATE TABLE a (x int, y int);"), "--auto-approve"))
    put(
        atlas,
        "atlas.hcl",
        'env "e" {\n  diff {\n    concurrent_index {\n      create = true\n    }\n  }\n}\n',
    )
    state = put(atlas, "2.sql", "CREATE TABLE a (x int, y int, z int); CREATE INDEX i ON a (x);")
    shown = atlas.ok(*on_postgres.apply(state, "--auto-approve", "--env", "e"))
    assert 'CREATE INDEX CONCURRENTLY "i"' in shown
    refused = atlas(
        *on_postgres.apply(
            put(
                atlas,
                "3.sql",
                "CREATE TABLE a (x int, y int, z int); CREATE INDEX j ON a (y); CREATE INDEX i ON a (x);",
            ),
            "--auto-approve",
            "--env",
            "e",
            "--tx-mode",
            "all",
        )
    )
    assert refused.code == 1
    assert 'tx-mode "all"' in refused.err


def test_all_schemas_of_a_database_are_one_state(atlas: Shell, on_postgres: Place) -> None:
    url, dev = (text.removesuffix("&search_path=public") for text in (on_postgres.url, on_postgres.dev))
    words = ("schema", "apply", "--url", url, "--dev-url", dev, "--auto-approve")
    state = put(
        atlas, "s.sql", "CREATE SCHEMA app; CREATE TABLE app.t (x int); CREATE TABLE public.u (x int);"
    )
    shown = atlas.ok(*words, "--to", state)
    assert 'CREATE TABLE "app"."t"' in shown
    printed = atlas.ok("schema", "inspect", "-u", url, "--format", "sql")
    assert "synced" in atlas.ok(*words, "--to", put(atlas, "dump.sql", printed))
    assert "synced" in atlas.ok(*words, "--to", state, "--schema", "app")
    only = atlas.ok("schema", "inspect", "-u", url, "-s", "app,nosuch")
    assert 'schema "public"' not in only
    assert 'schema "app"' in only
