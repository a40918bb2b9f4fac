"""Which env blocks are meant, what ``for_each`` makes of them, and what a wrong file says, with its line."""

from __future__ import annotations

import pytest
from atlas.errors import AtlasError, ConnectFailed, ParseError, SpecError, Unsupported
from atlas.project import Project, load, load_all, load_cloud
from atlas.project.data import MadeDirectory, SourceCall


def all_of(text: str, env: str = "e", **more: object) -> tuple[Project, ...]:
    options: dict[str, object] = {"variables": {}, **more}
    return load_all([("atlas.hcl", text)], env_name=env, **options)  # type: ignore[arg-type]


def urls(text: str, env: str = "e", **more: object) -> list[str]:
    return [project.env.url for project in all_of(text, env, **more) if project.env]


@pytest.mark.parametrize(
    "name",
    [
        "atlas.env",
        '"${atlas.env}"',
        "upper(lower(atlas.env)) == atlas.env ? atlas.env : atlas.env",
        "[atlas.env][0]",
    ],
)
def test_a_block_without_a_label_is_meant_when_its_name_uses_the_one_asked_for(name: str) -> None:
    assert urls(f'env {{\n  name = {name}\n  url = "u"\n}}') == ["u"]


@pytest.mark.parametrize("name", ['"e"', "var.name"])
def test_a_block_without_a_label_and_with_a_fixed_name_is_not_meant(name: str) -> None:
    with pytest.raises(SpecError, match='env "e" not defined in config file'):
        all_of(f'variable "name" {{\n  default = "e"\n}}\nenv {{\n  name = {name}\n}}')


def test_the_order_of_targets_is_that_of_the_blocks_and_of_their_keys() -> None:
    text = """
    env "e" {
      for_each = { b = 2, a = 1 }
      url      = "${each.key}${each.value}"
    }
    env "e" {
      for_each = toset(["y", "x"])
      url      = each.value
    }
    env "e" {
      url = "last"
    }
    """

    assert urls(text) == ["a1", "b2", "x", "y", "last"]


@pytest.mark.parametrize("many", ["[]", "{}", "toset([])"])
def test_no_element_is_no_environment(many: str) -> None:
    with pytest.raises(SpecError, match='env "e" not defined in config file'):
        all_of(f'env "e" {{\n  for_each = {many}\n}}')


def test_one_target_is_asked_for_and_there_are_many() -> None:
    text = 'env "e" {\n  for_each = [1, 2]\n}\n'
    with pytest.raises(
        SpecError, match=r'multiple envs found for "e": atlas\.hcl:1:1: expected one target, found 2'
    ):
        load([("atlas.hcl", text)], env_name="e", variables={})


def test_a_data_source_is_read_once_and_only_where_it_is_needed() -> None:
    calls: list[str] = []

    def read(call: SourceCall) -> object:
        calls.append(call.name)
        return call.block.text("say")

    text = """
    data "echo" "used" {
      say = local.word
    }
    data "echo" "unused" {
      say = local.nothing
    }
    locals {
      word  = "hi"
      twice = "${data.echo.used} ${data.echo.used}"
    }
    env "e" {
      url = local.twice
      dev = data.echo.used
    }
    env "f" {
      url = data.echo.unused
    }
    """

    assert urls(text, sources={"echo": read}) == ["hi hi"]
    assert calls == ["used"]


def test_what_a_data_source_makes_is_found_by_its_url() -> None:
    made = MadeDirectory((("1.sql", b""),))

    def read(call: SourceCall) -> object:
        return {"url": call.memory.keep(made, call.name)}

    text = 'data "made" "m" {}\nenv "e" {\n  url = data.made.m.url\n}\n'
    (project,) = all_of(text, sources={"made": read})

    assert project.env is not None
    assert project.memory.find(f"{project.env.url}?format=atlas") == made


def test_the_registry_of_a_file_can_be_known_before_its_environments() -> None:
    text = 'atlas {\n  cloud {\n    token = var.t\n  }\n}\nenv "e" {\n  url = local.missing\n}\n'
    text += 'variable "t" {\n  default = "aci"\n}\n'

    cloud = load_cloud([("atlas.hcl", text)], env_name="e", variables={})

    assert cloud is not None
    assert cloud.token == "aci"


def test_files_are_one_project() -> None:
    files = [("a.hcl", 'env "e" {\n  url = local.u\n}\n'), ("b.hcl", 'locals {\n  u = "both"\n}\n')]

    project = load(files, env_name="e", variables={})

    assert project.env is not None
    assert project.env.url == "both"


def test_an_error_shows_the_line_of_the_file_that_it_is_in() -> None:
    files = [
        ("a.hcl", 'env "e" {\n  url = local.u\n}\n'),
        ("b.hcl", "# first\nlocals {\n\tu = missing.x\n}\n"),
    ]

    with pytest.raises(ParseError) as wrong:
        load(files, env_name="e", variables={})

    assert (
        str(wrong.value)
        == 'b.hcl:3:6: unknown variable "missing": expected one of atlas, data, local, var\n  \tu = missing.x\n  \t    ^'
    )


def refusing(_: SourceCall) -> object:
    raise ConnectFailed("the database does not answer")


@pytest.mark.parametrize(
    ("text", "kind", "first", "line"),
    [
        (
            'data "no" "x" {\n}\nenv "e" {\n  url = data.no.x\n}',
            ConnectFailed,
            "atlas.hcl:1:1: the database does not answer",
            'data "no" "x" {',
        ),
        (
            'data "x" "a" {\n}\nenv "e" {\n  url = data.x.a\n}',
            Unsupported,
            'atlas.hcl:1:1: data source "x" is not supported by this version: expected one of no, say',
            'data "x" "a" {',
        ),
        (
            'data "say" "a" {\n  word = data.say.a\n}\nenv "e" {\n  url = data.say.a\n}',
            ParseError,
            'atlas.hcl:1:1: cyclic reference to "data.say.a"',
            'data "say" "a" {',
        ),
        (
            'variable "a" {\n  default = local.b\n}\nlocals {\n  b = var.a\n}\nenv "e" {\n  url = local.b\n}',
            ParseError,
            'atlas.hcl:5:3: cyclic reference to "local.b"',
            "  b = var.a",
        ),
        (
            'data "say" {\n}\nenv "e" {\n}',
            ParseError,
            'atlas.hcl:1:1: a data block has two labels, as data "sql" "tenants"',
            'data "say" {',
        ),
        (
            'locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\nenv "e" {\n}',
            ParseError,
            'atlas.hcl:5:3: local "a" was already set at atlas.hcl:2:3',
            "  a = 2",
        ),
        (
            'env "e" {\n  for_each = "x"\n}',
            ParseError,
            "atlas.hcl:2:3: for_each: a set, map or list is required, found string: write toset([…])",
            '  for_each = "x"',
        ),
        (
            'lint {\n  for_each = ["x"]\n}\nenv "e" {\n}',
            ParseError,
            "atlas.hcl:2:3: for_each: expected in an env or data block, there is one lint of a kind",
            '  for_each = ["x"]',
        ),
        (
            'envs "e" {\n}\nenv "e" {\n}',
            Unsupported,
            (
                'atlas.hcl:1:1: block "envs" is not supported by this version: expected one of atlas, data, diff, env, '
                "lint, locals, test, variable"
            ),
            'envs "e" {',
        ),
        (
            'url = "x"\nenv "e" {\n}',
            ParseError,
            'atlas.hcl:1:1: attribute "url" stands outside of a block: expected it in an env or locals block',
            'url = "x"',
        ),
        (
            'atlas "x" {\n}\nenv "e" {\n}',
            ParseError,
            'atlas.hcl:1:1: an atlas block has no label, found "x"',
            'atlas "x" {',
        ),
        (
            'atlas {\n  cloud {\n    tokn = "x"\n  }\n}\nenv "e" {\n}',
            Unsupported,
            (
                'atlas.hcl:3:5: attribute "tokn" is not supported by this version here: expected one of org, project, '
                "token, url"
            ),
            '    tokn = "xxxxx"',
        ),
        (
            'env "e" {\n  schema {\n    mode {\n      roles = true\n    }\n  }\n}',
            Unsupported,
            (
                "atlas.hcl:4:7: schema.mode.roles = true is not supported by this version: schemas have no roles, users or "
                "permissions here; take it out, and grant in a migration file"
            ),
            "      roles = true",
        ),
        (
            'env "e" {\n  format {\n    migrate {\n      aply = "x"\n    }\n  }\n}',
            Unsupported,
            (
                'atlas.hcl:4:7: attribute "aply" is not supported by this version here: expected one of apply, diff, down, '
                "lint, status"
            ),
            '      aply = "x"',
        ),
        (
            'docker "postgres" "dev" {\n}\nenv "e" {\n  dev = docker.postgres.dev.url\n}',
            Unsupported,
            (
                'atlas.hcl:1:1: block "docker" is not supported by this version, which starts no containers: start the '
                "database yourself, and write its URL"
            ),
            'docker "postgres" "dev" {',
        ),
    ],
)
def test_a_wrong_file_says_where_and_shows_the_line(
    text: str, kind: type[AtlasError], first: str, line: str
) -> None:
    sources = {"no": refusing, "say": lambda call: call.block.text("word")}

    with pytest.raises(kind) as wrong:
        all_of(text, sources=sources)

    assert type(wrong.value) is kind or kind is ParseError
    lines = str(wrong.value).split("\n")
    column = int(first.split(":")[2])
    assert lines == [first, f"  {line}", f"  {' ' * (column - 1)}^"]


@pytest.mark.parametrize("block", ['check "migrate_apply" {\n}', 'hook "h" {\n}', 'deployment "d" {\n}'])
def test_what_guards_a_run_is_refused_where_there_is_something_to_run_on(block: str) -> None:
    text = f'{block}\nenv "e" {{\n}}\n'

    with pytest.raises(Unsupported, match=r"atlas\.hcl:1:1: block"):
        all_of(text)
    assert load([("atlas.hcl", text)], env_name=None, variables={}).env is None
