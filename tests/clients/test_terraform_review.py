"""``atlas_schema`` with a review: plans that the provider stores in the registry, and that somebody approves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk
from tests.clients.terraform import Terraform, hcl, tables
from tests.integration.registry.conftest import Served

pytestmark = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)

SHOWN, LISTED = ["SchemaApply"], ["SchemaPlanList"]
STORED = ["SchemaInspect", "SchemaPush", "SchemaPlan"]


@pytest.fixture
def reviewed(terraform: Terraform, served: Served) -> Terraform:
    """Terraform with a provider that has a repository."""
    cloud = {"Token": served.token, "Repo": "app"}
    return replace(terraform, environ={"ATLAS_CLOUD_URL": served.url}, provider={"Cloud": cloud})


def module(target: Target, *names: str, review: str) -> dict[str, Any]:
    return {"URL": target.url, "DevURL": target.dev, "HCL": hcl(target, *names), "Review": review}


def test_a_change_that_is_always_reviewed_runs_when_it_is_approved(
    reviewed: Terraform, sdk_of_registry: Sdk, target: Target
) -> None:
    sdk = sdk_of_registry
    always = module(target, "users", review="ALWAYS")
    sdk.ok("SchemaPush", Name="app", URL=[sdk.write("empty.hcl", hcl(target))], DevURL=target.dev)
    planned = reviewed.ok("schema-plan", Schema=always)
    assert planned["Calls"] == SHOWN + LISTED + STORED
    plan = planned["Plan"]
    assert plan["Status"] == "PENDING"
    assert "CREATE TABLE" in plan["Migration"]
    again = reviewed.ok("schema-plan", Schema=always)
    assert again["Calls"] == SHOWN + LISTED  # the plan that there is, is found by its hashes
    assert again["Plan"]["URL"] == plan["URL"]

    waiting = reviewed.step("schema-apply", Schema=always)
    assert waiting["Error"] == f"the schema plan is awaiting approval: {plan['Link']}"
    assert tables(sdk, target) == []
    sdk.ok("SchemaPlanApprove", URL=plan["URL"])
    assert reviewed.ok("schema-apply", Schema=always)["Calls"] == LISTED + SHOWN
    assert tables(sdk, target) == ["users"]
    after = reviewed.ok("schema-plan", Schema=always)
    assert (after["SQL"], after["Plan"], after["Calls"]) == ([], None, SHOWN)


def test_only_what_lint_calls_an_error_waits_for_a_review(
    reviewed: Terraform, sdk_of_registry: Sdk, target: Target
) -> None:
    sdk = sdk_of_registry
    both = module(target, "pets", "users", review="ERROR")
    sdk.ok("SchemaPush", Name="app", URL=[sdk.write("empty.hcl", hcl(target))], DevURL=target.dev)
    harmless = reviewed.ok("schema-plan", Schema=both)
    assert (harmless["Calls"], harmless["Plan"]) == ([*SHOWN, *LISTED, "SchemaPlan"], None)
    reviewed.ok("schema-apply", Schema=both)
    assert tables(sdk, target) == ["pets", "users"]

    fewer = module(target, "users", review="ERROR")
    rejected = reviewed.step("schema-apply", Schema=fewer)
    assert rejected["Error"].startswith("unable to apply changes: Rejected by review policy")
    assert tables(sdk, target) == ["pets", "users"]
    planned = reviewed.ok("schema-plan", Schema=fewer)
    assert planned["Calls"] == [*SHOWN, *LISTED, "SchemaPlan", *STORED]
    sdk.ok("SchemaPlanApprove", URL=planned["Plan"]["URL"])
    reviewed.ok("schema-apply", Schema=fewer)
    assert tables(sdk, target) == ["users"]
