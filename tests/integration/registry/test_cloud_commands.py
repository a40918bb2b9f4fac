"""``atlas cloud database`` and ``migration``, and the pages of ``repo list``, from outside."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import A, Served
from tests.integration.registry.reports import ONE, SET, asked, report, report_set

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def member(tmp_path: Path, anywhere: Served) -> Shell:
    """Somebody whose token is in the environment, and may only read, in a registry that was told of five runs."""
    anywhere.push(A, "app")
    asked(anywhere, ONE, **report(1))
    asked(anywhere, ONE, **report(2, error='near "TABEL": syntax error', currentVersion=""))
    asked(anywhere, ONE, **report(3, dryRun=True, envName="staging"))
    asked(anywhere, ONE, **report(1, files=[], endTime="2026-01-03T00:00:00Z"))
    failed = report(10, error="duplicate column name: x", currentVersion="")
    asked(anywhere, SET, **report_set(*(report(number) for number in range(4, 10)), failed))
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    reader = anywhere.seen_by("acme", scope="read")
    return Shell(tmp_path, {**environ, "ATLAS_CLOUD_URL": reader.url, "ATLAS_TOKEN": reader.token})


def document(member: Shell, *words: str) -> Any:
    return json.loads(member.ok("cloud", *words, "--format", "{{ json . }}"))


def ids(member: Shell, *words: str) -> list[int]:
    return [one["ID"] for one in document(member, "migration", "list", *words)["Migrations"]]


def test_deployments_are_a_table(member: Shell) -> None:
    assert member.ok("cloud", "migration", "list") == (
        "ID  REPO  TYPE                 ENV      DATABASE         TARGETS  VERSION  STATUS\n"
        "5   app   MIGRATION_DIRECTORY  prod     (multiple)       6/7      1        FAILED\n"
        "4   app   MIGRATION_DIRECTORY  prod     tenant_1.public  1/1      1        NO_ACTION\n"
        "3   app   MIGRATION_DIRECTORY  staging  tenant_3.public  1/1      1        DRY_RUN\n"
        "2   app   MIGRATION_DIRECTORY  prod     tenant_2.public  0/1      1        FAILED\n"
        "1   app   MIGRATION_DIRECTORY  prod     tenant_1.public  1/1      1        PASSED\n"
        "--------------------------------\n"
        "Page: 1  Page Size: 20  Total: 5\n"
    )


def test_deployments_are_narrowed_by_flags(member: Shell) -> None:
    assert ids(member, "--status", "FAILED") == [5, 2]
    assert ids(member, "--status", "failed", "--status", "DRY_RUN") == [5, 3, 2]
    assert ids(member, "--status", "PASSED,NO_ACTION") == [4, 1]
    assert ids(member, "--env-name", "staging") == [3]
    assert ids(member, "--name", "Tenant_1") == [5, 4, 1]
    assert ids(member, "--repo", "app", "--page", "2", "--page-size", "2") == [3, 2]
    assert ids(member, "--repo", "other") == []


def test_a_page_beyond_the_last_is_empty_and_counts_all(member: Shell) -> None:
    assert document(member, "migration", "list", "--page", "9") == {
        "Migrations": [],
        "PageInfo": {"Page": 9, "PageSize": 20, "Total": 5},
    }
    assert member.ok("cloud", "database", "list", "--page", "9").splitlines()[-1] == (
        "Page: 9  Page Size: 20  Total: 9"
    )


def test_a_deployment_is_described_with_the_databases_it_had(member: Shell) -> None:
    lines = member.ok("cloud", "migration", "describe", "--id", "5").splitlines()
    assert lines[:9] == [
        "ID            5",
        "Repo          app",
        "Type          MIGRATION_DIRECTORY",
        "Env           prod",
        "Database      (multiple)",
        "Targets       6/7",
        "Version       1",
        "Status        FAILED",
        "Completed At  2026-01-02T12:01:00Z",
    ]
    assert lines[10:12] == [
        "DATABASE          ENV   VERSION  STATUS",
        "tenant_4.public   prod  1        PASSED",
    ]
    assert lines[-3:] == [
        "tenant_10.public  prod  -        FAILED",
        "",
        "Error: tenant_10.public: duplicate column name: x",
    ]


def test_the_error_of_a_single_database_is_told_once(member: Shell) -> None:
    text = member.ok("cloud", "migration", "describe", "--id", "2")
    assert text.endswith('Completed At  2026-01-01T10:00:02Z\n\nError: near "TABEL": syntax error\n')
    described = document(member, "migration", "describe", "--id", "2")
    assert described["Targets"] == {"Succeeded": 0, "Total": 1}
    assert [one["Error"] for one in described["Databases"]] == ['near "TABEL": syntax error']


def test_databases_are_a_table(member: Shell) -> None:
    assert member.ok("cloud", "database", "list", "--page-size", "2") == (
        "ID  REPO  NAME             ENV   STATUS  CURRENT VERSION  LAST DEPLOYMENT\n"
        "1   app   tenant_1.public  prod  SYNCED  1                2026-01-03T00:00:00Z\n"
        "2   app   tenant_2.public  prod  FAILED  -                2026-01-01T10:00:02Z\n"
        "--------------------------------\n"
        "Page: 1  Page Size: 2  Total: 9\n"
    )
    assert document(member, "database", "list", "--env-name", "staging")["Databases"] == []
    assert document(member, "database", "list", "--repo", "app")["PageInfo"]["Total"] == 9


def test_a_database_is_described(member: Shell) -> None:
    text = member.ok("cloud", "database", "describe", "--id", "1")
    assert text.splitlines() == [
        "ID               1",
        "Ext ID           uuid-1",
        "Repo             app",
        "Name             tenant_1.public",
        "Env              prod",
        "Status           SYNCED",
        "Current Version  1",
        "Last Deployment  2026-01-03T00:00:00Z",
    ]
    assert member.ok("cloud", "database", "describe", "--ext-id", "uuid-1") == text
    assert document(member, "database", "describe", "--id", "2") == {
        "ID": 2,
        "ExtID": "uuid-2",
        "RepoName": "app",
        "Name": "tenant_2.public",
        "EnvName": "prod",
        "Status": "FAILED",
        "CurrentVersion": "",
        "LastDeploymentTime": "2026-01-01T10:00:02.500000Z",
    }


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("database describe --id 99", "database not found"),
        ("database describe --ext-id 99", "database not found"),
        ("database describe --id 999999999999999", "database not found"),
        ("database describe", "at least one of the flags in the group [id ext-id] is required"),
        (
            "database describe --id 1 --ext-id uuid-1",
            "if any flags in the group [id ext-id] are set none of the others can be; [id ext-id] were all set",
        ),
        ("database describe --id one", 'invalid argument "one" for "--id" flag: expected a number'),
        ("migration describe --id 99", "migration not found"),
        ("migration describe --id 0", "variable.input.id must be a positive number"),
        ("migration describe --id " + "9" * 5000, 'for "--id" flag: expected a number'),
        ("migration describe", 'required flag(s) "id" not set'),
        (
            "migration list --status GREEN",
            'invalid --status value "GREEN": expected one of PASSED, FAILED, NO_ACTION, DRY_RUN',
        ),
        ("migration list --page 0", 'invalid argument "0" for "--page" flag: expected a number from 1'),
        ("migration list --page-size -1", 'for "--page-size" flag: expected a number from 1'),
        ("repo describe --id 1 --name app", "[id name] were all set"),
        ("repo describe --name nothing", "repository not found"),
        ("repo create --name x --driver sqlite --type s", "may read and report, but not push"),
    ],
)
def test_what_cannot_be_answered_is_said(member: Shell, words: str, complaint: str) -> None:
    answer = member("cloud", *words.split())
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: ")
    assert complaint in answer.err


@pytest.mark.parametrize("word", ["lingraph", "secgraph"])
def test_graphs_are_refused_by_name(member: Shell, word: str) -> None:
    answer = member("cloud", "repo", word, "--slug", "app")
    assert (answer.code, answer.out) == (3, "")
    assert f"'atlas cloud repo {word}' is not supported by this version" in answer.err


@pytest.mark.parametrize(
    "words",
    ["database list", "database describe --id 1", "migration list", "migration describe --id 1", "repo list"],
)
def test_without_a_login_clients_are_told_the_words_they_know(member: Shell, words: str) -> None:
    answer = member("cloud", *words.split(), ATLAS_TOKEN="")
    assert (answer.code, answer.err) == (1, "Error: command requires 'atlas login'\n")


def test_eighteen_repositories_come_six_a_page(tmp_path: Path, served: Served) -> None:
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    owner = Shell(tmp_path, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})
    create = "mutation($input: I) { createRepo(input: $input) { slug } }"
    for name in ("payments", "inventory", "billing", *(f"more_{number}" for number in range(15))):
        kind = "SCHEMA" if name == "inventory" else "MIGRATION_DIRECTORY"
        asked(served, create, name=name, type=kind, driver="POSTGRESQL")
    assert owner.ok("cloud", "repo", "list", "--page-size", "6") == (
        "                                ────── DATABASES ──────\n"
        "SLUG       TYPE                 SYNCED  FAILED  PENDING\n"
        "payments   MIGRATION_DIRECTORY  0       0       0\n"
        "inventory  SCHEMA               0       0       0\n"
        "billing    MIGRATION_DIRECTORY  0       0       0\n"
        "more_0     MIGRATION_DIRECTORY  0       0       0\n"
        "more_1     MIGRATION_DIRECTORY  0       0       0\n"
        "more_2     MIGRATION_DIRECTORY  0       0       0\n"
        "--------------------------------\n"
        "Page: 1  Page Size: 6  Total: 18\n"
    )
    last = owner.ok("cloud", "repo", "list", "--page-size", "6", "--page", "3").splitlines()
    assert (len(last), last[-1]) == (10, "Page: 3  Page Size: 6  Total: 18")


def test_a_repository_that_is_skipped_stays_as_it_is(tmp_path: Path, served: Served) -> None:
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    owner = Shell(tmp_path, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})
    create = ("cloud", "repo", "create", "--name", "app", "--type", "schema", "--driver")
    made = owner.ok(*create, "postgres")
    same = owner(*create, "postgresql", "--skip-if-exists")
    assert (same.code, same.out, same.err) == (0, made, 'Repository "app" already exists, skipping.\n')
    other = owner(*create, "mysql", "--skip-if-exists")
    assert (other.code, other.out) == (0, made)
    assert other.err == 'Repository "app" already exists with driver postgres, skipping.\n'
    directory = owner.ok(
        "cloud", "repo", "create", "--name", "app", "--type", "m", "--driver", "mysql", "--skip-if-exists"
    )
    assert "MIGRATION_DIRECTORY" in directory
    described = owner.ok("cloud", "repo", "describe", "--slug", "app").split("\n\n")
    assert [text.splitlines()[2].split()[-1] for text in described] == ["SCHEMA", "MIGRATION_DIRECTORY"]
