"""The way back of an AtlasMigration over fakes: who may, from what, and what is left untouched."""

from __future__ import annotations

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import AccessDenied, Retry
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Outcome, Ready, Waiting
from atlas.reconcile.ports import DevPorts
from atlas.wire.archive import unpack
from atlas.wire.contract import RegistryAddress

from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, FakeWorkloads, World, resource_with

ONE = {"1_a.sql": "CREATE TABLE a (id int);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id int);"}
DEV = parse_database_url("postgres://dev.example/dev?search_path=public")
ALLOWED = {"migrateDown": {"allow": True, "autoApprove": True}}


def house() -> World:
    world = World()
    world.dev = DevPorts(servers={"postgres": DEV})
    return world


def reconcile(world: World, files: dict[str, str], flows: dict[str, object] | None = None) -> Outcome:
    spec: dict[str, object] = {"url": TARGET, "dir": {"local": files}}
    if flows:
        spec["protectedFlows"] = flows
    return reconcile_migration(world.begin(resource_with(spec)))


def failed(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed), outcome
    return outcome


def test_the_directory_of_a_success_is_kept() -> None:
    world = house()
    assert isinstance(reconcile(world, TWO), Ready)
    names = [entry.name for entry in unpack(world.directory_states.kept["shop"])]
    assert names == ["atlas.sum", *sorted(TWO)]


def test_a_failed_run_does_not_replace_what_is_kept() -> None:
    world = house()
    reconcile(world, ONE)
    before = world.directory_states.kept["shop"]
    failed(reconcile(world, ONE | {"2_b.sql": "CREATE TABEL b;"}))
    assert world.directory_states.kept["shop"] == before


def test_going_down_is_refused_unless_it_is_allowed_and_nothing_is_touched() -> None:
    world = house()
    reconcile(world, TWO)
    opened = len(world.targets.opened)
    outcome = failed(reconcile(world, ONE))
    assert outcome.reason == "ProtectedFlowError"
    assert (
        outcome.message == "migrate down is not allowed, set `migrateDown.allow` to true to allow downgrade"
    )
    assert world.tables == {"a", "b"}
    assert len(world.targets.opened) == opened + 1


def test_going_down_where_it_is_allowed_takes_back_what_the_directory_lacks() -> None:
    world = house()
    reconcile(world, TWO)
    outcome = reconcile(world, ONE, ALLOWED)
    assert isinstance(outcome, Ready), outcome
    assert outcome.version == "1"
    assert world.tables == {"a"}
    assert world.progress.announced == 2
    assert [entry.name for entry in unpack(world.directory_states.kept["shop"])] == ["atlas.sum", "1_a.sql"]
    assert isinstance(reconcile(world, TWO), Ready)
    assert world.tables == {"a", "b"}


def test_a_table_with_rows_stays_and_is_named() -> None:
    world = house()
    reconcile(world, TWO)
    world.dialects.probe.full.add("b")
    outcome = failed(reconcile(world, ONE, ALLOWED))
    assert (outcome.reason, outcome.retry) == ("PolicyRefused", Retry.NEVER)
    assert 'table "b" is not empty' in outcome.message
    assert outcome.message.endswith("--allow-data-loss of 'atlas migrate down'")
    assert world.tables == {"a", "b"}


def test_without_a_kept_directory_there_is_no_way_down() -> None:
    world = house()
    reconcile(world, TWO)
    world.directory_states.kept.clear()
    outcome = failed(reconcile(world, ONE, ALLOWED))
    assert outcome.message.startswith("unable to downgrade, no dir-state found")
    assert world.tables == {"a", "b"}


def test_an_empty_directory_takes_nothing_back() -> None:
    world = house()
    reconcile(world, TWO)
    outcome = failed(reconcile(world, {}, ALLOWED))
    assert outcome.reason == "ProtectedFlowError"
    assert world.tables == {"a", "b"}


def test_a_remote_directory_goes_down_by_its_latest_version() -> None:
    world = house()
    world.own_registry = RegistryAddress("http://registry", "token-of-ours")
    world.registry.directories = {
        "atlas://shop?tag=v2": directory_with(TWO),
        "atlas://shop?tag=v1": directory_with(ONE),
        "atlas://shop": directory_with(TWO),
    }

    def at(tag: str) -> Outcome:
        spec: dict[str, object] = {"url": TARGET, "dir": {"remote": {"name": "shop", "tag": tag}}}
        spec["protectedFlows"] = {"migrateDown": {"allow": True}}
        return reconcile_migration(world.begin(resource_with(spec)))

    assert isinstance(at("v2"), Ready)
    assert isinstance(at("v1"), Ready)
    assert world.tables == {"a"}
    assert world.directory_states.kept == {}


@pytest.mark.parametrize(
    ("directory", "flows", "words"),
    [
        (
            {"local": ONE},
            {"migrateDown": {"allow": True}},
            "allow cannot be true without autoApprove for local migration directory",
        ),
        ({"remote": {"name": "shop"}}, ALLOWED, "autoApprove is not allowed for a remote directory"),
    ],
)
def test_the_switches_have_to_fit_the_directory(
    directory: dict[str, object], flows: dict[str, object], words: str
) -> None:
    world = house()
    world.own_registry = RegistryAddress("http://registry", "token-of-ours")
    spec = {"url": TARGET, "dir": directory, "protectedFlows": flows}
    outcome = failed(reconcile_migration(world.begin(resource_with(spec))))
    assert (outcome.reason, outcome.message) == ("ProtectedFlowError", words)


def test_going_down_waits_for_a_dev_database() -> None:
    world = World()
    world.dev = DevPorts(workloads=FakeWorkloads())
    reconcile(world, TWO)
    outcome = reconcile(world, ONE, ALLOWED)
    assert isinstance(outcome, Waiting)
    assert outcome.reason == "GettingDevDB"
    assert world.tables == {"a", "b"}


def test_what_cannot_be_kept_is_a_failure_only_where_going_down_is_allowed() -> None:
    world = house()
    world.directory_states.error = AccessDenied("secrets is forbidden")
    assert isinstance(reconcile(world, ONE), Ready)
    assert "secrets is forbidden" in world.warnings[0]
    outcome = failed(reconcile(world, ONE, ALLOWED))
    assert outcome.reason == "StoringDirState"
