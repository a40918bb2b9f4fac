"""The data source template_dir: files of a folder as templates, rendered into a directory in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.errors import AtlasError
from atlas.project.data import MadeDirectory

from tests.unit.sources.data_files import project_with

BLOCK = """
data "template_dir" "m" {
  path = "migrations"
  %s
}
env "e" {
  migration {
    dir = data.template_dir.m.url
  }
}
"""


def made(folder: Path, more: str = "") -> dict[str, str]:
    project = project_with(BLOCK % more, folder)
    assert project.env is not None
    found = project.memory.find(project.env.migration.dir)
    assert isinstance(found, MadeDirectory)
    return {name: content.decode() for name, content in found.files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "migrations" / "shared").mkdir(parents=True)
    (tmp_path / "migrations" / "1.sql").write_text('{{ template "shared/t" .Env }} {{ .Seed }};')
    (tmp_path / "migrations" / "2.sql").write_text("{{ range .Names }}{{ . }};{{ end }}")
    (tmp_path / "migrations" / "shared" / "t.tmpl").write_text('{{ define "shared/t" }}t_{{ . }}{{ end }}')
    (tmp_path / "migrations" / "shared" / "not_a_migration.sql").write_text("SELECT 1;")
    (tmp_path / "migrations" / "atlas.sum").write_text("h1:of the templates\n")
    return tmp_path


VARS = 'vars = { Env = "dev", Seed = 1000, Names = ["a", "b"] }'


def test_files_at_the_top_are_rendered_with_templates_of_folders_below(folder: Path) -> None:
    assert made(folder, VARS) == {"1.sql": "t_dev 1000;", "2.sql": "a;b;"}


def test_numbers_are_floats_as_in_the_go_tools(folder: Path) -> None:
    (folder / "migrations" / "1.sql").write_text('{{ .Seed }} {{ printf "%.0f" .Seed }}')
    assert made(folder, VARS.replace("1000", "2000000"))["1.sql"] == "2e+06 2000000"


def test_a_variable_that_is_missing_is_an_error_at_its_place(folder: Path) -> None:
    with pytest.raises(AtlasError) as raised:
        made(folder, 'vars = { Env = "dev", Names = [] }')
    assert str(raised.value).startswith(
        'atlas.hcl:2:1: data.template_dir.m: template: 1.sql:1:34: executing "1.sql" at <.Seed>: '
        'map has no entry for key "Seed"'
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('vars = ["a"]', '"vars" is no object: expected vars = { name = value }'),
        ("vars = { Env = {} }", "vars.Env: expected a string, a number, a bool or a list of them"),
        ('colour = "red"', 'attribute "colour" is not supported'),
    ],
)
def test_variables_of_other_types_are_refused(more: str, message: str, folder: Path) -> None:
    with pytest.raises(AtlasError, match=message.replace("{", r"\{")):
        made(folder, more)


def test_a_path_that_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match='path "migrations" is not a directory'):
        made(tmp_path)
