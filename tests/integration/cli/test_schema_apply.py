"""``atlas schema apply`` as people and clients run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import CTRL_C, DOWN, ENTER, at_a_terminal, names, put, sql

USERS = "CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL, name varchar(50));\n"
POSTS = "CREATE TABLE posts (id integer PRIMARY KEY, user_id integer REFERENCES users (id));\n"
APPLY = ("schema", "apply", "--url", "sqlite://app.db")
YES = "--auto-approve"


@pytest.fixture
def app(atlas: Shell) -> Path:
    """The database with users and a row."""
    atlas.ok(*APPLY, "--to", put(atlas, "users.sql", USERS), YES)
    path = atlas.folder / "app.db"
    sql(path, "INSERT INTO users VALUES (1, 'a@example.com', 'A')")
    return path


# What is run


def test_a_plan_is_shown_run_and_then_there_is_nothing_to_do(atlas: Shell) -> None:
    to = put(atlas, "schema.sql", USERS)
    shown = atlas.ok(*APPLY, "--to", to, YES)
    assert shown == (
        "-- Planned Changes:\n"
        '-- Create "users" table\n'
        "CREATE TABLE `users` (\n"
        "  `id` integer NULL,\n"
        "  `email` text NOT NULL,\n"
        "  `name` varchar(50) NULL,\n"
        "  PRIMARY KEY (`id`)\n"
        ");\n"
    )
    assert names(atlas.folder / "app.db") == ["users"]
    assert atlas.ok(*APPLY, "--to", to, YES) == "Schema is synced, no changes to be made\n"


def test_a_dry_run_shows_the_same_and_writes_nothing(atlas: Shell, app: Path) -> None:
    before = app.read_bytes()
    shown = atlas.ok(*APPLY, "--to", put(atlas, "empty.sql", ""), "--dry-run")
    assert 'Drop "users" table' in shown
    assert '--   DELETES_DATA table main.users: All rows of "users" are deleted.' in shown
    assert app.read_bytes() == before


def test_rows_are_kept_through_a_rebuild(atlas: Shell, app: Path) -> None:
    atlas.ok(
        *APPLY, "--to", put(atlas, "v2.sql", USERS.replace("varchar(50)", "text NOT NULL DEFAULT ''")), YES
    )
    assert sql(app, "SELECT * FROM users") == [(1, "a@example.com", "A")]


def test_several_files_make_one_state(atlas: Shell) -> None:
    atlas.ok(*APPLY, "--to", put(atlas, "a.sql", USERS), "-f", put(atlas, "b.sql", POSTS), YES)
    assert names(atlas.folder / "app.db") == ["posts", "users"]


def test_the_flag_for_files_takes_paths_and_commas_between_them(atlas: Shell) -> None:
    put(atlas, "users.sql", USERS)
    put(atlas, "posts.sql", POSTS)
    apart = atlas.ok(*APPLY, "-f", "users.sql", "--file", "file://posts.sql", "--dry-run")
    assert apart == atlas.ok(*APPLY, "-f", "users.sql,posts.sql", "--dry-run")
    assert 'Create "posts" table' in apart
    refused = atlas(*APPLY, "--to", "users.sql", "--dry-run")
    assert 'Did you mean "file://users.sql"?' in refused.err


def test_files_import_files(atlas: Shell) -> None:
    put(atlas, "tables/users.sql", USERS)
    put(atlas, "tables/posts.sql", "-- atlas:import users.sql\n\n" + POSTS)
    atlas.ok(*APPLY, "--to", put(atlas, "main.sql", "-- atlas:import tables\n"), YES)
    assert names(atlas.folder / "app.db") == ["posts", "users"]


def test_hcl_says_the_same_as_sql(atlas: Shell, app: Path) -> None:
    (atlas.folder / "schema.hcl").write_text(atlas.ok("schema", "inspect", "-u", "sqlite://app.db"))
    assert "synced" in atlas.ok(*APPLY, "--to", "file://schema.hcl", YES)


def test_hcl_has_variables(atlas: Shell) -> None:
    text = (
        'variable "name" {\n  type = string\n}\nschema "main" {}\n'
        'table "t" {\n  schema = schema.main\n  column "c" {\n    type = text\n    default = var.name\n  }\n}\n'
    )
    atlas.ok(*APPLY, "--to", put(atlas, "s.hcl", text), YES, "--var", "name=tenant")
    assert "DEFAULT 'tenant'" in str(sql(atlas.folder / "app.db", "SELECT sql FROM sqlite_master"))


def test_another_database_is_a_desired_state(atlas: Shell, app: Path) -> None:
    shown = atlas.ok("schema", "apply", "--url", "sqlite://other.db", "--to", "sqlite://app.db", YES)
    assert "Create" in shown
    assert names(atlas.folder / "other.db") == names(app)


def test_a_migration_directory_is_a_desired_state_up_to_a_version(atlas: Shell) -> None:
    url = atlas.write({"1_a.sql": USERS, "2_b.sql": POSTS})
    atlas.ok(*APPLY, "--to", f"{url}?version=1", YES)
    assert names(atlas.folder / "app.db") == ["users"]
    atlas.ok(*APPLY, "--to", url, YES)
    assert names(atlas.folder / "app.db") == ["posts", "users"]


def test_a_database_with_a_history_keeps_it(atlas: Shell) -> None:
    url = atlas.write({"1_a.sql": USERS})
    atlas.ok("migrate", "apply", "--dir", url, "--url", "sqlite://app.db")
    assert "synced" in atlas.ok(*APPLY, "--to", put(atlas, "users.sql", USERS), YES)
    assert "atlas_schema_revisions" in names(atlas.folder / "app.db")


def test_patterns_leave_tables_alone_on_both_sides(atlas: Shell, app: Path) -> None:
    sql(app, "CREATE TABLE legacy_a (x)", "CREATE TABLE legacy_b (x)")
    to = put(atlas, "both.sql", USERS + POSTS)
    shown = atlas.ok(*APPLY, "--to", to, "--exclude", "legacy_*,posts", "--dry-run")
    assert shown == "Schema is synced, no changes to be made\n"
    atlas.ok(*APPLY, "--to", to, "--include", "posts", YES)
    assert names(app) == ["legacy_a", "legacy_b", "posts", "users"]


# Renames


def test_an_annotation_renames_and_keeps_the_values(atlas: Shell, app: Path) -> None:
    state = '-- atlas:rename column "users"."email" "mail"\n' + USERS.replace("email", "mail")
    shown = atlas.ok(*APPLY, "--to", put(atlas, "v2.sql", state), YES)
    assert "RENAME COLUMN `email` TO `mail`" in shown
    assert sql(app, "SELECT mail FROM users") == [("a@example.com",)]
    assert "synced" in atlas.ok(*APPLY, "--to", "file://v2.sql", YES)


def test_a_rename_is_never_guessed_without_a_person(atlas: Shell, app: Path) -> None:
    sql(app, "DELETE FROM users")
    shown = atlas.ok(*APPLY, "--to", put(atlas, "v2.sql", USERS.replace("email", "mail")), YES)
    assert "RENAME COLUMN" not in shown


def test_a_person_is_asked_whether_a_column_was_renamed(atlas: Shell, app: Path) -> None:
    put(atlas, "v2.sql", USERS.replace("email", "mail"))
    typed = at_a_terminal(
        atlas,
        [*APPLY, "--to", "file://v2.sql"],
        [("Did you rename column main.users.email to mail?", ENTER), ("▸ Apply", ENTER)],
    )
    assert typed.code == 0, typed.screen
    assert sql(app, "SELECT mail FROM users") == [("a@example.com",)]


# Asking


def test_a_person_who_says_abort_changes_nothing(atlas: Shell, app: Path) -> None:
    put(atlas, "empty.sql", "")
    typed = at_a_terminal(
        atlas, [*APPLY, "--to", "file://empty.sql"], [("▸ Apply", DOWN), ("▸ Abort", ENTER)]
    )
    assert typed.code == 0
    assert names(app) == ["users"]


def test_ctrl_c_at_the_question_changes_nothing(atlas: Shell, app: Path) -> None:
    put(atlas, "empty.sql", "")
    typed = at_a_terminal(atlas, [*APPLY, "--to", "file://empty.sql"], [("▸ Apply", CTRL_C)])
    assert typed.code == 130
    assert names(app) == ["users"]


def test_without_a_terminal_nothing_is_run_unless_told(atlas: Shell, app: Path) -> None:
    answer = atlas(*APPLY, "--to", put(atlas, "empty.sql", ""))
    assert answer.code == 1
    assert "expected --auto-approve" in answer.err
    assert names(app) == ["users"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--to", "file://users.sql", "--dry-run", YES), "auto-approve"),
        ((YES,), 'one of flag(s) "file" or "to" is required'),
        (("--to", "users.sql", YES), 'Did you mean "file://users.sql"?'),
        (("--to", "file://nosuch.sql", YES), "stat nosuch.sql: no such file or directory"),
        (("--to", "env://src", YES), "needs an env of atlas.hcl"),
        (("--to", "file://users.sql", YES, "--tx-mode", "some"), 'unknown tx-mode "some"'),
        (("--to", "file://users.sql", YES, "--exclude", "a.b.c"), "too many parts in pattern"),
        (("--to", "file://users.sql,sqlite://app.db", YES), "are all file:// URLs"),
    ],
)
def test_a_command_line_that_cannot_be_meant_is_refused(
    atlas: Shell, app: Path, words: tuple[str, ...], complaint: str
) -> None:
    put(atlas, "users.sql", USERS + POSTS)
    answer = atlas(*APPLY, *words)
    assert answer.code == 1
    assert complaint in answer.err
    assert names(app) == ["users"]


def test_an_env_without_a_source_is_told_by_its_name(atlas: Shell, app: Path) -> None:
    put(atlas, "atlas.hcl", f'env "bare" {{\n  url = "sqlite://{app}"\n}}\n')
    answer = atlas("schema", "apply", "--env", "bare", YES)
    assert answer.err == 'Error: one of flag(s) "file" or "to" is required: env "bare" has no src\n'


def test_a_missing_url_is_named(atlas: Shell) -> None:
    answer = atlas("schema", "apply", "--to", put(atlas, "a.sql", ""))
    assert (answer.code, answer.err) == (1, 'Error: required flag(s) "url" not set\n')


def test_a_container_is_not_started(atlas: Shell) -> None:
    to = put(atlas, "a.sql", USERS)
    answer = atlas(*APPLY, "--to", to, YES, "--dev-url", "docker://postgres/15/dev")
    assert answer.code == 3
    assert "start the database yourself" in answer.err


# What goes wrong


def test_wrong_sql_is_told_with_file_line_and_the_words_of_the_server(atlas: Shell) -> None:
    to = put(atlas, "s.sql", "-- a comment\nCREATE TABLE a (x);\n\nCREATE TABEL b (x);\n")
    answer = atlas(*APPLY, "--to", to, YES)
    assert (answer.code, answer.err) == (1, 'Error: s.sql:4: near "TABEL": syntax error\n')


def test_a_statement_that_fails_leaves_everything_as_it_was(atlas: Shell, app: Path) -> None:
    to = put(atlas, "v2.sql", POSTS + USERS.replace("name varchar(50)", "age integer NOT NULL"))
    answer = atlas(*APPLY, "--to", to, YES)
    assert answer.code == 1
    assert 'add column "age" to table: "users": Cannot add a NOT NULL column' in answer.err
    assert "(nothing was changed)" in answer.err
    assert names(app) == ["users"]


def test_what_is_not_modelled_stays_and_is_named(atlas: Shell, app: Path) -> None:
    sql(app, "CREATE VIRTUAL TABLE search USING fts5(body)")
    to = put(atlas, "users.sql", USERS)
    answer = atlas(*APPLY, "--to", to, YES, "--format", "{{ json . }}")
    assert answer.code == 0
    assert "Unsupported: virtual table" in answer.err
    assert json.loads(answer.out)["Unsupported"] == ["virtual table main.search"]
    assert "search" in names(app)


def test_a_desired_state_with_what_is_not_modelled_is_refused_by_name(atlas: Shell) -> None:
    to = put(atlas, "s.sql", "CREATE VIRTUAL TABLE search USING fts5(body);")
    answer = atlas(*APPLY, "--to", to, YES)
    assert answer.code == 3
    assert "virtual table main.search" in answer.err


# Documents


def test_the_document_of_a_run_is_what_clients_decode(atlas: Shell) -> None:
    to = put(atlas, "a.sql", USERS)
    first = json.loads(atlas.ok(*APPLY, "--to", to, YES, "--format", "{{ json . }}"))
    assert list(first) == ["Driver", "URL", "Changes", "Start", "End", "Applied"]
    assert first["Driver"] == "sqlite"
    assert first["URL"]["Scheme"] == "sqlite"
    [statement] = first["Changes"]["Applied"]
    assert statement.startswith("CREATE TABLE `users` (")
    assert not statement.endswith(";")
    again = json.loads(atlas.ok(*APPLY, "--to", to, YES, "--format", "{{ json . }}"))
    assert again["Changes"] == {}


def test_the_document_of_a_dry_run_has_what_is_pending(atlas: Shell, app: Path) -> None:
    to = put(atlas, "empty.sql", "")
    document = json.loads(atlas.ok(*APPLY, "--to", to, "--dry-run", "--format", "{{ json . }}"))
    assert "DROP TABLE `users`" in document["Changes"]["Pending"]
    assert "Applied" not in document["Changes"]
    assert document["Hazards"][0]["Kind"] == "DELETES_DATA"


def test_the_document_of_a_failure_has_the_statement_and_stderr_is_empty(atlas: Shell, app: Path) -> None:
    to = put(atlas, "v2.sql", USERS.replace("name varchar(50)", "age integer NOT NULL"))
    answer = atlas(*APPLY, "--to", to, YES, "--format", "{{ json . }}")
    assert (answer.code, answer.err) == (1, "")
    document = json.loads(answer.out)
    assert document["Changes"]["Error"]["Text"].startswith("Cannot add a NOT NULL column")
    assert document["Changes"]["Error"]["Stmt"] in document["Changes"]["Pending"]
    assert "nothing was changed" in document["Error"]


def test_a_plan_is_sql_in_a_template(atlas: Shell) -> None:
    shown = atlas.ok(*APPLY, "--to", put(atlas, "a.sql", POSTS), "--dry-run", "--format", '{{ sql . "\t" }}')
    assert shown.startswith('-- Create "posts" table\nCREATE TABLE `posts` (\n\t`id`')


def test_a_template_that_does_not_parse_is_told_before_the_work(atlas: Shell) -> None:
    answer = atlas(*APPLY, "--to", put(atlas, "a.sql", USERS), YES, "--format", "{{ nosuch . }}")
    assert answer.code == 1
    assert 'function "nosuch" not defined' in answer.err
    assert not (atlas.folder / "app.db").exists()


# Project files


def project(atlas: Shell, body: str) -> tuple[str, ...]:
    (atlas.folder / "atlas.hcl").write_text(
        f'env "local" {{\n  url = "sqlite://app.db"\n  src = "schema.sql"\n  {body}\n}}\n'
    )
    return ("schema", "apply", "--env", "local")


def test_an_environment_says_all_that_flags_would(atlas: Shell) -> None:
    words = project(
        atlas,
        'exclude = ["posts"]\n  format {\n    schema {\n      apply = "{{ json .Changes }}"\n    }\n  }',
    )
    put(atlas, "schema.sql", USERS + POSTS)
    assert json.loads(atlas.ok(*words, YES))["Applied"][0].startswith("CREATE TABLE `users`")
    assert names(atlas.folder / "app.db") == ["users"]
    assert "posts" in atlas.ok(*words, "--dry-run", "--to", "env://src", "--exclude", "users")


def test_skipped_changes_are_not_made(atlas: Shell, app: Path) -> None:
    words = project(atlas, "diff {\n    skip {\n      drop_table = true\n    }\n  }")
    put(atlas, "schema.sql", POSTS.replace("REFERENCES users (id)", ""))
    answer = atlas(*words, YES)
    assert (answer.code, answer.err) == (
        0,
        "Skipped: drop table main.users, as diff.skip of atlas.hcl says\n",
    )
    assert names(app) == ["posts", "users"]
    assert "synced" in atlas.ok(*words, YES)
    document = json.loads(atlas.ok(*words, YES, "--format", "{{ json . }}"))
    assert document["Skipped"] == ["drop table main.users"]


def test_destructive_changes_are_refused_where_the_policy_says_error(atlas: Shell, app: Path) -> None:
    words = project(atlas, "lint {\n    destructive {\n      error = true\n    }\n  }")
    put(atlas, "schema.sql", USERS.replace(", name varchar(50)", ""))
    answer = atlas(*words, YES)
    assert answer.code == 1
    assert 'column "name"' in answer.err
    assert "table main.users" in answer.err or "main.users.name" in answer.err
    assert sql(app, "SELECT name FROM users") == [("A",)]
    document = json.loads(atlas(*words, YES, "--format", "{{ json . }}").out)
    assert "destructive" in document["Error"]


def test_a_review_that_is_always_wanted_rejects_without_a_person(atlas: Shell) -> None:
    words = project(atlas, "lint {\n    review = ALWAYS\n  }")
    put(atlas, "schema.sql", USERS)
    answer = atlas(*words, "--format", "{{ json . }}")
    assert (answer.code, answer.err) == (1, "")
    assert json.loads(answer.out)["Error"].startswith("Rejected by review policy")
    assert "lint.review = ALWAYS" in atlas(*words, YES).err
    assert names(atlas.folder / "app.db") == []


def test_a_review_of_errors_lets_harmless_plans_run(atlas: Shell, app: Path) -> None:
    words = project(atlas, "lint {\n    review = ERROR\n  }")
    put(atlas, "schema.sql", USERS + POSTS)
    document = json.loads(atlas.ok(*words, "--format", "{{ json . }}"))
    assert len(document["Changes"]["Applied"]) == 1
    put(atlas, "schema.sql", POSTS)
    rejected = json.loads(atlas(*words, "--format", "{{ json . }}").out)
    assert rejected["Error"].startswith("Rejected by review policy")
    assert names(app) == ["posts", "users"]


def test_a_password_is_in_no_message(atlas: Shell) -> None:
    to = put(atlas, "a.sql", USERS)
    answer = atlas("schema", "apply", "--url", "postgres://u:s3cret-word@127.0.0.1:1/db", "--to", to, YES)
    assert answer.code == 1
    assert "s3cret-word" not in answer.err + answer.out
