"""What the Go client of other programs gets from commands that speak to a registry of ours."""

from __future__ import annotations

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

pytestmark = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)

SCHEMA = "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n"


def test_a_schema_is_pushed_and_applied_from_the_registry(sdk_of_registry: Sdk, target: Target) -> None:
    sdk = sdk_of_registry
    url = sdk.write("schema.sql", SCHEMA)
    pushed = sdk.ok("SchemaPush", URL=[url], DevURL=target.dev, Name="app", Tag="v1", Description="first")
    assert (pushed["Slug"], pushed["URL"]) == ("app", "atlas://app?tag=v1")
    assert "/schemas/" in pushed["Link"]
    applied = sdk.ok(
        "SchemaApply", URL=target.url, To="atlas://app?tag=v1", DevURL=target.dev, AutoApprove=True
    )
    assert len(applied["Changes"]["Applied"]) == 1
    assert (
        sdk.ok("SchemaApply", URL=target.url, To="atlas://app?tag=", DevURL=target.dev, AutoApprove=True)[
            "Changes"
        ]
        == {}
    )
    hashes = [
        sdk.ok("SchemaInspect", URL=state, DevURL=target.dev, Format="{{ .Hash }}")
        for state in (target.url, "atlas://app")
    ]
    assert hashes[0] == hashes[1]


def test_a_schema_that_nobody_pushed_is_told(sdk_of_registry: Sdk, target: Target) -> None:
    answer = sdk_of_registry.fails("SchemaInspect", URL="atlas://nosuch", DevURL=target.dev)
    assert answer["Type"] == "*atlasexec.Error"
    assert "nosuch" in answer["Error"]


def test_a_directory_is_pushed_and_linted_against_what_was_pushed(
    sdk_of_registry: Sdk, target: Target
) -> None:
    sdk = sdk_of_registry
    sdk.write("migrations/1.sql", SCHEMA)
    sdk.ok("MigrateHash", DirURL="file://migrations")
    assert "/dirs/" in sdk.ok(
        "MigratePush", Name="dir", Tag="v1", DevURL=target.dev, DirURL="file://migrations"
    )
    sdk.write("migrations/2.sql", "DROP TABLE users;\n")
    sdk.ok("MigrateHash", DirURL="file://migrations")
    report = sdk.ok("MigrateLint", DevURL=target.dev, DirURL="file://migrations", Base="atlas://dir?tag=v1")
    assert [(file["Name"], file["Error"]) for file in report["Files"]] == [
        ("2.sql", "destructive changes detected")
    ]
