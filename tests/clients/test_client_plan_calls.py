"""What the Go client of other programs gets from ``schema plan …``: plans that are made, reviewed and run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

pytestmark = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)

BEFORE = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name text);\n"
AFTER = "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n"
SYNCED = "The current state is synced with the desired state, no changes to be made"


@dataclass(frozen=True)
class Change:
    """A database at ``BEFORE``, and a schema of the registry that wants it to be ``AFTER``."""

    sdk: Sdk
    target: Target

    @property
    def states(self) -> dict[str, Any]:
        """The parameters that most methods have."""
        return {
            "From": [self.target.url],
            "To": ["atlas://app"],
            "DevURL": self.target.dev,
            "Repo": "atlas://app",
        }

    def plan(self, **params: object) -> dict[str, Any]:
        made: dict[str, Any] = self.sdk.ok("SchemaPlan", **self.states, **params)
        return made

    def plans(self, **params: object) -> list[tuple[str, str]]:
        """Name and status of what the registry has for this change."""
        found = self.sdk.ok("SchemaPlanList", **self.states, **params)
        return [(plan["Name"], plan["Status"]) for plan in found]

    def has_name(self) -> bool:
        """Whether the database is what it was."""
        return 'column "name"' in self.sdk.ok("SchemaInspect", URL=self.target.url)


@pytest.fixture
def change(sdk_of_registry: Sdk, target: Target) -> Change:
    sdk = sdk_of_registry
    sdk.ok(
        "SchemaApply", URL=target.url, DevURL=target.dev, To=sdk.write("before.sql", BEFORE), AutoApprove=True
    )
    sdk.ok("SchemaPush", Name="app", URL=[sdk.write("after.sql", AFTER)], DevURL=target.dev)
    return Change(sdk, target)


def test_a_plan_that_is_only_tried_is_told_with_its_lint_and_not_stored(change: Change) -> None:
    made = change.plan(DryRun=True, Name="tried", Directives=["atlas:nolint", "atlas:txmode none"])
    file = made["File"]
    assert made["Repo"] == "app"
    assert made["Env"]["Driver"] == change.target.driver
    assert (file["Name"], len(file["FromHash"]), len(file["ToHash"])) == ("tried", 44, 44)
    assert "DROP COLUMN" in file["Migration"]
    assert file["Migration"].startswith("-- atlas:nolint\n-- atlas:txmode none\n")
    assert [statement["Text"] for statement in file["Stmts"] if "DROP COLUMN" in statement["Text"]]
    assert change.plans() == []
    linted = change.plan(DryRun=True)["Lint"]
    assert any(
        diagnostic["Code"] == "DS103"
        for each in linted["Files"]
        for report in each["Reports"]
        for diagnostic in report["Diagnostics"]
    )


def test_a_plan_is_reviewed_approved_and_run(change: Change) -> None:
    file = change.plan(Pending=True, Name="drop-name")["File"]
    assert (file["Status"], file["URL"]) == ("PENDING", "atlas://app/plans/drop-name")
    assert "/schemas/" in file["Link"]
    assert change.plans() == change.plans(Pending=True) == [("drop-name", "PENDING")]
    apply = {
        "URL": change.target.url,
        "To": "atlas://app",
        "DevURL": change.target.dev,
        "PlanURL": file["URL"],
    }
    waiting = change.sdk.fails("SchemaApply", **apply, AutoApprove=True)
    assert "drop-name" in waiting["Error"]
    assert change.has_name()

    approved = change.sdk.ok("SchemaPlanApprove", URL=file["URL"])
    assert approved == {"URL": file["URL"], "Link": file["Link"], "Status": "APPROVED"}
    assert (change.plans(), change.plans(Pending=True)) == ([("drop-name", "APPROVED")], [])
    applied = change.sdk.ok("SchemaApply", **apply)
    assert applied["Plan"]["File"]["URL"] == file["URL"]
    assert len(applied["Changes"]["Applied"]) == len(file["Stmts"])
    assert not change.has_name()
    unknown = change.sdk.fails("SchemaPlanApprove", URL="atlas://app/plans/nosuch")
    assert (unknown["Type"], unknown["Code"]) == ("*atlasexec.Error", 1)
    assert "nosuch" in unknown["Error"]
    assert change.sdk.fails("SchemaPlanApprove")["Type"] == "*atlasexec.InvalidParamsError"


def test_a_plan_of_nothing_and_a_list_of_no_schema_are_errors_with_the_words_of_clients(
    change: Change,
) -> None:
    answer = change.sdk.fails("SchemaPlan", **{**change.states, "To": [change.target.url]}, DryRun=True)
    assert answer["Code"] == 1
    assert SYNCED in answer["Error"]
    unknown = change.sdk.fails("SchemaPlanList", **{**change.states, "Repo": "atlas://nosuch"})
    assert (unknown["Type"], unknown["Code"]) == ("*atlasexec.Error", 1)
    assert "nosuch" in unknown["Error"]


def test_a_plan_that_was_saved_is_linted_validated_pushed_and_pulled(change: Change) -> None:
    sdk = change.sdk
    saved = change.plan(Save=True)["File"]
    assert saved["URL"].startswith("file://")
    path = sdk.folder / saved["URL"].removeprefix("file://")
    text = path.read_text()
    assert text.startswith(f'plan "{saved["Name"]}" {{\n')
    assert change.plans() == []

    linted = sdk.ok("SchemaPlanLint", **change.states, File=saved["URL"])
    assert linted["File"]["ToHash"] == saved["ToHash"]
    assert linted["Lint"]["Files"][0]["Reports"][0]["Diagnostics"][0]["Code"] == "DS103"
    assert sdk.ok("SchemaPlanValidate", **change.states, File=saved["URL"], Name=saved["Name"]) is None
    renamed = sdk.fails("SchemaPlanValidate", **change.states, File=saved["URL"], Name="other")
    assert 'expected "other"' in renamed["Error"]

    pushed = sdk.ok("SchemaPlanPush", **change.states, File=saved["URL"], Pending=True)
    assert '"Status":"PENDING"' in pushed.replace(" ", "")
    assert change.plans() == [(saved["Name"], "PENDING")]
    pulled = sdk.ok("SchemaPlanPull", URL=f"atlas://app/plans/{saved['Name']}")
    assert pulled.split() == text.split()
    of_registry = sdk.ok("SchemaPlanLint", **change.states, File=f"atlas://app/plans/{saved['Name']}")
    assert of_registry["Lint"]["Files"] == linted["Lint"]["Files"]
    assert change.has_name()


def test_a_plan_that_does_not_lead_there_is_refused_by_every_command(change: Change) -> None:
    sdk = change.sdk
    saved = change.plan(Save=True)["File"]
    path = sdk.folder / saved["URL"].removeprefix("file://")
    path.write_text(path.read_text().replace("DROP COLUMN", "RENAME COLUMN `id` TO `other`; -- "))
    for method in ("SchemaPlanLint", "SchemaPlanValidate", "SchemaPlanPush"):
        answer = sdk.fails(method, **change.states, File=saved["URL"])
        assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1), method
        missing = sdk.fails(method, **change.states, File="file://nosuch.plan.hcl")
        assert "nosuch.plan.hcl" in missing["Error"], method
        assert sdk.fails(method, **change.states)["Type"] == "*atlasexec.InvalidParamsError", method
    assert change.plans() == []
    gone = sdk.fails("SchemaPlanPull", URL="atlas://app/plans/nosuch")
    assert (gone["Type"], gone["Code"]) == ("*atlasexec.Error", 1)
    assert "nosuch" in gone["Error"]
    assert sdk.fails("SchemaPlanPull")["Type"] == "*atlasexec.InvalidParamsError"
