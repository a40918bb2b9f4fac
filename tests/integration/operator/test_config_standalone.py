"""Project files of resources over a folder of manifests: the whole operator, its own adapters, real SQLite files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.operator.config_desk import ALLOW, CANARY, ConfigDesk, env

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> ConfigDesk:
    return ConfigDesk(tmp_path)


def test_a_project_file_is_evaluated_only_with_the_flag_or_its_variable(desk: ConfigDesk) -> None:
    text = env(f'url = "{desk.url("shop")}"')
    assert 'install the operator with "--set allowCustomConfig=true"' in desk.project(text)
    assert desk.tables("shop") == set()
    assert 'install the operator with "--set allowCustomConfig=true"' in desk.once(ALLOW_CUSTOM_CONFIG="yes")
    assert "Applied" in desk.once(ALLOW_CUSTOM_CONFIG="true")
    assert "a" in desk.tables("shop")


def test_files_beside_the_manifests_and_values_of_a_database_complete_a_resource(desk: ConfigDesk) -> None:
    desk.make("names", "CREATE TABLE names (name); INSERT INTO names VALUES ('shop');")
    templates = desk.manifests / "templates"
    templates.mkdir(parents=True)
    (templates / "1_t.sql").write_text("CREATE TABLE {{ .table }} (id integer PRIMARY KEY);")
    (desk.manifests / "name.txt").write_text("of_template")
    text = env(
        f"""
        url = "sqlite://{desk.folder}/${{data.sql.name.value}}.db"
        migration {{
          dir = data.template_dir.made.url
        }}
        """,
        f"""
        data "sql" "name" {{
          url   = "{desk.url("names")}"
          query = "SELECT name FROM names"
        }}
        data "template_dir" "made" {{
          path = "templates"
          vars = {{ table = trimspace(file("name.txt")) }}
        }}
        """,
    )
    assert "Applied" in desk.project(text, ALLOW, dir={})
    assert "of_template" in desk.tables("shop")


def test_a_schema_of_a_file_with_the_variables_of_the_spec(desk: ConfigDesk) -> None:
    desk.manifests.mkdir()
    (desk.manifests / "app.hcl").write_text(
        'variable "name" { type = string }\n'
        'schema "main" {}\n'
        'table "t" {\n schema = schema.main\n name = var.name\n column "id" { type = int }\n}\n'
    )
    text = env(
        f'url = "{desk.url("shop")}"\nsrc = data.hcl_schema.app.url',
        'variable "table" { type = string }\n'
        'data "hcl_schema" "app" {\n path = "app.hcl"\n vars = { name = var.table }\n}',
    )
    printed = desk.project(text, ALLOW, kind="AtlasSchema", vars=[{"key": "table", "value": "by_variable"}])
    assert "Applied" in printed
    assert desk.tables("shop") == {"by_variable"}


def test_getenv_says_nothing_of_the_operator(desk: ConfigDesk) -> None:
    text = env(f'url = "sqlite://{desk.folder}/of${{getenv("ATLAS_TOKEN")}}${{getenv("HOME")}}.db"')
    assert CANARY not in desk.project(text, ALLOW)
    assert "a" in desk.tables("of")


def test_a_program_is_not_run(desk: ConfigDesk) -> None:
    mark = desk.folder / "ran"
    text = env("url = data.external.x", f'data "external" "x" {{ program = ["touch", "{mark}"] }}')
    printed = desk.project(text, ALLOW)
    assert "runs a program, and an operator runs none" in printed
    assert not mark.exists()


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ('url = "sqlite://{outside}/x.db"', ""),
        ('url = file("{outside}/secret")', ""),
        ('url = file("{inside}/link")', ""),
        ('url = join("", fileset("{outside}/*"))', ""),
        ('url = "{url}"\n migration {{ dir = "file://{outside}" }}', ""),
        ("url = tostring(data.runtimevar.x)", 'data "runtimevar" "x" {{ url = "file://{outside}/secret" }}'),
        ("url = data.sql.x.value", 'data "sql" "x" {{\n url = "sqlite://{outside}/x.db"\n query = "SELECT 1"\n}}'),
        (
            "url = data.sql.x.value",
            'data "sql" "x" {{\n url = "sqlite://{inside}/x.db"\n query = "ATTACH \'{outside}/x.db\' AS x"\n}}',
        ),
        (
            'url = "{url}"\n migration {{ dir = data.template_dir.x.url }}',
            'data "template_dir" "x" {{ path = "{inside}/folder" }}',
        ),
    ],
)  # fmt: skip
def test_nothing_is_read_outside_the_allowed_folder(desk: ConfigDesk, body: str, more: str) -> None:
    inside, outside = desk.folder / "inside", desk.folder / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        with closing(sqlite3.connect(folder / "x.db")) as connection, connection:
            connection.execute("CREATE TABLE t (id)")
    (outside / "secret").write_text(CANARY)
    (outside / "1_a.sql").write_text("CREATE TABLE a (id integer);")
    (inside / "link").symlink_to(outside / "secret")
    (inside / "folder").symlink_to(outside)
    words = {"inside": inside, "outside": outside, "url": f"sqlite://{inside}/target.db"}
    text = _filled(env(body, more), words)
    printed = desk.project(text, ALLOW, "--allow-path", str(inside), dir={})
    assert CANARY not in printed
    refusals = ("outside the folders that this operator allows", "not authorized")
    assert any(refusal in printed for refusal in refusals), printed
    assert not (inside / "target.db").exists()
    assert desk.status("shop")["conditions"][0]["status"] == "False"


def _filled(text: str, words: dict[str, Any]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text.replace("{{", "{").replace("}}", "}")
