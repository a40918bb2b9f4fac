"""An AtlasMigration whose registry cannot be reached: who answers instead, when nobody may, and what the status says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from atlas.errors import AtlasError, Forbidden, NotFound, Unauthorized, Unavailable
from atlas.reconcile.conditions import Place, merged, ready_state, reconciling, settled
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Outcome, Ready, Rehashed, Source, Unchanged
from atlas.reconcile.ports import BackupRules
from atlas.wire.contract import RegistryAddress

from tests.fakes.backed_up import OWN, S3, push_files
from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, World, resource_with

if TYPE_CHECKING:
    from atlas.reconcile.resource import Resource

ONE = {"1_a.sql": "CREATE TABLE a (id int);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id int);"}
OUT = Unavailable("http://registry cannot be reached: Connection refused")
PUSHED_AT = "2026-01-02T03:04:05.000000Z"
REASON = (
    "the registry at http://registry did not answer: http://registry cannot be reached: Connection refused"
)
FROM_S3 = Source(S3, PUSHED_AT, REASON)
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s3cr3t-key", "AWS_REGION": "eu-west-1"}


class Backed(World):
    """A world whose operator has a registry, which cannot be reached, and where Secrets hold credentials of clouds."""

    def __init__(self) -> None:
        super().__init__()
        self.own_registry = RegistryAddress(OWN, "own-token")
        self.registry.error = OUT
        self.references.put_secret("aws", KEYS)

    def run(self, resource: Resource) -> Outcome:
        return reconcile_migration(self.begin(resource))

    def status_after(self, resource: Resource) -> dict[str, object]:
        """The status that the API server holds after a pass, at this moment."""
        outcome = self.run(resource)
        begun = resource.status
        if not isinstance(outcome, Unchanged):
            begun = merged(begun, reconciling(Place(begun, resource.generation, self.clock.now())))
        place = Place(begun, resource.generation, self.clock.now())
        return merged(begun, settled(place, outcome, limit=20))


def backup_at(url: str, secret: str = "aws") -> dict[str, object]:
    return {"url": url, **({"credentialsFrom": {"secretRef": {"name": secret}}} if secret else {})}


def remote(
    *backups: dict[str, object],
    status: dict[str, object] | None = None,
    generation: int = 1,
    tag: str = "v1",
    **more: object,
) -> Resource:
    spec = {
        "url": TARGET,
        "dir": {"remote": {"name": "shop", "tag": tag}},
        "cloud": {"backup": list(backups)},
        **more,
    }
    return resource_with(spec, status, generation)


def test_a_new_resource_is_applied_from_a_backup_and_says_so() -> None:
    world = Backed()
    push_files(world, TWO, "v1")
    outcome = world.run(remote(backup_at(S3)))
    assert isinstance(outcome, Ready)
    assert (outcome.version, outcome.source) == ("2", FROM_S3)
    assert world.tables == {"a", "b"}
    status = world.status_after(remote(backup_at(S3)))
    assert status["source"] == {"url": S3, "pushedAt": PUSHED_AT, "reason": REASON}
    assert ready_state(status) == ("Applied", f"Served from {S3} (age 0 s), {REASON}")


def test_a_registry_that_answers_is_the_source_and_no_backup_is_asked() -> None:
    world = Backed()
    world.registry.error = None
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    status = world.status_after(remote(backup_at(S3)))
    assert status["source"] == {"url": OWN}
    assert ready_state(status) == ("Applied", "")


def test_the_status_does_not_move_while_only_the_age_does() -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    status = world.status_after(remote(backup_at(S3)))
    world.clock.sleep(timedelta(hours=5).total_seconds())
    world.registry.error = Unavailable("http://registry answers 503: other words")
    resource = remote(backup_at(S3), status=status)
    outcome = world.run(resource)
    assert isinstance(outcome, Unchanged)
    assert settled(Place(status, 1, world.clock.now()), outcome, limit=20) == {}


def test_the_source_is_the_registry_again_when_it_answers_and_the_backup_is_not_spoken_of() -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    status = world.status_after(remote(backup_at(S3)))
    before = status["conditions"][0]["lastTransitionTime"]  # type: ignore[index]
    world.registry.error = None
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    world.clock.sleep(60)
    status = world.status_after(remote(backup_at(S3), status=status))
    assert status["source"] == {"url": OWN}
    assert ready_state(status) == ("Applied", "")
    assert status["conditions"][0]["lastTransitionTime"] == before  # type: ignore[index]


def test_a_ready_resource_says_so_when_a_backup_begins_to_stand_in() -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    world.registry.error = None
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    status = world.status_after(remote(backup_at(S3)))
    world.registry.error = OUT
    status = world.status_after(remote(backup_at(S3), status=status))
    assert status["source"] == {"url": S3, "pushedAt": PUSHED_AT, "reason": REASON}
    assert ready_state(status)[1].startswith("Served from")


def test_a_source_that_an_earlier_version_wrote_as_a_text_is_rewritten_with_the_first_write() -> None:
    world = Backed()
    status: dict[str, object] = {"source": "local", "observedGeneration": 1}
    place = Place(status, 2, world.clock.now())
    assert merged(status, reconciling(place))["source"] == {"url": "local"}
    assert settled(place, Rehashed("h"), limit=20) == {"observed_hash": "h", "source": {"url": "local"}}
    assert settled(place, Unchanged(), limit=20) == {}


@pytest.mark.parametrize(
    "error", [Unauthorized("Unauthorized"), Forbidden("no"), NotFound('"shop" not found')]
)
def test_a_registry_that_says_no_is_believed(error: AtlasError) -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    world.registry.error = error
    outcome = world.run(remote(backup_at(S3)))
    assert isinstance(outcome, Failed)
    assert outcome.reason == error.reason
    assert world.tables == set()


def test_what_the_registry_missed_is_served_although_it_says_not_found() -> None:
    world = Backed()
    push_files(world, ONE, "v1", missed=True)
    world.registry.error = None
    outcome = world.run(remote(backup_at(S3)))
    assert isinstance(outcome, Ready)
    assert outcome.source is not None
    assert "does not have it yet" in outcome.source.reason


def test_a_damaged_backup_is_passed_over_and_told_to_whoever_runs_the_operator() -> None:
    world = Backed()
    push_files(world, ONE, "v1", url="s3://damaged/shop")
    push_files(world, ONE, "v1")
    bucket = world.backups.targets["s3://damaged/shop"].content._bucket
    [key] = [key for key in bucket.list("") if key.endswith("1_a.sql")]
    bucket.put_if_unchanged(key, b"CREATE TABLE x (id int);", etag=bucket.head(key))
    outcome = world.run(remote(backup_at("s3://damaged/shop"), backup_at(S3)))
    assert isinstance(outcome, Ready)
    assert outcome.source == FROM_S3
    assert world.tables == {"a"}
    [warning] = world.warnings[:1]
    assert "s3://damaged/shop was passed over" in warning
    assert "damaged" in warning


def test_with_every_source_out_the_database_is_untouched_and_each_source_is_named() -> None:
    world = Backed()
    outcome = world.run(remote(backup_at("s3://one/shop"), backup_at(S3)))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry.value) == ("Unavailable", "after")
    assert all(url in outcome.message for url in (OWN, "s3://one/shop", S3))
    assert world.targets.opened == []


def test_an_outage_does_not_end_readiness_where_no_backup_can_help() -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    status = world.status_after(remote(backup_at(S3)))
    world.backups.targets.clear()
    outcome = world.run(remote(backup_at(S3), status=status))
    assert isinstance(outcome, Unchanged)
    assert outcome.doubt.startswith("Unavailable: ")


def test_the_credentials_are_those_of_the_secret_and_no_message_holds_them() -> None:
    world = Backed()
    world.registry.error = Unavailable("503: s3cr3t-key of eu-west-1")
    push_files(world, ONE, "v1")
    world.backups.opened.clear()
    outcome = world.run(remote(backup_at(S3)))
    assert world.backups.opened == [(S3, KEYS, "default")]
    assert isinstance(outcome, Ready)
    assert outcome.source is not None
    assert "s3cr3t" not in outcome.source.reason
    assert "eu-west-1" in outcome.source.reason  # a region is part of what people are shown


def test_a_changed_secret_is_another_input_also_while_the_registry_answers() -> None:
    world = Backed()
    world.registry.error = None
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    first = world.run(remote(backup_at(S3)))
    again = world.run(remote(backup_at(S3)))
    world.references.put_secret("aws", KEYS, version="2")
    changed = world.run(remote(backup_at(S3)))
    assert isinstance(first, Ready)
    assert isinstance(again, Ready)
    assert isinstance(changed, Ready)
    assert first.observed_hash == again.observed_hash != changed.observed_hash


def test_the_same_input_has_the_same_hash_whoever_gave_it() -> None:
    world = Backed()
    push_files(world, ONE, "v1")
    served = world.run(remote(backup_at(S3)))
    world.registry.error = None
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    pulled = world.run(remote(backup_at(S3)))
    assert isinstance(served, Ready)
    assert isinstance(pulled, Ready)
    assert served.observed_hash == pulled.observed_hash


def test_a_secret_that_is_missing_is_told_also_while_the_registry_answers() -> None:
    world = Backed()
    world.registry.error = None
    outcome = world.run(remote(backup_at(S3, "gone")))
    assert isinstance(outcome, Failed)
    assert outcome.message == "secret prod/gone not found"


def test_the_backups_of_the_operator_are_for_resources_that_name_none() -> None:
    world = Backed()
    world.backup_rules = BackupRules(default=("s3://ours/atlas",))
    push_files(world, ONE, "v1", url="s3://ours/atlas")
    outcome = world.run(remote())
    assert isinstance(outcome, Ready)
    assert outcome.source is not None
    assert outcome.source.url == "s3://ours/atlas"
    assert world.backups.opened[-1] == ("s3://ours/atlas", None, "default")


def test_the_backups_of_the_operator_are_not_for_a_registry_that_a_resource_brings() -> None:
    world = Backed()
    world.backup_rules = BackupRules(default=("s3://ours/atlas",))
    push_files(world, ONE, "v1", url="s3://ours/atlas")
    world.references.put_secret("token", {"token": "t"})
    cloud = {"url": "http://dead.example", "tokenFrom": {"secretKeyRef": {"name": "token", "key": "token"}}}
    outcome = world.run(remote(cloud=cloud))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "Unavailable"
    assert world.tables == set()


def test_the_label_of_the_project_is_the_folder_of_the_backup() -> None:
    world = Backed()
    world.run(remote(cloud={"project": "team", "backup": [backup_at(S3)]}))
    assert world.backups.opened == [(S3, KEYS, "team")]


def test_a_backup_never_takes_a_database_back() -> None:
    world = Backed()
    world.registry.error = None
    world.registry.directories["atlas://shop"] = directory_with(TWO)
    flows = {"protectedFlows": {"migrateDown": {"allow": True}}}
    status = world.status_after(remote(backup_at(S3), tag="", **flows))
    world.registry.error = OUT
    push_files(world, ONE)
    outcome = world.run(remote(backup_at(S3), tag="", status=status, **flows))
    assert isinstance(outcome, Unchanged)
    assert "never takes a database back" in outcome.doubt
    changed = world.run(remote(backup_at(S3), tag="", status=status, generation=2, **flows))
    assert isinstance(changed, Failed)
    assert changed.reason == "Unavailable"
    assert world.tables == {"a", "b"}


LABELLED: dict[str, object] = {"cloud": {"backup": [backup_at(S3)], "project": "atlasdemo"}}


def test_a_label_of_reports_does_not_hide_what_was_pushed_without_one() -> None:
    world = Backed()
    push_files(world, TWO, "v1")
    outcome = world.run(remote(**LABELLED))
    assert isinstance(outcome, Ready)
    assert outcome.source == FROM_S3


def test_what_was_pushed_under_the_label_is_preferred_and_its_gaps_are_not_filled_from_elsewhere() -> None:
    world = Backed()
    push_files(world, TWO, "v1")
    push_files(world, ONE, "v0", project="atlasdemo")
    outcome = world.run(remote(**LABELLED))
    assert isinstance(outcome, Failed)
    assert 'tag "v1" of "shop" not found' in outcome.message
    outcome = world.run(remote(tag="v0", **LABELLED))
    assert isinstance(outcome, Ready)
    assert world.tables == {"a"}


def test_no_third_project_is_looked_at() -> None:
    world = Backed()
    push_files(world, ONE, "v1", project="of_others")
    outcome = world.run(remote(**LABELLED))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, world.tables) == ("Unavailable", set())
    assert 'repository "shop" not found in project "atlasdemo"' in outcome.message
