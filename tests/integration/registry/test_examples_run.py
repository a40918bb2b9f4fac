"""Examples of the help are run as they stand, in a folder that has what they speak of."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from atlas.cli.commands.table import COMMANDS
from atlas.cli.flags.parser import Parser, add_project_flags

from tests.howto import run_commands
from tests.integration.registry.conftest import Served, serving
from tests.integration.registry.reports import ONE, asked, report

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = """
env {
  name = atlas.env
  url  = "sqlite://app.db"
  dev  = "sqlite://dev?mode=memory"
  schema {
    src = "file://schema.sql"
    repo {
      name = "app"
    }
  }
  migration {
    dir = "file://migrations"
    repo {
      name = "app"
    }
  }
  test {
    schema {
      src = ["schema.test.hcl"]
    }
    migrate {
      src = ["migrate.test.hcl"]
    }
  }
}
"""
CASES = 'test "%s" "seed" {\n  exec {\n    sql    = "SELECT 1"\n    output = "1"\n  }\n}\n'
FILES = {
    "atlas.hcl": PROJECT,
    "schema.sql": "CREATE TABLE users (id integer PRIMARY KEY, name text);\n",
    "schema.hcl": 'schema "main" {\n}\ntable "users" {\n schema = schema.main\n column "id" {\n type = integer\n }\n}\n',
    "schema.test.hcl": CASES % "schema",
    "migrate.test.hcl": CASES % "migrate",
    "plan.test.hcl": CASES % "plan",
    "migrations/20240101000000_one.sql": "CREATE TABLE one (id integer);\n",
    "migrations/20240102000000_two.sql": "CREATE TABLE two (id integer);\n",
}
PREPARED = """
git init -q -b main . && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m files
atlas migrate hash
atlas registry token create --data ./registry --project acme --name one > /dev/null
atlas registry token create --data ./registry --project acme --name two > /dev/null
atlas registry token create --data ./registry --project acme --name three > /dev/null
mkdir -p ~/.local/share/bash-completion/completions manifests
"""
PUSHED = """
atlas migrate push app:v1 --env ci
atlas schema push app --env local
atlas cloud repo create --type migration_directory --name payments --driver mysql
"""
"""Once for all of them: the registry is theirs together."""
PLANNED = "atlas schema plan --env local --name %s --save --auto-approve"
BACKED_UP = (
    """sed -i 's|name = "app"|name = "shop"\\nbackup = ["file:///srv/backup"]|' atlas.hcl"""
    " && atlas migrate push shop --env prod"
)
OF_GOOSE = (
    "rm -r migrations && mkdir -p db/migrations"
    " && printf '%s\\n' '-- +goose Up' 'CREATE TABLE one (id integer);' > db/migrations/00001_one.sql"
)
OF_USERS = "mv migrations/20240101000000_one.sql migrations/20240101000000_users.sql && atlas migrate hash"
BEFORE = {
    "atlas backup ": BACKED_UP,
    "atlas migrate edit": OF_USERS,
    "atlas migrate import": OF_GOOSE,
    "atlas migrate rebase": OF_USERS,
    "atlas migrate down --env local --to-version": "atlas migrate apply --env local",
    "atlas schema plan approve": f"{PLANNED % 'add_users'} --push --pending",
    "atlas schema plan pull": f"{PLANNED % 'add_users'} --push --pending",
    "atlas schema plan rm": f"{PLANNED % 'add_users'} --push --pending",
    "atlas schema plan lint": PLANNED % "20240101000000",
    "atlas schema plan push": PLANNED % "20240101000000",
    "atlas schema plan validate": PLANNED % "20240101000000",
    "atlas schema plan test": PLANNED % "20240101000000",
}
"""What has to be there for an example."""
PLACES = {
    "/srv/backup": "{folder}/backup",
    "s3://backups/atlas?region=us-east-1": "file://{folder}/bucket",
    "--data /var/lib/atlas": "--data ./registry",
    "--data /data": "--data ./registry",
    "https://registry.example --token aci_…": "{url} --token {token}",
}
"""What stands for places of a machine that tests must not touch."""
ELSEWHERE = {
    "atlas completion ": "in the shells that they are for",
    "source <(atlas completion ": "in the shells that they are for",
    "atlas login ": "at a port that another process may have",
    "atlas registry import --data ./registry --from https://other.example": "at a registry of another make, as test_import_by_asking has one",
    "atlas registry serve ": "it serves until it is stopped",
    "atlas operator make-secret": "it needs a cluster",
    "atlas operator run": "it needs a cluster, or manifests",
    "atlas schema apply --env local": "it asks a person",
}


def examples() -> Iterator[str]:
    for command in COMMANDS:
        parser = Parser(command.words, command.summary)
        add_project_flags(parser)
        import_module(command.module).define(parser)
        for example in parser.examples:
            if not any(example.line.startswith(start) for start in ELSEWHERE):
                yield example.line


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from atlas.server.run import DataOptions

    with serving(DataOptions(tmp_path_factory.mktemp("registry"))) as registry:
        yield registry


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, served: Served) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    run(PREPARED + PUSHED, folder, served)
    asked(served, ONE, **report(1, error="no such table"))
    return folder


def run(script: str, folder: Path, served: Served) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "ATLAS_CLOUD_URL": served.url,
        "ATLAS_TOKEN": served.token,
        "EDITOR": "true",
    }
    for place, ours in PLACES.items():
        script = script.replace(place, ours.format(folder=folder, url=served.url, token=served.token))
    run_commands(script, folder, environ)


@pytest.mark.parametrize("line", list(examples()), ids=str)
def test_the_example_runs(line: str, prepared: Path, served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(prepared, folder)
    for start, command in BEFORE.items():
        if line.startswith(start):
            run(command, folder, served)
    run(line, folder, served)
