"""Project files of resources over fakes: what they cannot reach, what no message holds, and when they count as new."""

from __future__ import annotations

import pytest
from atlas.errors import ConnectFailed, Retry
from atlas.project.data import SourceCall
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Unchanged
from atlas.wire.contract import RegistryAddress

from tests.fakes.config_house import CANARY, FILES, OTHER, Allowing, env, migration, refused, resolved, var
from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, resource_with

# What it cannot reach.


@pytest.mark.parametrize("kind", ["external", "external_schema"])
def test_no_program_runs_whatever_the_operator_was_started_with(kind: str) -> None:
    world = Allowing()
    text = env(f"url = data.{kind}.x", f'data "{kind}" "x" {{ program = ["id"] }}')
    failed = refused(world, migration(text))
    assert (failed.reason, failed.retry) == ("PolicyRefused", Retry.NEVER)
    assert f"data.{kind}.x runs a program, and an operator runs none" in failed.message
    assert world.project.reads == []


def test_the_environment_of_the_operator_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_TOKEN", CANARY)
    text = env('url = "postgres://app:x@h/a${getenv("ATLAS_TOKEN")}z"')
    assert resolved(Allowing(), migration(text)).target.database == "az"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('"sql" "x" { url = "postgres://169.254.169.254/x" }', "link-local and metadata addresses"),
        ('"sql" "x" { url = "sqlite:///etc/x.db" }', "outside the folders"),
        ('"sql" "x" { url = "postgres:///x?host=/var/run" }', "unix sockets are refused"),
        ('"runtimevar" "x" { url = "http://169.254.169.254/latest" }', "link-local and metadata addresses"),
        (
            '"runtimevar" "x" { url = "https://metadata.google.internal/" }',
            "link-local and metadata addresses",
        ),
        ('"runtimevar" "x" { url = "file:///etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "http://10.0.0.1/" }', "asks a web server"),
        ('"runtimevar" "x" { url = "awssecretsmanager://x?endpoint=http://h" }', "an endpoint of its own"),
        ('"runtimevar" "x" { url = "FILE:///etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = " file:///etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "file:///allowed/.\\n./etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "file:///allowed/%2e%2e/etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "file:///allowed/@/../../etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "file://allowed@/etc/passwd" }', "outside the folders"),
        ('"runtimevar" "x" { url = "HTTP://10.0.0.1/" }', "asks a web server"),
        ('"runtimevar" "x" { url = "http://[" }', "does not parse"),
        ('"runtimevar" "x" { url = "awssecretsmanager://x?end\\npoint=http://h" }', "an endpoint of its own"),
        ('"runtimevar" "x" { url = "awssecretsmanager://x?timeout=1h&timeout=1s" }', "at most 30s"),
        ('"blob_dir" "x" { url = "s3://x?endpoint=http://h" }', "an endpoint of its own"),
        ('"runtimevar" "x" { url = "awssecretsmanager://x?timeout=31s" }', "the timeout is at most 30s"),
        (
            """"runtimevar" "x" {
           url = "awssecretsmanager://x"
           timeout = "1h"
        }""",
            "the timeout is at most 30s",
        ),
        ('"template_dir" "x" { path = "/etc" }', "outside the folders"),
        ('"hcl_schema" "x" { paths = ["/allowed/a.hcl", "/etc/b.hcl"] }', "outside the folders"),
        ('"of_tomorrow" "x" {}', 'data source "of_tomorrow" is not supported'),
    ],
)
def test_a_data_source_reaches_no_further_than_a_manifest_may(source: str, words: str) -> None:
    world = Allowing()
    kind = source.split('"')[1]
    failed = refused(world, migration(env(f"url = tostring(data.{kind}.x)", f"data {source}")))
    assert words in failed.message
    assert world.project.reads == []


def test_a_file_outside_the_allowed_folders_is_not_read() -> None:
    world = Allowing()
    world.project.files.texts = {"/allowed/url": TARGET, "/etc/passwd": OTHER}
    assert resolved(world, migration(env('url = file("/allowed/url")'))).target.host == "127.0.0.1"
    message = refused(world, migration(env('url = file("/etc/passwd")'))).message
    assert "outside the folders" in message
    assert message.startswith("failed to parse project configuration: atlas.hcl:2:")


def test_a_data_source_of_the_registry_asks_the_one_of_the_spec() -> None:
    world = Allowing(own_registry=RegistryAddress("https://own", "own-token"))
    world.registry.directories["atlas://shop"] = directory_with(FILES)
    world.project.answers["remote_dir"] = {"url": "atlas://shop"}
    text = env(
        f'url = "{TARGET}"\n migration {{ dir = data.remote_dir.x.url }}',
        'data "remote_dir" "x" { name = "shop" }',
    )
    resolved(world, migration(text, dir={}))
    assert world.project.addresses == [RegistryAddress("https://own", "own-token")]


# Secrets.


@pytest.mark.parametrize(
    "text",
    [
        f'env "prod" {{\n token = "{CANARY}" oops\n}}',
        f'locals {{\n db_password = "{CANARY}"\n}}\nenv "prod" {{\n url = "x" + local.db_password\n}}',
        f'env "prod" {{\n url = "postgres://app:{CANARY}@h:port/x"\n}}',
        f'env "prod" {{\n url = "app:{CANARY}@h/x"\n}}',
        (
            f'env "prod" {{\n url = tostring(data.sql.x)\n}}\n'
            f'data "sql" "x" {{ url = "postgres://app:{CANARY}@169.254.169.254/x" }}'
        ),
        'variable "password" { type = number }\nenv "prod" {\n url = var.password\n}',
        'variable "inline" { type = string }\nenv "prod" {\n url = "x"\n tx_mode = var.inline\n}',
        'variable "inline" { type = number }\nenv "prod" {\n url = var.inline\n}',
        'variable "password" { type = string }\nenv "prod" {\n url = "x"\n tx_mode = var.password\n}',
        (
            'env "prod" {\n url = "x"\n tx_mode = data.runtimevar.x\n}\n'
            'data "runtimevar" "x" { url = "constant://?val=x" }'
        ),
    ],
)
def test_no_secret_of_a_project_file_reaches_a_message(text: str) -> None:
    world = Allowing()
    world.references.put_secret("db", {"password": CANARY})
    world.project.answers["runtimevar"] = CANARY
    variables = [var("password", secretKeyRef={"name": "db", "key": "password"}), var("inline", CANARY)]
    outcome = reconcile_migration(world.begin(migration(text, vars=variables)))
    assert isinstance(outcome, Failed)
    assert CANARY not in outcome.message


def test_an_error_has_its_place_and_not_the_line_of_the_file() -> None:
    message = refused(Allowing(), migration(env('url = "a" "b"'))).message
    assert message.startswith("failed to parse project configuration: atlas.hcl:2:")
    assert "\n" not in message


# When it is looked at again.


def test_the_hash_is_of_the_file_its_secrets_and_what_data_sources_said() -> None:
    world = Allowing()
    world.references.put_secret("db", {"name": "a"}, version="1")
    text = env(
        'url = "postgres://h/${data.runtimevar.x}"',
        'data "runtimevar" "x" { url = "constant://?val=x" }',
    )
    found = migration(text, vars=[var("name", secretKeyRef={"name": "db", "key": "name"})])
    world.project.answers["runtimevar"] = "one"
    hashes = [resolved(world, found).observed_hash]
    world.project.answers["runtimevar"] = "two"
    hashes.append(resolved(world, found).observed_hash)
    world.references.put_secret("db", {"name": "a"}, version="2")
    hashes.append(resolved(world, found).observed_hash)
    assert resolved(world, found).observed_hash == hashes[-1]
    assert len(set(hashes)) == 3


def test_the_hash_does_not_know_the_password_of_a_target() -> None:
    world = Allowing()
    text = env(
        'url = "postgres://app:${data.aws_rds_token.x}@h/x"', 'data "aws_rds_token" "x" { endpoint = "h" }'
    )
    world.project.answers["aws_rds_token"] = "token-of-now"
    now = resolved(world, migration(text)).observed_hash
    world.project.answers["aws_rds_token"] = "token-of-later"
    assert resolved(world, migration(text)).observed_hash == now


def test_a_data_source_that_does_not_answer_ends_no_readiness() -> None:
    world = Allowing()
    text = env("url = tostring(data.sql.x)", 'data "sql" "x" { url = "postgres://h/x" }')
    world.project.answers["sql"] = ConnectFailed("connection refused")
    outcome = reconcile_migration(world.begin(migration(text)))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry) == ("ConnectFailed", Retry.AFTER)
    ready = {"observedGeneration": 1, "conditions": [{"type": "Ready", "status": "True"}]}
    settled = resource_with(migration(text).spec, ready)
    assert isinstance(reconcile_migration(world.begin(settled)), Unchanged)


def test_a_source_is_read_once_however_often_it_is_named() -> None:
    def answer(call: SourceCall) -> object:
        return call.block.text("url").rpartition("=")[2]

    world = Allowing()
    world.project.answers["runtimevar"] = answer
    text = env(
        'url = "postgres://${data.runtimevar.x}/${data.runtimevar.x}"',
        'data "runtimevar" "x" { url = "constant://?val=h" }',
    )
    assert resolved(world, migration(text)).target.host == "h"
    assert world.project.reads == ["runtimevar.x"]
