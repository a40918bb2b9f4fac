"""Directories of templates that differ by target: rendered for each, with what lies in folders below."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from atlas.server.run import DataOptions

from tests.integration.cli.directory_world import World
from tests.integration.registry.conftest import serving

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
locals {
  tenants = { a = "alpha", b = "beta" }
}
data "template_dir" "m" {
  for_each = local.tenants
  path     = "migrations"
  vars = {
    Name  = each.value
    Ids   = [1, 2.5]
    Seed  = each.key == "a"
  }
}
env "all" {
  for_each = local.tenants
  url      = "sqlite://${each.key}.db"
  migration {
    dir = data.template_dir.m[each.key].url
  }
}
env "a" {
  url = "sqlite://a.db"
  dev = "sqlite://dev?mode=memory"
  migration {
    dir = data.template_dir.m["a"].url
  }
}
env "b" {
  url = "sqlite://b.db"
  dev = "sqlite://dev?mode=memory"
  migration {
    dir = data.template_dir.m["b"].url
  }
}
"""
FILES = {
    "migrations/1_table.sql": '{{ template "shared/deep/table" . }}\n',
    "migrations/2_rows.sql": (
        "{{ if .Seed }}{{ range .Ids }}INSERT INTO {{ $.Name }} (id) VALUES ({{ . }});\n{{ end }}"
        "{{ else }}SELECT 1;\n{{ end }}"
    ),
    "migrations/shared/deep/table.tmpl": (
        '{{ define "shared/deep/table" }}CREATE TABLE {{ .Name }} (id numeric);{{ end }}'
    ),
    "migrations/shared/3_never.sql": "THIS IS NO MIGRATION;\n",
    "migrate.test.hcl": (
        'test "migrate" "rows" {\n  migrate {\n    to = "2"\n  }\n'
        '  exec {\n    sql    = "SELECT count(*) FROM alpha"\n    output = "2"\n  }\n}\n'
    ),
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    for name, text in ({"atlas.hcl": PROJECT} | FILES).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return World(tmp_path, {"HOME": str(tmp_path)})


def hashes(world: World, database: str) -> list[str]:
    with closing(sqlite3.connect(world.folder / database)) as connection:
        found = connection.execute("SELECT hash FROM atlas_schema_revisions ORDER BY version")
        return [value for (value,) in found]


def test_each_target_gets_the_files_that_are_rendered_for_it(world: World) -> None:
    answer = world("migrate", "apply", "--env", "all", "--format", "{{ json . }}")
    documents = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.code, answer.err) == (0, "")
    assert [len(document["Applied"]) for document in documents] == [2, 2]
    assert documents[0]["Dir"] != documents[1]["Dir"]
    assert (world.tables("a.db"), world.tables("b.db")) == (["alpha"], ["beta"])
    assert "".join(world("migrate", "show", "2", "--env", "b").out) == "SELECT 1;\n"


def test_sums_are_those_of_the_rendered_files(world: World) -> None:
    world("migrate", "apply", "--env", "all")
    (world.folder / "rendered").mkdir()
    for name in ("1_table.sql", "2_rows.sql"):
        (world.folder / "rendered" / name).write_text(world("migrate", "show", name, "--env", "a").out)
    world("migrate", "hash", "--dir", "file://rendered")
    sums = (world.folder / "rendered" / "atlas.sum").read_text().splitlines()[1:]
    assert hashes(world, "a.db") == [line.rpartition(" h1:")[2] for line in sums]
    assert hashes(world, "a.db") != hashes(world, "b.db")


def test_every_command_of_an_env_reads_its_rendering(world: World) -> None:
    assert world("migrate", "apply", "--env", "a").code == 0
    assert "Status: OK" in world("migrate", "status", "--env", "a").out
    assert "PASS" in world("migrate", "test", "--env", "a", "migrate.test.hcl").out
    assert "analyzing version 2" in world("migrate", "lint", "--env", "a", "--latest", "1").out
    down = world("migrate", "down", "--env", "a", "--to-version", "1", "--auto-approve")
    assert down.code == 0, down
    assert "Pending Files:   1" in world("migrate", "status", "--env", "a").out


def test_a_push_stores_the_rendered_files_and_no_templates(world: World) -> None:
    with serving(DataOptions(world.folder / "data")) as served:
        environ = {**world.environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token}
        here = World(world.folder, environ)
        assert here("migrate", "push", "tenants:a", "--env", "a").code == 0
        pulled = served.pull("atlas://tenants?tag=a")
    assert [entry.name for entry in pulled.entries] == ["atlas.sum", "1_table.sql", "2_rows.sql"]
    assert b"CREATE TABLE alpha" in pulled.entries[1].content


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT 1;\nSELECT {{ .Title }};\n", '3_bad.sql:2:10: executing "3_bad.sql" at <.Title>'),
        ('SELECT 1;\n{{ template "shared/none" }}\n', 'template "shared/none" not defined'),
        ("SELECT 1;\n{{ if }}\n", "3_bad.sql:2: "),
        ("{{ .Name.First }}", "can't evaluate field First in type string"),
    ],
)
@pytest.mark.parametrize("command", ["apply", "status", "lint", "validate", "new", "hash"])
def test_a_template_that_cannot_be_rendered_stops_every_command_before_anything_is_written(
    world: World, command: str, text: str, place: str
) -> None:
    (world.folder / "migrations" / "3_bad.sql").write_text(text)
    before = world.files()
    answer = world("migrate", command, "--env", "all" if command == "apply" else "a")
    assert (answer.code, answer.out) == (1, "")
    assert "atlas.hcl:5:1: data.template_dir.m: template: 3_bad.sql:" in answer.err
    assert place in answer.err
    assert world.files() == before
    assert list(world.folder.glob("*.db")) == []
