"""What the Go client of other programs gets from commands that speak to a registry of ours."""

from __future__ import annotations

from pathlib import Path

from tests.clients.sdk import Sdk

SCHEMA = "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n"
DEV = "sqlite://dev?mode=memory"


def test_a_schema_is_pushed_and_applied_from_the_registry(sdk_of_registry: Sdk, tmp_path: Path) -> None:
    sdk = sdk_of_registry
    url = sdk.write("schema.sql", SCHEMA)
    pushed = sdk.ok("SchemaPush", URL=[url], DevURL=DEV, Name="app", Tag="v1", Description="first")
    assert (pushed["Slug"], pushed["URL"]) == ("app", "atlas://app?tag=v1")
    assert "/schemas/" in pushed["Link"]
    target = f"sqlite://{tmp_path / 'target.db'}"
    applied = sdk.ok("SchemaApply", URL=target, To="atlas://app?tag=v1", DevURL=DEV, AutoApprove=True)
    assert len(applied["Changes"]["Applied"]) == 1
    assert (
        sdk.ok("SchemaApply", URL=target, To="atlas://app?tag=", DevURL=DEV, AutoApprove=True)["Changes"]
        == {}
    )
    hashes = [
        sdk.ok("SchemaInspect", URL=state, DevURL=DEV, Format="{{ .Hash }}")
        for state in (target, "atlas://app")
    ]
    assert hashes[0] == hashes[1]


def test_a_schema_that_nobody_pushed_is_told(sdk_of_registry: Sdk) -> None:
    answer = sdk_of_registry.fails("SchemaInspect", URL="atlas://nosuch", DevURL=DEV)
    assert answer["Type"] == "*atlasexec.Error"
    assert "nosuch" in answer["Error"]


def test_a_directory_is_pushed_and_linted_against_what_was_pushed(sdk_of_registry: Sdk) -> None:
    sdk = sdk_of_registry
    sdk.write("migrations/1.sql", SCHEMA)
    sdk.ok("MigrateHash", DirURL="file://migrations")
    assert "/dirs/" in sdk.ok("MigratePush", Name="dir", Tag="v1", DevURL=DEV, DirURL="file://migrations")
    sdk.write("migrations/2.sql", "DROP TABLE users;\n")
    sdk.ok("MigrateHash", DirURL="file://migrations")
    report = sdk.ok("MigrateLint", DevURL=DEV, DirURL="file://migrations", Base="atlas://dir?tag=v1")
    assert [(file["Name"], file["Error"]) for file in report["Files"]] == [
        ("2.sql", "destructive changes detected")
    ]
