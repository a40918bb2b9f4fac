"""``atlas_migration`` of a Terraform module, by the calls of the provider and the SDK that it is built on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk
from tests.clients.terraform import Terraform
from tests.integration.registry.conftest import Served

on_both = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)
on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)

ONE, TWO, THREE = "20240101000000", "20240102000000", "20240103000000"
FILES = {
    f"{ONE}_users.sql": "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n",
    f"{TWO}_pets.sql": "CREATE TABLE pets (id int NOT NULL PRIMARY KEY);\n",
}
DROP = {f"{THREE}_drop.sql": "DROP TABLE users;\n"}
NOT_YET = {"Status": "PENDING", "Current": None, "Next": ONE}
DATA, PLAN, READ = ["MigrateStatus"], ["MigrateStatus", "MigrateLint"], ["MigrateStatus"]
UP, NOTHING = ["MigrateStatus", "MigrateApply", "MigrateStatus"], ["MigrateStatus", "MigrateStatus"]
DOWN = ["MigrateStatus", "MigrateDown", "MigrateStatus"]


def has(sdk: Sdk, files: dict[str, str]) -> str:
    """The path of a sealed directory with these files and those that were there."""
    for name, text in files.items():
        sdk.write(f"migrations/{name}", text)
    sdk.ok("MigrateHash", DirURL="file://migrations")
    return str(sdk.folder / "migrations")


def versions(target: Target) -> list[str]:
    """The versions in the revisions table."""
    rows: Any = target.query("SELECT version FROM atlas_schema_revisions ORDER BY version")
    return [version for (version,) in rows if not version.startswith(".")]


def planned(terraform: Terraform, module: dict[str, Any], calls: list[str]) -> dict[str, Any]:
    """The module as planned: with the version that Terraform shows, and stores later."""
    answer = terraform.ok("migration-plan", Migration=module)
    assert answer["Calls"] == calls
    return {**module, "Version": answer["Version"]}


@on_both
def test_a_local_directory_goes_up_again_and_down(terraform: Terraform, sdk: Sdk, target: Target) -> None:
    assert terraform.ok("configure")["Version"].startswith("1.")
    module = {"URL": target.url, "DevURL": target.dev, "Dir": has(sdk, FILES), "MigrateDown": True}
    data = terraform.ok("migration-data", Migration=module)
    assert data["Status"] == {**NOT_YET, "Latest": TWO}
    assert data["Calls"] == DATA

    created = terraform.ok("migration-apply", Migration=planned(terraform, {**module, "Version": ONE}, PLAN))
    assert created["Calls"] == UP
    assert created["Status"] == {"Status": "OK", "Current": ONE, "Next": None, "Latest": ONE}
    assert versions(target) == [ONE]

    updated = terraform.ok("migration-apply", Migration=planned(terraform, module, PLAN))
    assert updated["Status"] == {"Status": "OK", "Current": TWO, "Next": None, "Latest": TWO}
    assert versions(target) == [ONE, TWO]

    again = planned(terraform, module, DATA)
    assert terraform.ok("migration-apply", Migration=again)["Calls"] == NOTHING
    read = terraform.ok("migration-read", Migration={**again, "Status": updated["Status"]})
    assert (read["Status"], read["Removed"], read["Calls"]) == (updated["Status"], False, READ)

    down = terraform.ok("migration-apply", Migration={**module, "Version": ONE})
    assert down["Calls"] == DOWN
    assert down["Status"]["Current"] == ONE
    assert versions(target) == [ONE]
    assert 'table "pets"' not in sdk.ok("SchemaInspect", URL=target.url)


@on_both
def test_a_remote_directory_follows_its_tag_up_and_down(
    terraform: Terraform, sdk_of_registry: Sdk, target: Target, served: Served
) -> None:
    sdk = sdk_of_registry
    for tag, files in (("v1", dict(list(FILES.items())[:1])), ("v2", FILES)):
        has(sdk, files)
        sdk.ok("MigratePush", Name="myapp", Tag=tag, DevURL=target.dev, DirURL="file://migrations")
    sdk.ok("MigratePush", Name="myapp", DevURL=target.dev, DirURL="file://migrations")
    terraform = replace(
        terraform, environ={"ATLAS_CLOUD_URL": served.url}, provider={"Cloud": {"Token": served.token}}
    )
    module = {"URL": target.url, "DevURL": target.dev, "MigrateDown": True}
    at = {
        tag: {**module, "RemoteDir": {"Name": "myapp", "Tag": tag} if tag else {"Name": "myapp"}}
        for tag in ("v1", "v2", "")
    }
    assert terraform.ok("migration-data", Migration=at["v2"])["Status"] == {**NOT_YET, "Latest": TWO}
    created = terraform.ok("migration-apply", Migration=planned(terraform, at["v1"], PLAN))
    assert created["Status"] == {"Status": "OK", "Current": ONE, "Next": None, "Latest": ONE}
    updated = terraform.ok("migration-apply", Migration=planned(terraform, at[""], PLAN))
    assert (updated["Status"]["Current"], versions(target)) == (TWO, [ONE, TWO])
    described = sdk.atlas("cloud", "repo", "describe", "--slug", "myapp").splitlines()
    assert [line.split() for line in described if "Synced" in line] == [["Databases", "Synced", "1"]]
    assert planned(terraform, at["v2"], DATA)["Version"] == TWO
    down = terraform.ok("migration-apply", Migration=planned(terraform, at["v1"], DATA))
    assert (down["Calls"], versions(target)) == (DOWN, [ONE])


@on_both
def test_an_older_provider_reads_the_directory_by_a_data_source(
    terraform: Terraform, sdk_of_registry: Sdk, target: Target, served: Served
) -> None:
    has(sdk_of_registry, FILES)
    sdk_of_registry.ok("MigratePush", Name="myapp", Tag="v1", DevURL=target.dev, DirURL="file://migrations")
    cloud = {"Token": served.token, "URL": f"{served.url}/query", "Project": "acme"}
    terraform = replace(terraform, provider={"Cloud": cloud})
    module = {"URL": target.url, "RemoteDir": {"Name": "myapp", "Tag": "v1"}, "Older": True}
    created = terraform.ok("migration-apply", Migration=planned(terraform, module, DATA))
    assert created["Status"] == {"Status": "OK", "Current": TWO, "Next": None, "Latest": TWO}
    assert versions(target) == [ONE, TWO]
    same = {"URL": target.url, "Dir": "atlas://myapp?tag=v1"}
    assert terraform.ok("migration-data", Migration=same)["Status"] == created["Status"]


@on_sqlite
def test_what_lint_finds_is_a_warning_of_the_plan(terraform: Terraform, sdk: Sdk, target: Target) -> None:
    module = {"URL": target.url, "DevURL": target.dev, "Dir": has(sdk, {**FILES, **DROP})}
    plan = terraform.ok("migration-plan", Migration=module)
    assert plan["SQL"] == [*FILES.values(), *DROP.values()]
    assert plan["Warnings"] == [f'{THREE}_drop.sql: DS102: Dropping table "users"']


@on_both
def test_all_attributes_of_the_resource_reach_the_binary(
    terraform: Terraform, sdk: Sdk, target: Target
) -> None:
    target.query("CREATE TABLE users (id int NOT NULL PRIMARY KEY)")
    module = {
        "URL": target.url,
        "DevURL": target.dev,
        "Dir": f"file://{has(sdk, FILES)}",
        "Baseline": ONE,
        "ExecOrder": "linear-skip",
        "EnvName": "production",
        "Config": 'variable "unused" {\n  type    = string\n}\n',
        "Vars": {"unused": "x"},
    }
    if target.driver == "postgres":
        module["RevisionsSchema"] = "history"
    terraform.ok("migration-apply", Migration=module)
    place = "history.atlas_schema_revisions" if target.driver == "postgres" else "atlas_schema_revisions"
    rows = target.query(f"SELECT version, type FROM {place} WHERE version NOT LIKE '.%' ORDER BY version")
    assert rows == [(ONE, 1), (TWO, 2)]
    has(sdk, {"20230101000000_late.sql": "CREATE TABLE late (id int);\n"})
    after = terraform.ok("migration-apply", Migration=module)
    assert after["Status"]["Current"] == TWO  # what was added out of order is skipped


@on_sqlite
def test_a_resource_whose_database_was_emptied_is_gone(
    terraform: Terraform, sdk: Sdk, target: Target
) -> None:
    module = {"URL": target.url, "Dir": has(sdk, FILES)}
    created = terraform.ok("migration-apply", Migration=module)
    sdk.ok("SchemaClean", URL=target.url, AutoApprove=True)
    read = terraform.ok("migration-read", Migration={**module, "Status": created["Status"]})
    assert read["Removed"] is True


@on_sqlite
def test_failures_of_the_resource_are_told_and_change_nothing(
    terraform: Terraform, sdk_of_registry: Sdk, target: Target, served: Served
) -> None:
    module = {"URL": target.url, "DevURL": target.dev, "Dir": has(sdk_of_registry, FILES)}
    unknown = terraform.step("migration-apply", Migration={**module, "Version": "19990101000000"})
    assert unknown["Error"] == "the version is not found in the pending migrations"
    terraform.ok("migration-apply", Migration=module)
    forbidden = terraform.step("migration-apply", Migration={**module, "Version": ONE})
    assert "migrate down is not allowed" in forbidden["Error"]
    remote = {"URL": target.url, "RemoteDir": {"Name": "myapp", "Tag": "v1"}}
    anonymous = terraform.step("migration-plan", Migration=remote)
    assert "atlas login" in anonymous["Error"]
    cloud = {"Cloud": {"Token": served.token}}
    reached = replace(terraform, environ={"ATLAS_CLOUD_URL": served.url}, provider=cloud)
    missing = reached.step("migration-plan", Migration=remote)
    assert "myapp" in missing["Error"]
    assert served.token not in missing["Error"]
    assert versions(target) == [ONE, TWO]
