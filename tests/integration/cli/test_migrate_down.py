"""``atlas migrate down``: from what the database is now, without losing rows unasked, and again after a failure."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import DOWN, ENTER, at_a_terminal
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

FILES = {
    "1_users.sql": "CREATE TABLE users (id int NOT NULL, name varchar(20) NOT NULL);\n",
    "2_pets.sql": "ALTER TABLE users ADD COLUMN email varchar(40);\nCREATE TABLE pets (id int);\n",
    "3_rename.sql": "ALTER TABLE users RENAME COLUMN name TO full_name;\nALTER TABLE pets RENAME TO animals;\n",
}
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Target:
    """A database with the files applied, and a way to look at it that is not ours."""

    atlas: Shell
    url: str
    dev: tuple[str, ...]
    query: Callable[[str], Rows]

    def down(self, *words: str) -> tuple[int, str, str]:
        answer = self.atlas("migrate", "down", "--url", self.url, *self.dev, *words)
        return answer.code, re.sub(r"\b\d+(\.\d+)?(ns|µs|ms|s)\b", "DUR", answer.out), answer.err

    def versions(self) -> list[str]:
        return [row[0] for row in self.query("SELECT version FROM atlas_schema_revisions ORDER BY version")]

    def current(self) -> str:
        out = self.atlas.ok("migrate", "status", "--url", self.url, "--format", "{{ .Current }}")
        return out.strip()


def applied(atlas: Shell, url: str, dev: tuple[str, ...], query: Callable[[str], Rows]) -> Target:
    atlas.write(FILES)
    atlas.ok("migrate", "apply", "--url", url)
    return Target(atlas, url, dev, query)


def sqlite_query(atlas: Shell) -> Callable[[str], Rows]:
    def query(sql: str) -> Rows:
        with closing(sqlite3.connect(atlas.folder / "app.db")) as connection, connection:
            return connection.execute(sql).fetchall()

    return query


@pytest.fixture
def sqlite(atlas: Shell) -> Target:
    return applied(atlas, "sqlite://app.db", (), sqlite_query(atlas))


@pytest.fixture
def postgresql(atlas: Shell, postgres: PostgresServer) -> Iterator[Target]:
    names = postgres.create_database(), postgres.create_database()
    url, dev = (f"{postgres.url(name)}&search_path=public" for name in names)
    yield applied(atlas, url, ("--dev-url", dev), lambda sql: postgres.query(names[0], sql))
    for name in names:
        postgres.drop_database(name)


@pytest.fixture
def maria(atlas: Shell, mariadb: MariaDBServer) -> Iterator[Target]:
    names = mariadb.create_database(), mariadb.create_database()
    url, dev = (mariadb.url(name) for name in names)
    yield applied(atlas, url, ("--dev-url", dev), lambda sql: mariadb.query(names[0], sql))
    for name in names:
        mariadb.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql", "maria"])
def target(request: pytest.FixtureRequest) -> Target:
    return request.getfixturevalue(request.param)


def test_one_file_is_taken_back_and_renames_keep_their_rows(target: Target) -> None:
    target.query("INSERT INTO users VALUES (1, 'ann', NULL)")
    target.query("INSERT INTO animals VALUES (7)")

    code, text, error = target.down()

    assert (code, error) == (0, "")
    assert text.startswith(
        "Migrating down from version 3 to 2 (1 migration in total):\n\n  -- reverting version 3\n"
    )
    assert "  -- 1 migration\n" in text
    assert target.versions() == ["1", "2"]
    assert target.query("SELECT id, name FROM users") == [(1, "ann")]
    assert target.query("SELECT id FROM pets") == [(7,)]


def test_several_files_are_taken_back_one_after_the_other(target: Target) -> None:
    code, text, error = target.down("--to-version", "1")

    assert (code, error) == (0, "")
    assert [line for line in text.splitlines() if "reverting" in line] == [
        "  -- checks before reverting version 3",
        "  -- reverting version 3",
        "  -- reverting version 2",
    ]
    assert target.versions() == ["1"]
    assert target.query("SELECT * FROM users") == []
    target.atlas.ok("migrate", "apply", "--url", target.url)
    assert target.versions() == ["1", "2", "3"]


def test_everything_can_be_taken_back(target: Target) -> None:
    code, text, error = target.down("3")

    assert (code, error) == (0, "")
    assert "Migrating down from version 3 (3 migrations in total):" in text
    assert target.versions() == []
    target.atlas.ok("migrate", "apply", "--url", target.url, "--allow-dirty")


@pytest.mark.parametrize(
    ("row", "words", "holder"),
    [
        ("INSERT INTO users VALUES (1, 'a', 'e@x')", "1", 'column "email" of table "users" holds values'),
        ("INSERT INTO animals VALUES (1)", "1", 'table "animals" is not empty'),
        ("INSERT INTO users VALUES (1, 'a', NULL)", "", 'table "users" is not empty'),
    ],
)
def test_what_holds_rows_is_not_dropped(target: Target, row: str, words: str, holder: str) -> None:
    target.query(row)
    version = ("--to-version", words) if words else ("3",)
    before = target.query("SELECT * FROM users"), target.query("SELECT * FROM animals")

    code, text, error = target.down(*version)

    assert (code, text) == (1, "")
    assert error.startswith("Error: going down would delete data, nothing was run: ")
    assert holder in error
    assert target.versions() == ["1", "2", "3"]
    assert (target.query("SELECT * FROM users"), target.query("SELECT * FROM animals")) == before

    code, _, error = target.down(*version, "--allow-data-loss")
    assert (code, error) == (0, "")
    assert target.versions() == (["1"] if words else [])


def test_a_column_of_nulls_may_go(target: Target) -> None:
    target.query("INSERT INTO users VALUES (1, 'ann', NULL)")

    assert target.down("--to-version", "1")[0] == 0
    assert target.query("SELECT * FROM users") == [(1, "ann")]


def test_objects_that_no_file_has_made_are_left_alone(target: Target) -> None:
    target.query("CREATE TABLE own (id int)")
    target.query("INSERT INTO own VALUES (1)")

    code, text, _ = target.down("3")

    assert code == 0
    assert re.search(r"  -- left alone, no file has made it: table \w+\.own\n", text)
    assert target.query("SELECT * FROM own") == [(1,)]


def test_a_file_that_ended_in_the_middle_is_taken_back(target: Target) -> None:
    broken = {**FILES, "4_more.sql": "CREATE TABLE extra (id int);\nCREATE TABLE extra2 (nonsense;\n"}
    target.atlas.write(broken)
    broken["4_more.sql"] = (
        "-- atlas:txmode none\n\nCREATE TABLE extra (id int);\nINSERT INTO nosuch VALUES (1);\n"
    )
    target.atlas.write(broken)
    assert target.atlas("migrate", "apply", "--url", target.url).code == 1
    assert target.versions() == ["1", "2", "3", "4"]
    whole = {**broken, "4_more.sql": "CREATE TABLE extra (id int);\n"}
    target.atlas.write(whole)

    code, _, error = target.down()

    assert (code, error) == (0, "")
    assert target.versions() == ["1", "2", "3"]
    target.query("CREATE TABLE extra (id int)")


def test_a_dry_run_writes_nothing(target: Target) -> None:
    target.query("INSERT INTO animals VALUES (1)")

    code, text, error = target.down("--dry-run", "2")

    assert (code, error) == (0, "")
    assert "    it does hold data\n" in text
    assert target.versions() == ["1", "2", "3"]
    assert target.query("SELECT * FROM animals") == [(1,)]


def test_the_document_has_the_status_that_callers_wait_for(target: Target) -> None:
    code, text, error = target.down("--format", "{{ json . }}")

    found = json.loads(text)
    assert (code, error) == (0, "")
    assert [file["Name"] for file in found["Planned"]] == ["3_rename.sql"]
    assert found["Reverted"][0]["Version"] == "3"
    assert found["Reverted"][0]["Applied"]
    assert (found["Current"], found["Target"], found["Total"]) == ("2", "2", 1)
    assert found["Status"] == "APPLIED"
    assert "Error" not in found


def test_a_baseline_is_never_taken_back(atlas: Shell) -> None:
    query = sqlite_query(atlas)
    query("CREATE TABLE users (id int NOT NULL, name varchar(20) NOT NULL)")
    atlas.write(FILES)
    atlas.ok("migrate", "apply", "--url", "sqlite://app.db", "--baseline", "1")
    target = Target(atlas, "sqlite://app.db", (), query)

    assert target.down("3")[2].startswith('Error: version "1" is the baseline of the database: ')
    assert target.down("--to-version", "1")[0] == 0
    assert target.query("SELECT * FROM users") == []


def test_a_revision_without_a_file_is_no_guess(sqlite: Target) -> None:
    (sqlite.atlas.folder / "migrations" / "2_pets.sql").unlink()
    sqlite.atlas.ok("migrate", "hash")

    code, text, error = sqlite.down("2")

    assert (code, text) == (1, "")
    assert error.startswith(
        'Error: version "2" was applied to the database and has no file in the directory: '
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("9",), "cannot revert 9 migrations: only 3 were applied to the database"),
        (("--to-version", "7"), 'migration with version "7" was not applied to the database'),
        (("x",), 'invalid amount argument "x"'),
        (("0",), 'invalid amount argument "0"'),
        (("1", "--to-version", "1"), "--to-version, --to-tag and the amount are mutually exclusive"),
        (("--to-tag", "v1"), "--to-tag needs a directory with tags: expected --dir atlas://name"),
    ],
)
def test_where_to_go_must_be_clear(sqlite: Target, words: tuple[str, ...], error: str) -> None:
    code, text, told = sqlite.down(*words)

    assert (code, text) == (1, "")
    assert told.startswith(f"Error: {error}")


def test_there_may_be_nothing_to_take_back(sqlite: Target) -> None:
    assert sqlite.down("--to-version", "3") == (0, "No migrations to revert\n", "")
    _, text, _ = sqlite.down("--to-version", "3", "--format", "{{ json . }}")
    assert json.loads(text)["Status"] == "APPLIED"


POLICY = """
env "never" {
  url = "sqlite://app.db"
  protected_flows {
    migrate_down {
      allow = false
    }
  }
}
env "person" {
  url = "sqlite://app.db"
  protected_flows {
    migrate_down {
      allow        = true
      auto_approve = false
    }
  }
}
"""


@pytest.mark.parametrize(
    ("env", "error"),
    [
        ("never", 'migrate down is not allowed by env "never": '),
        ("person", 'migrate down needs a person by env "person": '),
    ],
)
def test_a_project_may_forbid_it_or_want_a_person(sqlite: Target, env: str, error: str) -> None:
    (sqlite.atlas.folder / "atlas.hcl").write_text(POLICY)

    answer = sqlite.atlas("migrate", "down", "--env", env, "--auto-approve")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"Error: {error}")
    assert sqlite.versions() == ["1", "2", "3"]
    assert sqlite.atlas("migrate", "down", "--env", env, "--dry-run").code == 0


def test_a_person_at_a_terminal_is_asked(sqlite: Target) -> None:
    words = ["migrate", "down", "--url", sqlite.url]

    typed = at_a_terminal(sqlite.atlas, words, [("▸ Apply", DOWN), ("▸ Abort", ENTER)])
    assert typed.code == 1
    assert "Abort: The migration plan was aborted" in typed.screen
    assert sqlite.versions() == ["1", "2", "3"]

    typed = at_a_terminal(sqlite.atlas, words, [("▸ Apply", ENTER)])
    assert typed.code == 0
    assert "-- 1 migration" in typed.screen
    assert sqlite.versions() == ["1", "2"]


def test_on_postgres_a_step_that_fails_leaves_nothing_behind(postgresql: Target) -> None:
    postgresql.query("CREATE TABLE own (id int)")
    postgresql.query(
        "CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'no'; END$$"
    )
    postgresql.query(
        "CREATE EVENT TRIGGER stop ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION stop()"
    )

    code, _, error = postgresql.down("--to-version", "1")

    assert code == 1
    assert "no" in error
    assert postgresql.versions() == ["1", "2"]
    assert postgresql.query("SELECT email FROM users") == []
    assert postgresql.query("SELECT * FROM pets") == []
    postgresql.query("DROP EVENT TRIGGER stop")
    assert postgresql.down("--to-version", "1")[0] == 0
    assert postgresql.versions() == ["1"]


def test_on_postgres_a_primary_key_keeps_its_name_through_a_rename_and_back(postgresql: Target) -> None:
    postgresql.atlas.write(
        {
            **FILES,
            "4_keyed.sql": "CREATE TABLE keyed (id int PRIMARY KEY);\n",
            "5_renamed.sql": "ALTER TABLE keyed RENAME TO other;\n",
        }
    )
    postgresql.atlas.ok("migrate", "apply", "--url", postgresql.url)
    postgresql.query("INSERT INTO other VALUES (1)")

    assert postgresql.down()[::2] == (0, "")
    assert postgresql.query("SELECT id FROM keyed") == [(1,)]
