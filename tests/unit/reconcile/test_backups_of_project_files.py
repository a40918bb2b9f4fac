"""Backups and storage that a project file names: as those of the spec, and only what the operator allows."""

from __future__ import annotations

from dataclasses import replace

from atlas.engine.desired_state import CompositeState
from atlas.errors import Unavailable
from atlas.project.data import MadeComposite
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Ready, Unchanged
from atlas.reconcile.ports import BackupRules
from atlas.reconcile.schema import resolve_schema
from atlas.reconcile.schema.passing import SchemaPass
from atlas.reconcile.schema.registry_state import pushed_state, source
from atlas.wire.contract import RegistryAddress

from tests.fakes.backed_up import OWN, S3, push_files, push_text
from tests.fakes.backups import FailingBucket, backup
from tests.fakes.bucket import MemoryBucket
from tests.fakes.config_house import FILES, Allowing, AllowingHouse, env, migration, refused, resolved, schema
from tests.fakes.reconcile import TARGET
from tests.fakes.schema_house import done

OUT = Unavailable("http://registry cannot be reached: Connection refused")
STATE = 'schema "public" {\n}\ntable "one" {\n  schema = schema.public\n}\n'
URL = f'url = "{TARGET}"'


def with_repo(dir_: str, repo: str) -> str:
    return env(f'{URL}\n migration {{\n dir = "{dir_}"\n repo {{\n name = "shop"\n {repo}\n }}\n }}')


def schema_with_repo(repo: str) -> str:
    return env(f'{URL}\n schema {{\n src = "atlas://shop"\n repo {{\n name = "shop"\n {repo}\n }}\n }}')


def test_the_backups_of_a_file_are_read_while_the_registry_is_out() -> None:
    world = Allowing(own_registry=RegistryAddress(OWN, "t"), backup_rules=BackupRules(allowed=("s3://b",)))
    world.registry.error = OUT
    push_files(world, FILES, "v1")
    outcome = reconcile_migration(
        world.begin(migration(with_repo("atlas://shop?tag=v1", f'backup = ["{S3}"]'), dir={}))
    )
    assert isinstance(outcome, Ready)
    assert outcome.source is not None
    assert outcome.source.url == S3


def test_the_backups_of_a_file_win_over_those_of_the_spec() -> None:
    world = Allowing(backup_rules=BackupRules(allowed=("s3://b",)))
    text = with_repo("file://migrations", f'backup = ["{S3}"]')
    run = resolved(world, migration(text, cloud={"backup": [{"url": "s3://b/of-the-spec"}]}))
    assert [one.url for one in run.spec.cloud.backups] == [S3]


def test_a_file_may_name_no_other_backups_than_the_operator_allows() -> None:
    failed = refused(Allowing(), migration(with_repo("file://migrations", f'backup = ["{S3}"]')))
    assert failed.message.startswith("migration.repo.backup (s3://b) would be read with the operator's own")
    assert "--allow-backup" in failed.message
    failed = AllowingHouse().refused(schema(schema_with_repo(f'backup = ["{S3}"]')))
    assert failed.message.startswith("schema.repo.backup (s3://b)")


def test_a_file_may_store_schemas_in_a_bucket_in_the_place_of_a_registry() -> None:
    house = AllowingHouse()
    house.backup_rules = BackupRules(allowed=("s3://b",))
    push_text(house, STATE)
    outcome = done(house.reconcile(schema(schema_with_repo(f'url = "{S3}"'))))
    assert outcome.source is not None
    assert (outcome.source.url, outcome.source.is_backup) == (S3, False)
    assert house.tables == {"one"}
    assert house.registry.asked == []


def test_a_backup_stands_in_for_storage_too() -> None:
    house = AllowingHouse()
    house.backup_rules = BackupRules(allowed=("s3://b",))
    house.backups.targets[S3] = backup(FailingBucket(MemoryBucket(), from_call=1), S3)
    failed = house.reconcile(schema(schema_with_repo(f'url = "{S3}"')))
    assert isinstance(failed, Failed)
    assert failed.reason == "Unavailable"
    push_text(house, STATE, url="s3://b/other")
    outcome = done(house.reconcile(schema(schema_with_repo(f'url = "{S3}"\n backup = ["s3://b/other"]'))))
    assert outcome.source is not None
    assert (outcome.source.url, outcome.source.is_backup) == ("s3://b/other", True)


def test_storage_is_held_to_the_same_list() -> None:
    failed = AllowingHouse().refused(schema(schema_with_repo(f'url = "{S3}"')))
    assert failed.message.startswith("schema.repo.url (s3://b) would be read with the operator's own")


def test_nobody_can_be_asked_where_there_is_storage_in_the_place_of_a_registry() -> None:
    house = AllowingHouse()
    house.own_registry = RegistryAddress(OWN, "t")
    house.backup_rules = BackupRules(allowed=("s3://b",))
    push_text(house, STATE)
    outcome = house.reconcile(
        schema(schema_with_repo(f'url = "{S3}"'), policy={"lint": {"review": "ALWAYS"}})
    )
    assert isinstance(outcome, Failed)
    assert "nobody can be asked" in outcome.message
    assert house.tables == set()


def composite_house() -> tuple[AllowingHouse, str]:
    """A project file that makes a state of two pushed ones, an operator with a backup, and no registry."""
    house = AllowingHouse()
    house.own_registry = RegistryAddress(OWN, "t")
    house.registry.error = OUT
    house.backup_rules = BackupRules(default=(S3,))
    push_text(house, STATE)
    push_text(house, STATE, "v1")
    parts = (("auth", ("atlas://shop",)), ("shop", ("atlas://shop?tag=v1",)))
    house.project.answers["composite_schema"] = lambda call: {
        "url": call.memory.keep(MadeComposite(parts), "x")
    }
    return house, env(f"{URL}\n src = data.composite_schema.x.url", 'data "composite_schema" "x" {}')


def test_each_part_of_a_composite_state_is_read_from_a_backup() -> None:
    house, text = composite_house()
    run = house.resolved(schema(text, schema={}))
    assert isinstance(run.state, CompositeState)
    assert [part.fallback is not None for part in run.pulled] == [True, True]
    found = source(run)
    assert found is not None
    assert found.url == S3
    assert pushed_state(run) == ""


def test_a_composite_state_that_a_backup_changes_waits_for_the_registry_where_it_was_ready() -> None:
    house, text = composite_house()
    ready = [{"type": "Ready", "status": "True"}]
    status = {"conditions": ready, "observedGeneration": 1, "observed_hash": "of the registry's parts"}
    outcome = resolve_schema(
        SchemaPass(replace(schema(text, schema={}), status=status), house.ports(), house.progress)
    )
    assert isinstance(outcome, Unchanged)
    assert "never takes a database back" in outcome.doubt
