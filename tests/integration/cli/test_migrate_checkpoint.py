"""``atlas migrate checkpoint``: one file for everything before it, and a new database cannot tell the difference."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.postgres import PostgresServer

DEV = ("--dev-url", "sqlite://dev?mode=memory")
FILES = {
    "1_users.sql": "CREATE TABLE users (id integer PRIMARY KEY, old text);\n",
    "2_pets.sql": "ALTER TABLE users DROP COLUMN old;\nCREATE TABLE pets (id int REFERENCES users (id));\n",
}
TRIGGER = """CREATE TRIGGER tr AFTER INSERT ON users BEGIN
  UPDATE users SET id = 1;
  DELETE FROM users;
END;
"""


def checkpoint_of(atlas: Shell) -> str:
    (path,) = (atlas.folder / "migrations").glob("*_checkpoint.sql")
    return path.read_text()


def test_the_file_says_what_it_is_and_holds_everything(atlas: Shell) -> None:
    atlas.write(FILES)

    assert atlas.ok("migrate", "checkpoint", *DEV) == ""

    text = checkpoint_of(atlas)
    assert text.startswith(
        "-- atlas:checkpoint\n\n"
        '-- Create "users" table\n'
        "CREATE TABLE `users` (\n  `id` integer NULL,\n  PRIMARY KEY (`id`)\n);\n"
        '-- Create "pets" table\n'
        "CREATE TABLE `pets` (\n  `id` int NULL,\n"
    )
    assert "REFERENCES `users` (`id`)" in text
    assert atlas.ok("migrate", "validate") == ""


def test_a_tag_is_a_part_of_the_directive(atlas: Shell) -> None:
    atlas.write(FILES)
    atlas.ok("migrate", "checkpoint", "v2", *DEV)

    assert checkpoint_of(atlas).startswith("-- atlas:checkpoint v2\n\n")


def test_a_new_database_runs_the_checkpoint_alone(atlas: Shell) -> None:
    atlas.write({**FILES, "3_trigger.sql": TRIGGER})
    atlas.ok("migrate", "apply", "--url", "sqlite://before.db")
    atlas.ok("migrate", "checkpoint", *DEV)
    atlas.ok("migrate", "apply", "--url", "sqlite://after.db")

    status = json.loads(
        atlas.ok("migrate", "status", "--url", "sqlite://after.db", "--format", "{{ json . }}")
    )
    assert [row["Description"] for row in status["Applied"]] == ["checkpoint"]
    assert atlas.ok("schema", "diff", "--from", "sqlite://before.db", "--to", "sqlite://after.db") == (
        "Schemas are synced, no changes to be made.\n"
    )
    out = atlas.ok("migrate", "apply", "--url", "sqlite://before.db")
    assert out == "No migration files to execute\n"


def test_a_later_checkpoint_stands_on_the_one_before(atlas: Shell) -> None:
    atlas.write(FILES)
    atlas.ok("migrate", "checkpoint", *DEV)
    (atlas.folder / "schema.sql").write_text(
        "CREATE TABLE users (id integer PRIMARY KEY);\nCREATE TABLE pets (id int REFERENCES users (id), n int);\n"
    )
    atlas.ok("migrate", "diff", "more", "--to", "file://schema.sql", *DEV)
    atlas.ok("migrate", "checkpoint", "again", *DEV)

    names = atlas.ok("migrate", "ls").split()
    assert [name.partition("_")[2] for name in names[2:]] == ["checkpoint.sql", "more.sql", "checkpoint.sql"]
    last = (atlas.folder / "migrations" / names[-1]).read_text()
    assert "`n` int NULL" in last
    assert atlas.ok("migrate", "apply", "--url", "sqlite://new.db").count("-- migrating version") == 1


def test_a_lint_of_a_checkpoint_finds_nothing_to_lose(atlas: Shell) -> None:
    atlas.write(FILES)
    atlas.ok("migrate", "checkpoint", *DEV)

    out = atlas.ok("migrate", "lint", "--latest", "1", *DEV)

    assert "-- no diagnostics found" in out


def test_an_empty_directory_has_nothing_to_stand_for(atlas: Shell) -> None:
    answer = atlas("migrate", "checkpoint", *DEV)

    assert answer.code == 1
    assert answer.err.startswith("Error: the migration directory is empty")


def test_a_dev_database_is_needed(atlas: Shell) -> None:
    atlas.write(FILES)

    assert atlas("migrate", "checkpoint").err == 'Error: required flag(s) "dev-url" not set\n'


@pytest.fixture
def pg_urls(postgres: PostgresServer) -> Iterator[tuple[str, str, str]]:
    names = [postgres.create_database() for _ in range(3)]
    first, second, third = (f"{postgres.url(name)}&search_path=public" for name in names)
    yield first, second, third
    for name in names:
        postgres.drop_database(name)


def test_bodies_with_semicolons_and_what_cannot_be_in_a_transaction(
    atlas: Shell, pg_urls: tuple[str, str, str]
) -> None:
    dev, before, after = pg_urls
    atlas.write(
        {
            "1.sql": (
                "CREATE TABLE t (id int PRIMARY KEY, n int);\n"
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM 1; RETURN 2; END';\n"
            ),
            "2.sql": "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY i ON t (n);\n",
        }
    )
    atlas.ok("migrate", "apply", "--url", before)
    atlas.ok("migrate", "checkpoint", "--dev-url", dev)
    atlas.ok("migrate", "apply", "--url", after)

    out = atlas.ok("schema", "diff", "--from", before, "--to", after)

    assert out == "Schemas are synced, no changes to be made.\n"


def test_rows_of_tables_are_not_a_part_of_it(atlas: Shell) -> None:
    atlas.write({**FILES, "3_rows.sql": "INSERT INTO users VALUES (1);\n"})
    atlas.ok("migrate", "checkpoint", *DEV)
    atlas.ok("migrate", "apply", "--url", "sqlite://after.db")

    with closing(sqlite3.connect(atlas.folder / "after.db")) as connection:
        assert connection.execute("SELECT * FROM users").fetchall() == []
