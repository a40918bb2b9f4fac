"""A directory of templates from outside: every command that reads a directory reads the rendered one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.integration.cli.conftest import Shell

PROJECT = """
variable "seed" {
  type    = number
  default = 100
}
data "template_dir" "m" {
  path = "migrations"
  vars = {
    Seed  = var.seed
    Names = ["red", "blue"]
  }
}
env "e" {
  url = "sqlite://e.db"
  dev = "sqlite://d?mode=memory"
  migration {
    dir = data.template_dir.m.url
  }
}
"""
FILES = {
    "atlas.hcl": PROJECT,
    "migrations/1_users.sql": '{{ template "shared/users" "users" }}\n',
    "migrations/2_seed.sql": (
        "INSERT INTO users (id, name) VALUES ({{ .Seed }}, 'first');\n"
        "{{- range $i, $name := .Names }}\nINSERT INTO users (name) VALUES ('{{ $name }}');\n{{- end }}\n"
    ),
    "migrations/shared/users.tmpl": (
        '{{ define "shared/users" -}}\nCREATE TABLE {{ . }} (id integer PRIMARY KEY, name text NOT NULL);\n{{- end }}'
    ),
}


@pytest.fixture
def templates(atlas: Shell) -> Shell:
    for name, text in FILES.items():
        path = atlas.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return atlas


def rows(atlas: Shell) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(atlas.folder / "e.db")) as connection:
        return connection.execute("SELECT id, name FROM users ORDER BY id").fetchall()


def test_the_rendered_files_are_applied_and_recorded(templates: Shell) -> None:
    shown = templates.ok("migrate", "apply", "--env", "e", "--format", "{{ json . }}")
    report = json.loads(shown)
    assert report["Dir"].startswith("mem://template_dir/m-")
    assert [file["Version"] for file in report["Applied"]] == ["1", "2"]
    assert rows(templates) == [(100, "first"), (101, "red"), (102, "blue")]
    status = json.loads(templates.ok("migrate", "status", "--env", "e", "--format", "{{ json . }}"))
    assert (status["Status"], status["Current"]) == ("OK", "2")
    assert status["Env"]["Dir"] == f"{report['Dir']}?format=atlas"
    assert "No migration files to execute" in templates.ok("migrate", "apply", "--env", "e")


def test_a_variable_of_the_command_line_reaches_the_templates(templates: Shell) -> None:
    templates.ok("migrate", "apply", "--env", "e", "--var", "seed=7")
    assert rows(templates)[0] == (7, "first")


def test_an_applied_file_that_renders_to_something_else_is_seen(templates: Shell) -> None:
    templates.ok("migrate", "apply", "--env", "e")
    (templates.folder / "migrations" / "3_more.sql").write_text("INSERT INTO users (name) VALUES ('last');\n")
    templates.ok("migrate", "apply", "--env", "e")
    assert rows(templates)[-1] == (103, "last")


def test_other_commands_read_the_rendered_files(templates: Shell) -> None:
    assert templates.ok("migrate", "ls", "--env", "e") == "1_users.sql\n2_seed.sql\n"
    assert templates.ok("migrate", "validate", "--env", "e") == ""
    assert "analyzing version 2" in templates.ok("migrate", "lint", "--env", "e", "--latest", "1")
    printed = templates.ok("schema", "inspect", "--env", "e", "--url", "env://migration.dir")
    assert 'table "users"' in printed


def test_atlas_sum_of_the_templates_is_neither_needed_nor_read(templates: Shell) -> None:
    (templates.folder / "migrations" / "atlas.sum").write_text("h1:broken\n")
    templates.ok("migrate", "apply", "--env", "e")
    assert (templates.folder / "migrations" / "atlas.sum").read_text() == "h1:broken\n"


def test_a_missing_variable_stops_the_run_at_its_place(templates: Shell) -> None:
    (templates.folder / "migrations" / "2_seed.sql").write_text("SELECT 1;\nSELECT {{ .Seeds }};\n")
    answer = templates("migrate", "apply", "--env", "e")
    assert answer.code == 1
    assert (
        'data.template_dir.m: template: 2_seed.sql:2:10: executing "2_seed.sql" at <.Seeds>: '
        'map has no entry for key "Seeds"'
    ) in answer.err
    assert not (templates.folder / "e.db").exists()


def test_a_planned_file_is_written_beside_the_templates(templates: Shell) -> None:
    (templates.folder / "to.sql").write_text(
        "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\nCREATE TABLE orders (id integer);\n"
    )
    templates.ok("migrate", "diff", "orders", "--env", "e", "--to", "file://to.sql")
    [written] = (templates.folder / "migrations").glob("*_orders.sql")
    assert "CREATE TABLE `orders`" in written.read_text()
    assert "CREATE TABLE `users`" not in written.read_text()
    sums = (templates.folder / "migrations" / "atlas.sum").read_text()
    assert written.name in sums
    templates.ok("migrate", "validate", "--dir", "file://migrations")  # it is the sum of the templates
    again = templates.ok("migrate", "diff", "more", "--env", "e", "--to", "file://to.sql")
    assert "no changes" in again
    assert "3 migrations" in templates.ok("migrate", "apply", "--env", "e")


def test_new_and_hash_write_beside_the_templates(templates: Shell) -> None:
    templates.ok("migrate", "new", "more", "--env", "e")
    [written] = (templates.folder / "migrations").glob("*_more.sql")
    assert written.read_text() == ""
    (templates.folder / "migrations" / "1_users.sql").write_text("CREATE TABLE users (id int);\n")
    assert templates("migrate", "validate", "--dir", "file://migrations").code == 1
    templates.ok("migrate", "hash", "--env", "e")
    templates.ok("migrate", "validate", "--dir", "file://migrations")


def test_a_url_that_nothing_made_and_a_state_as_a_directory_are_refused(atlas: Shell) -> None:
    (atlas.folder / "s.hcl").write_text('schema "main" {}\n')
    (atlas.folder / "atlas.hcl").write_text(
        'data "hcl_schema" "s" { path = "s.hcl" }\n'
        'env "e" {\n  url = "sqlite://e.db"\n  migration {\n    dir = data.hcl_schema.s.url\n  }\n}\n'
        'env "f" {\n  url = "sqlite://e.db"\n  migration {\n    dir = "mem://nothing"\n  }\n}\n'
    )
    assert "is a desired state: expected a migration directory" in atlas("migrate", "apply", "--env", "e").err
    assert (
        'data-source state "mem://nothing" not found in memory' in atlas("migrate", "apply", "--env", "f").err
    )
