"""hcl_schema, composite_schema, and the sources that name what is in the registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.errors import AtlasError, PolicyRefused, Unsupported
from atlas.project.data import MadeComposite, MadeSchema

from tests.unit.sources.data_files import project_with, value_of


def test_hcl_files_are_kept_with_their_variables(tmp_path: Path) -> None:
    (tmp_path / "a.hcl").write_text('schema "main" {}')
    (tmp_path / "b.hcl").write_text("# b")
    text = """
    data "hcl_schema" "app" {
      paths = ["a.hcl", "b.hcl"]
      vars  = { tenant = "x", size = 3, names = ["p", "q"] }
    }
    env "e" { src = data.hcl_schema.app.url }
    """
    project = project_with(text, tmp_path)
    assert project.env is not None
    found = project.memory.find(project.env.src[0])
    assert isinstance(found, MadeSchema)
    assert [text for _, text in found.files] == ['schema "main" {}', "# b"]
    assert found.variables == {"tenant": "x", "size": "3", "names": ["p", "q"]}


def test_a_folder_of_hcl_files_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.hcl", "a.hcl", "c.sql"):
        (tmp_path / name).write_text(f"# {name}")
    text = 'data "hcl_schema" "app" { path = "." }\nenv "e" { src = data.hcl_schema.app.url }'
    project = project_with(text, tmp_path)
    assert project.env is not None
    found = project.memory.find(project.env.src[0])
    assert isinstance(found, MadeSchema)
    assert [text for _, text in found.files] == ["# a.hcl", "# b.hcl"]


def test_parts_of_a_composite_schema_keep_their_order_and_their_schemas(tmp_path: Path) -> None:
    text = """
    data "composite_schema" "app" {
      schema "inventory" { url = "file://types.sql" }
      schema "auth" { url = ["file://a.hcl", "file://b.hcl"] }
      schema "inventory" { url = "file://tables.sql" }
      schema { url = "file://rest.sql" }
    }
    env "e" { src = data.composite_schema.app.url }
    """
    project = project_with(text, tmp_path)
    assert project.env is not None
    found = project.memory.find(project.env.src[0])
    assert isinstance(found, MadeComposite)
    assert found.parts == (
        ("inventory", ("file://types.sql",)),
        ("auth", ("file://a.hcl", "file://b.hcl")),
        ("inventory", ("file://tables.sql",)),
        ("", ("file://rest.sql",)),
    )


@pytest.mark.parametrize(
    ("block", "url"),
    [
        ('data "remote_dir" "d" { name = "app" }', "atlas://app"),
        ('data "remote_dir" "d" {\n name = "app"\n tag = "v 1"\n}', "atlas://app?tag=v%201"),
        ('data "remote_schema" "d" {\n name = "app"\n tag = ""\n}', "atlas://app"),
    ],
)
def test_what_is_in_the_registry_is_named_and_not_asked_for(block: str, url: str, tmp_path: Path) -> None:
    assert value_of(block, tmp_path) == {"url": url}


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('data "hcl_schema" "a" {}', 'one of "path" and "paths" is required'),
        ('data "hcl_schema" "a" { path = "no.hcl" }', "no.hcl: no such file or directory"),
        ('data "composite_schema" "a" {}', "at least one block is required"),
        ('data "composite_schema" "a" {\n schema "x" {}\n}', 'a part is written schema "name"'),
        ('data "composite_schema" "a" {\n schema "x" { src = "y" }\n}', 'attribute "src" is not supported'),
        ('data "composite_schema" "a" { schemas = [] }', 'attribute "schemas" is not supported'),
        ('data "remote_dir" "a" {}', 'attribute "name" is required'),
        ('data "external" "a" { program = [] }', '"program" is empty'),
        ('data "aws_rds_token" "a" {\n endpoint = "h"\n username = "u"\n}', '"endpoint" has no port'),
        ('data "blob_dir" "a" { url = "gs://b/x" }', 'buckets of scheme "gs" are not supported'),
    ],
)
def test_what_a_block_lacks_is_named(block: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as raised:
        value_of(block, tmp_path)
    assert message in str(raised.value)


@pytest.mark.parametrize("type_", ["external", "external_schema"])
def test_a_program_is_refused_with_the_two_ways_to_allow_it(type_: str, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    with pytest.raises(PolicyRefused) as raised:
        value_of(f'data "{type_}" "a" {{ program = ["touch", "{marker}"] }}', tmp_path)
    assert "give --allow-programs, or set ATLAS_ALLOW_PROGRAMS=1" in str(raised.value)
    assert not marker.exists()


def test_a_token_of_azure_is_refused_with_the_way_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match='"az", "account", "get-access-token"'):
        value_of('data "azure_db_token" "a" {}', tmp_path)
