"""An AtlasSchema whose registry cannot be reached: what a backup may give, and what waits for the registry all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import VersionToCopy, copy_of_plan, plan_to_copy, store_version
from atlas.engine.directory import to_entries
from atlas.engine.plan_file import PlanFile, print_plan_file
from atlas.errors import Unauthorized, Unavailable
from atlas.reconcile.conditions import Place, merged, ready_state, settled
from atlas.reconcile.outcome import Outcome, Source, Unchanged, Waiting
from atlas.reconcile.ports import BackupRules, SchemaText
from atlas.wire.archive import Entry
from atlas.wire.contract import APPROVED, DIRECTORY, PENDING, RegistryAddress
from atlas.wire.digest import digest_of

from tests.fakes.backed_up import OWN, S3, push_text
from tests.fakes.backups import AT, NO_WAITING
from tests.fakes.config import FakeConfig
from tests.fakes.directories import directory_with
from tests.fakes.schema_house import House, done, failed, resource

if TYPE_CHECKING:
    from atlas.reconcile.resource import Resource
    from atlas.wire.contract import PlanStatus

OUT = Unavailable("http://registry cannot be reached: Connection refused")
ALWAYS = {"lint": {"review": "ALWAYS"}}
ALLOWS = {"lint": {"destructive": {"error": False}}}
PUBLIC = 'schema "public" {\n}\n'


def state(*tables: str) -> str:
    return PUBLIC + "".join(f'table "{name}" {{\n  schema = schema.public\n}}\n' for name in tables)


def digest(hcl: str) -> str:
    return digest_of([Entry("schema.hcl", hcl.encode())])


class Backed(House):
    """A house whose registry cannot be reached, and whose operator has a backup of it."""

    def __init__(self) -> None:
        super().__init__()
        self.own_registry = RegistryAddress(OWN, "own-token")
        self.registry.error = OUT
        self.backup_rules = BackupRules(default=(S3,))

    def answers(self, hcl: str, url: str = "atlas://shop") -> None:
        """The registry is back, and has this."""
        self.registry.error = None
        self.registry.schemas[url] = SchemaText(hcl, digest(hcl), "postgres")

    def status_of(self, found: Resource, outcome: Outcome) -> dict[str, object]:
        return self.after(found, outcome)

    def back_up_plan(self, status: PlanStatus, migration: str) -> None:
        """Put a plan for the change that is asked for into the backup, as a push of it did."""
        [asked] = self.registry.stored_plans.values()
        file = PlanFile(
            name="edited",
            current_hash=asked.file.current_hash,
            desired_hash=asked.file.desired_hash,
            migration=migration,
        )
        copy = copy_of_plan(
            plan_to_copy("shop", file, status, print_plan_file(file).encode(), AT), NO_WAITING
        )
        target = self.backups.targets[S3]
        copy.record(target, copy.stage(target), object())


def pushed(
    url: str = "atlas://shop", status: dict[str, object] | None = None, generation: int = 1, **spec: object
) -> Resource:
    found = resource(status=status, generation=generation, **spec)
    return replace(found, spec={**found.spec, "schema": {"url": url}})


def test_a_new_schema_is_applied_from_a_backup_and_says_so() -> None:
    house = Backed()
    push_text(house, state("one"))
    outcome = done(house.reconcile(pushed()))
    assert house.tables == {"one"}
    assert outcome.source is not None
    assert (outcome.source.url, outcome.source.pushed_at) == (S3, AT)
    assert outcome.pushed_state == f"shop@{digest(state('one'))}"
    status = house.after(pushed(), outcome)
    assert status["source"] == {"url": S3, "pushedAt": AT, "reason": outcome.source.reason}
    message = ready_state(status)[1]
    assert message.startswith("The schema has been applied successfully.")
    assert f"Served from {S3} (age 0 s), the registry at {OWN} did not answer" in message


def test_the_message_of_a_schema_loses_the_backup_alone_when_the_registry_is_back() -> None:
    house = Backed()
    push_text(house, state("one"))
    status = house.after(pushed(), done(house.reconcile(pushed())))
    house.answers(state("one"))
    outcome = house.reconcile(pushed(status=status))
    assert outcome == Unchanged(source=Source(OWN))
    status = merged(status, settled(Place(status, 1, house.clock.now()), outcome, limit=20))
    assert status["source"] == {"url": OWN}
    message = ready_state(status)[1]
    assert message.startswith("The schema has been applied successfully. Apply response: {")
    assert message.endswith("}")


def test_a_state_that_may_be_a_schema_or_a_directory_is_read_as_either_from_a_backup() -> None:
    house = Backed()
    files = directory_with({"1_a.sql": "CREATE TABLE a (id int);"})
    version = VersionToCopy(
        type=DIRECTORY,
        slug="files",
        driver="postgres",
        entries=tuple(Entry(name, content) for name, content in to_entries(files)),
        name="",
        at=AT,
    )
    store_version(house.backups.open(S3, None, "default"), version, NO_WAITING)
    house.config = FakeConfig().ports()
    config = (
        f'env "prod" {{\n url = "{resource().spec["url"]}"\n schema {{\n src = "atlas://files"\n }}\n}}\n'
    )
    outcome = done(house.reconcile(resource(config=config, envName="prod")))
    assert outcome.source is not None
    assert outcome.source.url == S3
    assert house.tables == {"a"}


def test_a_registry_that_refuses_the_token_is_believed() -> None:
    house = Backed()
    push_text(house, state("one"))
    house.registry.error = Unauthorized("Unauthorized")
    assert failed(house.reconcile(pushed())).reason == "Unauthorized"
    assert house.tables == set()


def test_a_change_that_needs_approval_waits_for_the_registry_and_runs_nothing() -> None:
    house = Backed()
    push_text(house, state("one"))
    outcome = failed(house.reconcile(pushed(policy=ALWAYS)))
    assert (outcome.reason, outcome.retry.value) == ("Unavailable", "after")
    assert "a person has to approve this change in the registry" in outcome.message
    assert "nothing was run" in outcome.message
    assert house.tables == set()


def test_an_approved_plan_of_a_backup_is_run_and_a_pending_one_waits() -> None:
    for status, is_run in ((PENDING, False), (APPROVED, True)):
        house = Backed()
        house.answers(state("one"))
        assert isinstance(house.reconcile(pushed(policy=ALWAYS)), Waiting)
        push_text(house, state("one"))
        house.back_up_plan(status, "CREATE TABLE one;\n")
        house.registry.error = OUT
        outcome = house.reconcile(pushed(policy=ALWAYS))
        assert bool(house.tables) is is_run
        if isinstance(outcome, Waiting):
            assert outcome.plan_url == "atlas://shop/plans/edited"
            assert f"as {S3} has it: the registry at {OWN} did not answer" in outcome.message
        else:
            assert done(outcome).plan_url == "atlas://shop/plans/edited"


def test_plans_are_looked_for_in_the_folder_that_has_the_schema() -> None:
    house = Backed()
    push_text(house, state("one"))
    shared = house.backups.targets[S3]
    house.backups.targets[S3] = replace(shared, project="team")
    outcome = done(house.reconcile(pushed(cloud={"project": "team"})))
    assert outcome.source is not None
    assert outcome.source.url == S3
    assert house.tables == {"one"}


def test_nothing_is_taken_away_on_the_word_of_a_backup_that_no_plan_was_approved() -> None:
    house = Backed()
    house.answers(state("one", "two"))
    first = house.after(pushed(), done(house.reconcile(pushed())))
    push_text(house, state("one", "two"))
    push_text(house, state("one"), "v2")
    house.registry.error = OUT
    wanted = pushed("atlas://shop?tag=v2", first, 2, policy=ALLOWS)
    outcome = failed(house.reconcile(wanted))
    assert outcome.reason == "Unavailable"
    assert "approved plan that keeps them" in outcome.message
    assert house.tables == {"one", "two"}
    house.answers(state("one"), "atlas://shop?tag=v2")
    done(house.reconcile(wanted))
    assert house.tables == {"one"}


def test_a_backup_that_lacks_what_was_applied_last_waits_for_the_registry() -> None:
    house = Backed()
    house.answers(state("one", "two"))
    status = house.after(pushed(), done(house.reconcile(pushed())))
    assert status["pushedState"] == f"shop@{digest(state('one', 'two'))}"
    push_text(house, state("one"))
    house.registry.error = OUT
    outcome = house.reconcile(pushed(status=status))
    assert isinstance(outcome, Unchanged)
    assert "never takes a database back" in outcome.doubt
    for url in ("atlas://shop", "atlas://shop?tag=v9"):
        push_text(house, state("one"), "v9")
        again = failed(house.reconcile(pushed(url, status, 2)))
        assert again.reason == "Unavailable"
    assert house.tables == {"one", "two"}


def test_an_older_version_that_the_resource_newly_names_is_no_mistake() -> None:
    house = Backed()
    push_text(house, state("one"), "v1")
    push_text(house, state("one", "two"), "v2")
    v2 = pushed("atlas://shop?tag=v2")
    status = house.after(v2, done(house.reconcile(v2)))
    outcome = failed(house.reconcile(pushed("atlas://shop?tag=v1", status, 2)))
    assert "approved plan that keeps them" in outcome.message  # asked for, and only its drops are in the way
    moved = Backed()
    moved.backups.targets = house.backups.targets
    moved.make("one")
    newer = pushed("atlas://shop?tag=v2", {**status, "pushedState": f"shop@{digest(state('one'))}"}, 2)
    done(moved.reconcile(newer))
    assert moved.tables == {"one", "two"}


@pytest.mark.parametrize("url", ["atlas://shop", "atlas://shop?tag=v2"])
def test_what_was_pushed_after_the_last_success_is_applied_from_a_backup(url: str) -> None:
    house = Backed()
    house.answers(state("one"))
    first = pushed()
    status = house.after(first, done(house.reconcile(first)))
    push_text(house, state("one"))
    push_text(house, state("one", "two"))
    push_text(house, state("one", "two"), "v2")
    house.registry.error = OUT
    outcome = done(house.reconcile(pushed(url, status, 1 if url == "atlas://shop" else 2)))
    assert outcome.pushed_state == f"shop@{digest(state('one', 'two'))}"
    assert house.tables == {"one", "two"}


def test_what_the_registry_says_that_it_missed_is_new_whatever_the_backup_lacks() -> None:
    house = Backed()
    house.answers(state("one"))
    status = house.after(pushed(), done(house.reconcile(pushed())))
    push_text(house, state("one", "two"), "v2", missed=True)
    outcome = done(house.reconcile(pushed("atlas://shop?tag=v2", status, 2)))
    assert outcome.source is not None
    assert "does not have it yet" in outcome.source.reason
    assert house.tables == {"one", "two"}


def test_a_schema_of_the_manifest_names_no_source() -> None:
    house = Backed()
    house.registry.error = None
    outcome = done(house.reconcile(resource()))
    assert (outcome.source, outcome.pushed_state) == (None, "")
    assert "source" not in house.after(resource(), outcome)
