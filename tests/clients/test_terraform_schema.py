"""``atlas_schema`` of a Terraform module, by the calls of the provider and the SDK that it is built on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk
from tests.clients.terraform import Terraform, hcl, tables

on_both = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)
on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)

INSPECT, DRY_RUN, APPLY, CLEAN = ["SchemaInspect"], ["SchemaApply"], ["SchemaApply"], ["SchemaClean"]
NOTE = '  column "note" {\n    null = true\n    type = text\n  }\n'


def normalized(terraform: Terraform, target: Target, text: str) -> str:
    """What the data source makes of HCL: modules give it to the resource."""
    answer = terraform.ok("schema-data", Schema={"HCL": text, "DevURL": target.dev})
    assert answer["Calls"] == INSPECT
    found: str = answer["HCL"]
    return found


@on_both
def test_a_schema_is_created_read_changed_and_destroyed(
    terraform: Terraform, sdk: Sdk, target: Target
) -> None:
    assert terraform.ok("configure")["Version"].startswith("1.")
    module = {"URL": target.url, "DevURL": target.dev, "IsNew": True}
    module["HCL"] = normalized(terraform, target, hcl(target, "users"))

    first = terraform.ok("schema-plan", Schema=module)
    assert first["Calls"] == DRY_RUN * 2
    assert len(first["SQL"]) == 1
    assert tables(sdk, target) == []
    assert terraform.ok("schema-apply", Schema=module)["Calls"] == APPLY
    assert tables(sdk, target) == ["users"]

    module["IsNew"] = False
    read = terraform.ok("schema-read", Schema=module)
    assert (read["HCL"], read["Calls"]) == (module["HCL"], INSPECT)  # so that Terraform sees no drift
    assert terraform.ok("schema-plan", Schema=module)["SQL"] == []

    module["HCL"] = normalized(terraform, target, hcl(target, "users", "pets", columns=NOTE))
    change = terraform.ok("schema-plan", Schema=module)
    assert sorted(text.split()[0] for text in change["SQL"]) == ["ALTER", "CREATE"]
    terraform.ok("schema-apply", Schema=module)
    assert terraform.ok("schema-read", Schema=module)["HCL"] == module["HCL"]
    assert terraform.ok("schema-plan", Schema=module)["SQL"] == []

    module["HCL"] = normalized(terraform, target, hcl(target, "users"))  # down: the module as it was
    terraform.ok("schema-apply", Schema=module)
    assert terraform.ok("schema-read", Schema=module)["HCL"] == module["HCL"]

    planned = terraform.ok("schema-destroy-plan", Schema=module)
    assert tables(sdk, target) == ["users"]
    destroyed = terraform.ok("schema-destroy", Schema=module)
    assert destroyed["SQL"] == planned["SQL"] != []
    assert (destroyed["Calls"], tables(sdk, target)) == (CLEAN, [])


@on_both
def test_what_was_there_is_imported_without_a_change(terraform: Terraform, sdk: Sdk, target: Target) -> None:
    target.query("CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(20))")
    found = sdk.ok("SchemaInspect", URL=target.url)
    module: dict[str, Any] = {"URL": target.url, "DevURL": target.dev, "IsNew": True}
    module["HCL"] = normalized(terraform, target, found)
    assert terraform.ok("schema-plan", Schema=module)["SQL"] == []
    terraform.ok("schema-apply", Schema=module)
    assert terraform.ok("schema-read", Schema=module)["HCL"] == module["HCL"] == found
    assert tables(sdk, target) == ["users"]


@on_sqlite
def test_a_first_run_that_would_drop_is_refused(terraform: Terraform, sdk: Sdk, target: Target) -> None:
    target.query("CREATE TABLE forgotten (id int)")
    module = {"URL": target.url, "DevURL": target.dev, "IsNew": True, "HCL": hcl(target, "users")}
    answer = terraform.step("schema-plan", Schema=module)
    assert answer["Error"].startswith("unrecognized schema resources: DROP TABLE ")
    assert tables(sdk, target) == ["forgotten"]


@on_both
def test_all_attributes_of_the_resource_reach_the_binary(
    terraform: Terraform, sdk: Sdk, target: Target
) -> None:
    target.query("CREATE TABLE kept (id int)")
    target.query("CREATE TABLE ignored (id int)")
    skip = {"drop_table": True, "drop_column": False}
    module: dict[str, Any] = {
        "URL": target.url,
        "DevURL": target.dev,
        "HCL": hcl(target, "users"),
        "Exclude": ["ignored"],
        "TxMode": "none",
        "EnvName": "production",
        "Diff": {"Skip": skip, "ConcurrentIndex": {"create": True, "drop": True}},
        "Config": 'variable "unused" {\n  type = string\n}\n',
        "Vars": {"unused": "x"},
    }
    terraform.ok("schema-apply", Schema=module)
    assert tables(sdk, target) == ["ignored", "kept", "users"]
    assert 'table "ignored"' not in terraform.ok("schema-read", Schema=module)["HCL"]
    del module["Diff"]
    terraform.ok("schema-apply", Schema=module)
    assert tables(sdk, target) == ["ignored", "users"]


@on_sqlite
def test_failures_of_the_resource_are_told_and_change_nothing(
    terraform: Terraform, sdk: Sdk, target: Target
) -> None:
    module: dict[str, Any] = {"URL": target.url, "DevURL": target.dev, "HCL": "table {"}
    for step in ("schema-data", "schema-plan", "schema-apply"):
        assert "schema.hcl:1" in terraform.step(step, Schema=module)["Error"], step
    nowhere = {"URL": "mysql://root:pass@127.0.0.1:1/nowhere", "HCL": hcl(target, "users")}
    for step in ("schema-read", "schema-destroy-plan", "schema-destroy"):
        refused = terraform.step(step, Schema=nowhere)["Error"]
        assert "127.0.0.1" in refused, step
        assert "pass" not in refused, step
    target.query("CREATE TABLE users (id int NOT NULL PRIMARY KEY)")
    target.query("INSERT INTO users (id) VALUES (1)")
    needed = NOTE.replace("true", "false")
    failed = terraform.step(
        "schema-apply", Schema={**module, "HCL": hcl(target, "users", columns=needed), "TxMode": "file"}
    )
    assert failed["Error"].startswith("unable to apply changes: ")
    assert target.query("SELECT * FROM users") == [(1,)]
