"""remote_dir, remote_schema and cloud_databases against a real registry, through the real command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from atlas.server.run import DataOptions
from atlas.wire.archive import Entry

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import Served, directory, serving
from tests.integration.sources.conftest import Evaluation

ONE = ("1_one.sql", "CREATE TABLE one (id integer);\n")
TWO = ("2_two.sql", "CREATE TABLE two (id integer);\n")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Served]:
    with serving(DataOptions(tmp_path / "data")) as served:
        yield served


def cloud(served: Served) -> str:
    return f'atlas {{\n  cloud {{\n    url   = "{served.url}/query"\n    token = "{served.token}"\n  }}\n}}\n'


def write_project(atlas: Shell, served: Served) -> None:
    (atlas.folder / "atlas.hcl").write_text(
        cloud(served)
        + """
        data "remote_dir" "tagged" {
          name = "app"
          tag  = "v1"
        }
        data "remote_dir" "latest" {
          name = "app"
        }
        data "cloud_databases" "staging" {
          repo = "app"
          env  = "staging"
        }
        env "staging" {
          url = "sqlite://staging.db"
          migration {
            dir = data.remote_dir.tagged.url
          }
        }
        env "prod" {
          url = "sqlite://prod.db"
          migration {
            dir        = data.remote_dir.latest.url
            to_version = data.cloud_databases.staging.targets[0].current_version
          }
        }
        """
    )


def pushed(served: Served, *files: tuple[str, str], tag: str = "") -> tuple[Entry, ...]:
    entries = directory(*files)
    served.push(entries, tag=tag)
    return entries


def test_a_tagged_directory_is_applied_and_production_follows_staging(atlas: Shell, registry: Served) -> None:
    pushed(registry, ONE, tag="v1")
    pushed(registry, ONE, TWO)
    write_project(atlas, registry)
    staging = json.loads(atlas.ok("migrate", "apply", "--env", "staging", "--format", "{{ json . }}"))
    assert (staging["Dir"], staging["Target"]) == ("atlas://app?tag=v1", "1")
    prod = json.loads(atlas.ok("migrate", "apply", "--env", "prod", "--format", "{{ json . }}"))
    assert (prod["Dir"], prod["Target"]) == ("atlas://app", "1")
    assert [file["Name"] for file in prod["Applied"]] == ["1_one.sql"]


def test_what_the_registry_knows_of_databases_is_listed_by_environment(
    atlas: Shell, registry: Served
) -> None:
    pushed(registry, ONE, tag="v1")
    write_project(atlas, registry)
    atlas.ok("migrate", "apply", "--env", "staging")
    evaluate = Evaluation(atlas.folder, atlas.environ)
    block = cloud(registry) + 'data "cloud_databases" "d" {\n  repo = "app"\n  %s\n}'
    [target] = evaluate(block % 'env = "staging"', "data.cloud_databases.d.targets")
    assert (target["env"], target["status"], target["current_version"]) == ("staging", "SYNCED", "1")
    assert evaluate(block % "", "length(data.cloud_databases.d.targets)") == 1
    assert evaluate(block % 'env = "prod"', "data.cloud_databases.d.targets") == []


def test_more_databases_than_a_page_holds_are_all_listed(atlas: Shell, registry: Served) -> None:
    pushed(registry, ONE)
    report = "mutation($input: I) { reportMigration(input: $input) { url } }"
    for number in range(105):
        status, answer = registry.post(
            report,
            {
                "input": {
                    "projectName": "default",
                    "envName": "prod",
                    "dirName": "app",
                    "target": {"id": f"uuid-{number}", "schema": "main", "url": f"sqlite://{number}.db"},
                    "startTime": "2026-01-01T12:00:00Z",
                    "endTime": "2026-01-01T12:00:01Z",
                    "currentVersion": "1",
                    "toVersion": "1",
                    "files": [{"name": "1_one.sql"}],
                }
            },
        )
        assert (status, "errors" in answer) == (200, False), answer
    evaluate = Evaluation(atlas.folder, atlas.environ)
    block = cloud(registry) + 'data "cloud_databases" "d" {\n  repo = "app"\n}'
    found = evaluate(block, "data.cloud_databases.d.targets[*].id")
    assert sorted(found) == sorted(f"uuid-{number}" for number in range(105))


def test_a_schema_of_the_registry_is_a_desired_state(atlas: Shell, registry: Served) -> None:
    (atlas.folder / "s.sql").write_text("CREATE TABLE users (id integer);\n")
    text = cloud(registry) + 'data "remote_schema" "s" {\n  name = "shop"\n  tag  = "v1"\n}\n'
    (atlas.folder / "atlas.hcl").write_text(
        text
        + 'env "e" {\n  src = data.remote_schema.s.url\n  url = "sqlite://e.db"\n  dev = "sqlite://d?mode=memory"\n}\n'
    )
    atlas.ok("schema", "push", "shop", "--url", "file://s.sql", "--tag", "v1", "--env", "e")
    assert "CREATE TABLE `users`" in atlas.ok("schema", "apply", "--env", "e", "--auto-approve")


def test_without_a_registry_the_databases_of_one_cannot_be_asked_for(atlas: Shell) -> None:
    evaluate = Evaluation(atlas.folder, atlas.environ)
    answer = evaluate.answer('data "cloud_databases" "d" {\n  repo = "app"\n}', "data.cloud_databases.d")
    assert answer.code == 1
    assert "command requires 'atlas login'" in answer.err
