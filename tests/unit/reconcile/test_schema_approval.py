"""An AtlasSchema whose changes a person has to approve in the registry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.errors import Retry, Unavailable
from atlas.reconcile.outcome import Outcome, Waiting
from atlas.reconcile.ports import SchemaText
from atlas.wire.contract import RegistryAddress

from tests.fakes.schema_house import ONE, TWO, House, done, failed, resource

ALWAYS = {"lint": {"review": "ALWAYS"}}
PLAN = "atlas://shop/plans/20260101000000"


class Office(House):
    """A house whose operator has a registry and a token."""

    def __init__(self) -> None:
        super().__init__()
        self.own_registry = RegistryAddress("https://registry.example", "aci_secret-token")

    @property
    def plan(self) -> str:
        """The address of the only plan."""
        [url] = self.registry.stored_plans
        return url


REPO = {"cloud": {"repo": "shop"}}


def waiting(outcome: Outcome) -> Waiting:
    assert isinstance(outcome, Waiting), outcome
    return outcome


def test_a_plan_is_proposed_once_and_runs_after_its_approval() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    outcome = waiting(office.reconcile(asked))
    assert (outcome.reason, outcome.plan_url) == ("ApprovalPending", office.plan)
    assert outcome.message == f"Schema plan is waiting for approval: {outcome.plan_link}"
    assert waiting(office.reconcile(asked)) == outcome
    assert office.tables == set()
    [file] = [plan.file for plan in office.registry.stored_plans.values()]
    assert file.migration == '-- Create "one" table\nCREATE TABLE one;\n'
    office.registry.approve(office.plan)
    ready = done(office.reconcile(asked))
    assert office.tables == {"one"}
    assert (ready.plan_url, ready.plan_link) == (outcome.plan_url, outcome.plan_link)


def test_the_schema_of_a_manifest_is_pushed_with_its_plan() -> None:
    office = Office()
    waiting(office.reconcile(resource(policy=ALWAYS, **REPO)))
    [pushed] = office.registry.pushed
    assert (pushed.slug, pushed.driver) == ("shop", "postgres")
    assert 'table "one"' in pushed.hcl
    assert pushed.tag.startswith("operator-plan-")
    assert pushed.tag == pushed.tag.lower()
    assert len(pushed.tag) == len("operator-plan-") + 8


def test_a_schema_of_the_registry_is_its_own_repository() -> None:
    office = Office()
    text = 'schema "public" {\n}\ntable "one" {\n  schema = schema.public\n}\n'
    office.registry.schemas["atlas://shop"] = SchemaText(text, "sha256:0", "postgres")
    asked = resource(policy=ALWAYS)
    asked = replace(asked, spec={**asked.spec, "schema": {"url": "atlas://shop"}})
    assert waiting(office.reconcile(asked)).plan_url.startswith("atlas://shop/plans/")
    assert office.registry.pushed == []


def test_a_schema_of_the_registry_asks_only_where_its_policy_does_and_takes_a_yes_anyhow() -> None:
    office = Office()
    text = 'schema "public" {\n}\ntable "one" {\n  schema = schema.public\n}\n'
    office.registry.schemas["atlas://shop"] = SchemaText(text, "sha256:0", "postgres")
    office.make("one", "two")
    asked = replace(resource(), spec={**resource().spec, "schema": {"url": "atlas://shop"}})
    assert failed(office.reconcile(asked)).reason == "FirstRunDestructive"
    assert office.registry.stored_plans == {}
    reviewed = replace(asked, spec={**asked.spec, "policy": ALWAYS})
    office.registry.approve(waiting(office.reconcile(reviewed)).plan_url)
    done(office.reconcile(asked))
    assert office.tables == {"one"}


def test_the_status_names_the_plan_while_it_waits_and_after_it_ran() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    status = office.after(asked, office.reconcile(asked))
    [plan] = office.registry.stored_plans.values()
    assert (status["planURL"], status["planLink"]) == (plan.url, plan.link)
    conditions = {one["type"]: one for one in status["conditions"]}  # type: ignore[attr-defined]  # a list of conditions
    assert {kind: (one["status"], one["reason"]) for kind, one in conditions.items()} == {
        "Ready": ("False", "ApprovalPending"),
        "Reconciling": ("True", "ApprovalPending"),
        "Stalled": ("False", "ApprovalPending"),
    }
    assert conditions["Ready"]["message"].startswith("Schema plan is waiting for approval")
    office.registry.approve(plan.url)
    ran = replace(asked, status=status)
    status = office.after(ran, office.reconcile(ran))
    assert (status["planURL"], status["planLink"]) == (plan.url, plan.link)
    more = resource(TWO, status, 2, **REPO)
    status = office.after(more, done(office.reconcile(more)))
    assert "planURL" not in status
    assert "planLink" not in status


def test_a_ready_resource_that_a_person_is_asked_about_is_not_ready() -> None:
    office = Office()
    status = office.ready_status(ONE)
    asked = resource(ONE, status, policy=ALWAYS, **REPO)
    office.make("other")
    after = office.after(asked, waiting(office.reconcile(asked)))
    assert after["planURL"] == office.plan


def test_what_destroys_is_asked_about_where_somebody_can_be_asked() -> None:
    office = Office()
    status = office.ready_status(TWO)
    outcome = waiting(office.reconcile(resource(ONE, status, 2, **REPO)))
    assert "DROP TABLE two" in office.registry.stored_plans[outcome.plan_url].file.migration
    assert office.tables == {"one", "two"}
    office.registry.approve(outcome.plan_url)
    done(office.reconcile(resource(ONE, status, 2, **REPO)))
    assert office.tables == {"one"}


def test_a_first_run_that_destroys_is_asked_about_even_if_no_policy_minds() -> None:
    office = Office()
    office.make("other")
    asked = resource(ONE, policy={"lint": {"destructive": {"error": False}}}, **REPO)
    waiting(office.reconcile(asked))
    assert office.tables == {"other"}


def test_what_nobody_minds_runs_without_a_question() -> None:
    office = Office()
    assert done(office.reconcile(resource(**REPO))).plan_url == ""
    assert office.registry.stored_plans == {}


def test_without_a_token_nobody_is_asked() -> None:
    house = House()
    house.own_registry = RegistryAddress("https://registry.example")
    outcome = failed(house.reconcile(resource(policy=ALWAYS, **REPO)))
    assert (outcome.reason, outcome.retry) == ("ApplyingSchema", Retry.NEVER)
    assert outcome.message.startswith("Rejected by review policy")
    assert house.registry.asked == []


def test_a_plan_that_was_edited_runs_as_it_is_written() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    waiting(office.reconcile(asked))
    office.registry.approve(office.plan, "-- First\nCREATE TABLE two;\nCREATE TABLE one;\nDROP TABLE two;\n")
    done(office.reconcile(asked))
    assert office.targets.server.state.tables.keys() == {"one"}


def test_an_approved_text_that_leads_elsewhere_is_not_run() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    waiting(office.reconcile(asked))
    office.registry.approve(office.plan, "CREATE TABLE two;\n")
    outcome = failed(office.reconcile(asked))
    assert outcome.reason == "NotVerified"
    assert "does not lead to the desired state" in outcome.message
    assert "nothing was run" in outcome.message
    assert office.tables == set()


def test_a_plan_for_another_state_is_no_approval_of_this_one() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    first = waiting(office.reconcile(asked))
    office.registry.approve(first.plan_url)
    office.make("other")
    office.clock.sleep(60)
    second = waiting(office.reconcile(asked))
    assert second.plan_url != first.plan_url
    assert office.tables == {"other"}


def test_of_two_plans_for_one_change_neither_is_run() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    first = waiting(office.reconcile(asked)).plan_url
    office.registry.approve(first)
    twin = replace(office.registry.stored_plans[first], url="atlas://shop/plans/twin")
    office.registry.stored_plans[twin.url] = twin
    outcome = failed(office.reconcile(asked))
    assert outcome.reason == "ListingPlans"
    assert f"multiple schema plans found: {first}, {twin.url}" in outcome.message
    assert office.tables == set()


def test_an_approved_plan_runs_beside_one_that_waits() -> None:
    office = Office()
    asked = resource(policy=ALWAYS, **REPO)
    first = waiting(office.reconcile(asked)).plan_url
    twin = replace(office.registry.stored_plans[first], url="atlas://shop/plans/twin")
    office.registry.stored_plans[twin.url] = twin
    assert failed(office.reconcile(asked)).reason == "ListingPlans"
    office.registry.approve(first)
    assert done(office.reconcile(asked)).plan_url == first


def test_a_registry_that_does_not_answer_runs_nothing() -> None:
    office = Office()
    office.registry.error = Unavailable("the registry is down")
    outcome = failed(office.reconcile(resource(**REPO)))
    assert (outcome.reason, outcome.retry) == ("Unavailable", Retry.AFTER)
    assert office.tables == set()


@pytest.mark.parametrize("name", ["a/b", "atlas://shop"])
def test_a_repository_has_a_plain_name(name: str) -> None:
    outcome = failed(Office().reconcile(resource(cloud={"repo": name})))
    assert "invalid repository name" in outcome.message
