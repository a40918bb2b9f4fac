"""``atlas migrate diff``: the file, its directives and its sum; and that what it leads to is the desired state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

DEV = ("--dev-url", "sqlite://dev?mode=memory")
SYNCED = "The migration directory is synced with the desired state, no changes to be made\n"
SCHEMA = """CREATE TABLE users (id integer PRIMARY KEY, name varchar(20) NOT NULL);
CREATE INDEX ix ON users (name);
"""
TRIGGER = """CREATE TRIGGER tr AFTER INSERT ON users BEGIN
  UPDATE users SET name = 'x';
  DELETE FROM users;
END;
"""


def state(atlas: Shell, text: str, name: str = "schema.sql") -> tuple[str, ...]:
    (atlas.folder / name).write_text(text)
    return ("--to", f"file://{name}")


def files(atlas: Shell) -> dict[str, str]:
    """Description and text of each file."""
    folder = atlas.folder / "migrations"
    return {path.name.partition("_")[2]: path.read_text() for path in sorted(folder.glob("*.sql"))}


def diff(atlas: Shell, text: str, *words: str, dev: tuple[str, ...] = DEV) -> str:
    return atlas.ok("migrate", "diff", *state(atlas, text), *dev, *words)


def test_the_file_is_what_the_go_tools_write(atlas: Shell) -> None:
    assert diff(atlas, SCHEMA, "init") == ""

    assert files(atlas) == {
        "init.sql": (
            '-- Create "users" table\n'
            "CREATE TABLE `users` (\n  `id` integer NULL,\n  `name` varchar(20) NOT NULL,\n  PRIMARY KEY (`id`)\n);\n"
            '-- Create index "ix" to table: "users"\n'
            "CREATE INDEX `ix` ON `users` (`name`);\n"
        )
    }
    (name,) = (path.name for path in (atlas.folder / "migrations").glob("*.sql"))
    assert re.fullmatch(r"\d{14}_init\.sql", name)
    assert atlas.ok("migrate", "validate", *DEV) == ""
    assert diff(atlas, SCHEMA) == SYNCED
    assert len(files(atlas)) == 1


def test_a_second_file_starts_where_the_first_ends_and_comes_behind_it(atlas: Shell) -> None:
    diff(atlas, SCHEMA, "one")
    diff(atlas, f"{SCHEMA}CREATE TABLE pets (id int);\n", "a_second", "--format", "{{ sql . }}")

    assert list(files(atlas)) == ["one.sql", "a_second.sql"]
    assert files(atlas)["a_second.sql"] == '-- Create "pets" table\nCREATE TABLE `pets` (`id` int NULL);\n'


def test_a_body_with_semicolons_stays_one_statement(atlas: Shell) -> None:
    diff(atlas, SCHEMA + TRIGGER, "init")

    assert diff(atlas, SCHEMA + TRIGGER) == SYNCED
    atlas.ok("migrate", "apply", "--url", "sqlite://app.db")


def test_a_dry_run_is_a_document_and_writes_nothing(atlas: Shell) -> None:
    found = json.loads(diff(atlas, SCHEMA, "init", "--dry-run"))

    (file,) = found["Files"]
    assert found["Dir"] == "file://migrations?format=atlas"
    assert file["Name"] == f"{file['Version']}_init.sql"
    assert file["Description"] == "init"
    assert file["Content"].startswith('-- Create "users" table\n')
    assert files(atlas) == {}


def test_another_template_writes_the_file_itself(atlas: Shell) -> None:
    diff(atlas, SCHEMA, "--format", "-- by hand\n{{ len .Changes }}")

    assert list(files(atlas).values()) == ["-- by hand\n2"]


def test_hcl_is_a_desired_state(atlas: Shell) -> None:
    text = 'schema "main" {}\ntable "t" {\n  schema = schema.main\n  column "id" { type = int }\n}\n'

    atlas.ok("migrate", "diff", *state(atlas, text, "schema.hcl"), *DEV)

    assert list(files(atlas).values()) == [
        '-- Create "t" table\nCREATE TABLE `t` (\n  `id` int NOT NULL\n);\n'
    ]


def test_a_policy_leaves_changes_out(atlas: Shell) -> None:
    diff(atlas, f"{SCHEMA}CREATE TABLE pets (id int);\n")
    (atlas.folder / "atlas.hcl").write_text(
        'env "e" {\n  src = "file://schema.sql"\n  dev = "sqlite://dev?mode=memory"\n'
        "  diff {\n    skip {\n      drop_table = true\n    }\n  }\n}\n"
    )
    state(atlas, SCHEMA)

    assert atlas.ok("migrate", "diff", "--env", "e") == SYNCED
    diff(atlas, SCHEMA, "gone")
    assert "DROP TABLE `pets`;" in files(atlas)["gone.sql"]


def test_renames_are_taken_from_the_desired_state(atlas: Shell) -> None:
    diff(atlas, SCHEMA)
    renamed = '-- atlas:rename column "users"."name" "full_name"\n' + SCHEMA.replace("name", "full_name")

    diff(atlas, renamed, "rename")

    assert "RENAME COLUMN `name` TO `full_name`" in files(atlas)["rename.sql"]
    assert "DROP" not in files(atlas)["rename.sql"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--dev-url", "x"), 'required flag(s) "to" not set'),
        (("--to", "file://schema.sql"), 'required flag(s) "dev-url" not set'),
        ((), 'required flag(s) "to", "dev-url" not set'),
    ],
)
def test_both_states_are_needed(atlas: Shell, words: tuple[str, ...], error: str) -> None:
    answer = atlas("migrate", "diff", *words)

    assert (answer.code, answer.out, answer.err) == (1, "", f"Error: {error}\n")
    assert not (atlas.folder / "migrations").exists()


def test_a_broken_sum_stops_it(atlas: Shell) -> None:
    diff(atlas, SCHEMA)
    (atlas.folder / "migrations" / "99.sql").write_text("SELECT 1;\n")

    answer = atlas("migrate", "diff", *state(atlas, SCHEMA), *DEV)

    assert (answer.code, answer.err) == (1, "Error: checksum mismatch\n")
    assert answer.out.startswith("You have a checksum error in your migration directory.\n")


def test_a_directory_that_does_not_run_stops_it(atlas: Shell) -> None:
    atlas.write({"1.sql": "NONSENSE;\n"})

    answer = atlas("migrate", "diff", *state(atlas, SCHEMA), *DEV)

    assert answer.code == 1
    assert 'executing statement "NONSENSE;" from version "1": near "NONSENSE": syntax error' in answer.err
    assert list(files(atlas)) == [""]


def test_a_person_may_edit_the_file(atlas: Shell) -> None:
    diff(atlas, SCHEMA, "init", "--dry-run")
    answer = atlas("migrate", "diff", *state(atlas, SCHEMA), *DEV, "--edit", EDITOR="sed -i 1i--hello")

    assert answer.code == 0
    assert next(iter(files(atlas).values())).startswith("--hello\n")
    atlas.ok("migrate", "validate")


def test_validate_replays_on_a_dev_database(atlas: Shell) -> None:
    atlas.write({"1.sql": "CREATE TABLE t (id int);\n", "2.sql": "DROP TABLE nosuch;\n"})

    atlas.ok("migrate", "validate")
    answer = atlas("migrate", "validate", *DEV)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        'Error: replaying the migration directory: executing statement "DROP TABLE nosuch;" from version "2": '
        "no such table: nosuch\n"
    )


@pytest.fixture
def pg_dev(postgres: PostgresServer) -> Iterator[str]:
    name = postgres.create_database()
    yield f"{postgres.url(name)}&search_path=public"
    postgres.drop_database(name)


PG_SCHEMA = """CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TABLE users (id bigint PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok');
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END; $$;
"""


def test_postgres_gets_bare_names_and_leads_where_it_should(atlas: Shell, pg_dev: str) -> None:
    dev = ("--dev-url", pg_dev)
    diff(atlas, PG_SCHEMA, "init", dev=dev)

    text = files(atlas)["init.sql"]
    assert '-- Create "users" table\nCREATE TABLE "users" (' in text
    assert '"public"' not in text
    assert diff(atlas, PG_SCHEMA, dev=dev) == SYNCED
    assert atlas.ok("migrate", "validate", *dev) == ""


def test_postgres_names_are_qualified_where_that_is_asked_for(atlas: Shell, pg_dev: str) -> None:
    diff(atlas, PG_SCHEMA, "init", "--qualifier", "public", dev=("--dev-url", pg_dev))
    assert 'CREATE TABLE "public"."users" (' in files(atlas)["init.sql"]

    answer = atlas(
        "migrate", "diff", *state(atlas, PG_SCHEMA), "--qualifier", "other", "--dev-url", pg_dev, "again"
    )
    assert answer.code == 3
    assert '--qualifier "other" is not supported by this version' in answer.err


def test_concurrent_indexes_make_a_file_without_a_transaction(atlas: Shell, pg_dev: str) -> None:
    dev = ("--dev-url", pg_dev)
    diff(atlas, PG_SCHEMA, dev=dev)
    (atlas.folder / "atlas.hcl").write_text(
        'env "e" {\n  diff {\n    concurrent_index {\n      create = true\n    }\n  }\n}\n'
    )

    diff(atlas, f"{PG_SCHEMA}CREATE INDEX i ON users (mood);\n", "index", "--env", "e", dev=dev)

    assert files(atlas)["index.sql"] == (
        '-- atlas:txmode none\n\n-- Create index "i" to table: "users"\n'
        'CREATE INDEX CONCURRENTLY "i" ON "users" ("mood");\n'
    )
    assert atlas.ok("migrate", "validate", *dev) == ""


def test_mariadb_leads_where_it_should(atlas: Shell, mariadb: MariaDBServer) -> None:
    name = mariadb.create_database()
    dev = ("--dev-url", mariadb.url(name))
    text = (
        "CREATE TABLE users (id bigint PRIMARY KEY AUTO_INCREMENT, name varchar(20) NOT NULL);\n"
        "CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW BEGIN SET NEW.name = 'a'; SET NEW.name = 'b'; END;\n"
    )

    diff(atlas, text, "init", dev=dev)

    assert '-- Create "users" table\nCREATE TABLE `users` (' in files(atlas)["init.sql"]
    assert diff(atlas, text, dev=dev) == SYNCED
    mariadb.drop_database(name)


def test_a_file_that_would_not_come_last_is_given_the_next_number(atlas: Shell) -> None:
    atlas.write({"2_b.sql": "CREATE TABLE b (id int);\n"})
    diff(atlas, f"{SCHEMA}CREATE TABLE b (id int);\n", "c")
    assert atlas.ok("migrate", "ls").split() == ["2_b.sql", "3_c.sql"]


def test_where_no_number_comes_last_nothing_is_written(atlas: Shell) -> None:
    atlas.write({"9_b.sql": "CREATE TABLE b (id int);\n"})

    answer = atlas("migrate", "diff", *state(atlas, SCHEMA), *DEV, "c")

    assert answer.code == 1
    assert 'would run before "9_b.sql"' in answer.err
    assert atlas.ok("migrate", "ls") == "9_b.sql\n"
