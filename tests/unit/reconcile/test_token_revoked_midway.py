"""A token that is revoked in the middle of a pass: the reason says so, no database is harmed, nothing is told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from atlas.errors import Unauthorized
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Ready, Waiting
from atlas.wire.contract import RegistryAddress

from tests.fakes.directories import directory_with
from tests.fakes.reconcile import FakeRegistry, World, resource_with
from tests.fakes.schema_house import House, done, failed, resource

ADDRESS = RegistryAddress("https://registry.example", "aci_secret-token")
ASKING: dict[str, Any] = {"policy": {"lint": {"review": "ALWAYS"}}, "cloud": {"repo": "shop"}}
CALLS = ("plans", "push_schema", "propose")
"""What a pass that asks a person sends to the registry, in this order."""


@dataclass
class Revoking(FakeRegistry):
    """A registry whose administrator revokes the token after some calls; a call that is refused does nothing."""

    calls_left: int | None = None

    def __getattribute__(self, name: str) -> Any:
        if name in {"pull", "pull_schema", "report", *CALLS} and self.calls_left is not None:
            if not self.calls_left:

                def refuse(*_arguments: object) -> None:
                    raise Unauthorized("Unauthorized")

                return refuse
            self.calls_left -= 1
        return super().__getattribute__(name)


def house(calls_left: int | None) -> House:
    made = House()
    made.own_registry = ADDRESS
    made.registry = Revoking(calls_left=calls_left)
    return made


@pytest.mark.parametrize("calls", range(len(CALLS)))
def test_an_atlasschema_changes_nothing_and_goes_on_with_a_new_token(calls: int) -> None:
    found = house(calls)
    outcome = failed(found.reconcile(resource(**ASKING)))
    assert outcome.reason == "Unauthorized"
    assert "aci_secret-token" not in outcome.message
    assert found.tables == set()
    assert found.registry.stored_plans == {}
    assert isinstance(found.registry, Revoking)
    found.registry.calls_left = None
    assert isinstance(found.reconcile(resource(**ASKING)), Waiting)
    assert isinstance(found.reconcile(resource(**ASKING)), Waiting)
    [url] = found.registry.stored_plans
    found.registry.approve(url)
    done(found.reconcile(resource(**ASKING)))
    assert found.tables == {"one"}


def test_all_calls_of_such_a_pass_are_among_those() -> None:
    found = house(len(CALLS))
    assert isinstance(found.reconcile(resource(**ASKING)), Waiting)
    assert isinstance(found.registry, Revoking)
    assert found.registry.calls_left == 0


def test_an_approved_plan_does_not_run_by_a_token_that_was_revoked_since() -> None:
    found = house(None)
    assert isinstance(found.reconcile(resource(**ASKING)), Waiting)
    [url] = found.registry.stored_plans
    found.registry.approve(url)
    assert isinstance(found.registry, Revoking)
    found.registry.calls_left = 0
    assert failed(found.reconcile(resource(**ASKING))).reason == "Unauthorized"
    assert found.tables == set()


def test_files_that_ran_are_not_run_again_because_their_report_was_refused() -> None:
    world = World()
    world.own_registry = ADDRESS
    world.registry = Revoking(calls_left=1)
    world.registry.directories["atlas://shop"] = directory_with({"1_a.sql": "CREATE TABLE a (id int);"})
    asked = resource_with({"url": "postgres://127.0.0.1:5432/app", "dir": {"remote": {"name": "shop"}}})
    outcome = reconcile_migration(world.begin(asked))
    assert isinstance(outcome, Ready), outcome
    assert outcome.deployment_url == ""
    assert world.tables == {"a"}
    assert any(
        "was not reported to https://registry.example: Unauthorized" in said for said in world.warnings
    )
    assert "aci_secret-token" not in "".join(world.warnings)
    world.registry.calls_left = None
    again = reconcile_migration(world.begin(asked))
    assert isinstance(again, Ready), again
    assert world.registry.reports == []
    assert sum(said.startswith("before CREATE TABLE a") for said in world.targets.server.trace) == 1
