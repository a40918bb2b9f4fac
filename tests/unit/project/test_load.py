"""What a project file says about an environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.errors import ParseError, SpecError, Unsupported
from atlas.hcl.functions import hcl_functions
from atlas.hcl.locals import CyclicReference
from atlas.project import CloudSettings, Project, load

SEED = sorted((Path(__file__).parents[2] / "seed" / "blocks").glob("*.hcl"))


def project_of(
    text: str, env_name: str | None = "e", *, variables: dict[str, str | list[str]] | None = None
) -> Project:
    functions = hcl_functions({"DATABASE_URL": "sqlite://f.db"}, None)
    return load([("atlas.hcl", text)], env_name=env_name, variables=variables or {}, functions=functions)


@pytest.mark.parametrize("path", SEED, ids=lambda path: path.name)
def test_the_first_document_loads_unchanged(path: Path) -> None:
    text = path.read_text()

    env = project_of(text, "prod" if '"prod"' in text else "local").env

    assert env is not None
    assert {env.migration.repo_name, env.schema.repo_name} & {"myapp", "app"}
    assert len(env.migration.backup + env.schema.backup) == text.count("s3://")


def test_settings_of_an_environment_are_read() -> None:
    env = project_of(
        """
        variable "dir" {
          type    = string
          default = "migrations"
        }
        locals {
          dir = "file://${var.dir}"
        }
        atlas {
          cloud {
            token = "aci_x"
            url   = "http://127.0.0.1:8080/query"
          }
        }
        env {
          name    = atlas.env
          url     = getenv("DATABASE_URL")
          schemas = ["public"]
          tenant  = upper("a")
          tx_mode = "file"
          migration {
            dir        = local.dir
            exec_order = LINEAR_SKIP
          }
          format {
            migrate {
              apply = "{{ json . }}"
            }
          }
          lint {
            review = WHATEVER
          }
        }
        """
    ).env

    assert env is not None
    assert (env.name, env.url, env.schemas, env.tx_mode) == ("e", "sqlite://f.db", ("public",), "file")
    assert (env.migration.dir, env.migration.exec_order) == ("file://migrations", "linear-skip")
    assert env.formats == {"migrate apply": "{{ json . }}"}
    assert env.attributes == {"tenant": "A"}
    assert [block.type for block in env.blocks] == ["lint"]


def test_without_an_environment_only_the_cloud_is_read() -> None:
    project = project_of('atlas { cloud { token = "t" } }\nenv "e" { url = nope }\n', None)

    assert project == Project(cloud=CloudSettings(token="t"))


def test_the_token_and_urls_stay_out_of_repr() -> None:
    project = project_of('atlas { cloud { token = "aci_x" } }\nenv "e" { url = "pg://u:secret@h" }\n')

    assert "aci_x" not in repr(project)
    assert "secret" not in repr(project)


def test_the_label_wins_and_other_environments_are_never_evaluated() -> None:
    env = project_of('env "e" { url = "a" }\nenv { name = atlas.env }\nenv "f" { url = data.sql.x }\n').env

    assert env is not None
    assert env.url == "a"


def test_passed_variables_take_the_declared_type() -> None:
    text = 'variable "s" { type = list(string) }\nvariable "n" { type = int }\nenv "e" {\n a = var.s\n b = var.n\n}\n'

    env = project_of(text, variables={"s": "one", "n": "2", "other": "ignored"}).env

    assert env is not None
    assert env.attributes == {"a": ["one"], "b": 2}


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ('env "f" {}', SpecError, 'env "e" not defined in config file: atlas.hcl has "f"'),
        (
            'env "e" {}\nenv "e" {}',
            SpecError,
            'multiple envs found for "e": atlas.hcl:1:1, atlas.hcl:2:1: expected one target, found 2: let for_each have one element, or give each block a label of its own',
        ),
        (
            'variable "x" {}\nenv "e" {}',
            SpecError,
            'atlas.hcl:1:1: missing value for required variable "x": expected --var x=VALUE, or a default in the block',
        ),
        (
            'env "e" { for_each = [] }',
            SpecError,
            'env "e" not defined in config file: its for_each at atlas.hcl:1:11 is empty, expected at least one element',
        ),
        (
            'data "sql" "x" {}\nenv "e" { url = data.sql.x.value }',
            Unsupported,
            'atlas.hcl:1:1: data source "sql" is not supported by this version',
        ),
        (
            'env "e" { url = shuffle([]) }',
            ParseError,
            'atlas.hcl:1:17: there is no function named "shuffle"',
        ),
        (
            'locals { a = local.b }\nlocals { b = local.a }\nenv "e" { url = local.a }',
            CyclicReference,
            'atlas.hcl:1:10: cyclic reference to "local.a"',
        ),
        (
            'env "e" { schemas = [1] }',
            ParseError,
            "atlas.hcl:1:11: schemas: a list of strings is required, found number",
        ),
        (
            'env "e" {\n migration {}\n migration {}\n}',
            ParseError,
            "atlas.hcl:3:2: there can be one migration block, the first is at atlas.hcl:2:2",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        project_of(text)

    assert type(caught.value) is error
    assert str(caught.value).split("\n")[0] == message


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ('migration {\n  exclude = ["x"]\n }', 'attribute "exclude"'),
        ('migration {\n  exec_ordr = "linear"\n }', 'attribute "exec_ordr"'),
        ('migration {\n  repo {\n  nam = "x"\n }\n }', 'attribute "nam"'),
        ('check "migrate_apply" {\n }', 'block "check"'),
    ],
)
def test_nothing_that_changes_a_run_is_passed_over(inside: str, what: str) -> None:
    with pytest.raises(Unsupported) as refused:
        load([("atlas.hcl", f'env "x" {{\n {inside}\n}}\n')], env_name="x", variables={})
    assert what in str(refused.value)
    assert str(refused.value).startswith("atlas.hcl:")


def test_to_version_is_read() -> None:
    text = 'env "x" {\n migration {\n to_version = "3"\n }\n}\n'
    env = load([("atlas.hcl", text)], env_name="x", variables={}).env
    assert env is not None
    assert env.migration.to_version == "3"


def test_a_check_beside_the_env_is_not_passed_over() -> None:
    with pytest.raises(Unsupported, match='block "check"'):
        project_of('check "migrate_apply" {\n}\nenv "e" {\n}\n')
