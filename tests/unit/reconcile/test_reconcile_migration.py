from __future__ import annotations

import pytest
from atlas.errors import ConnectFailed, LockNotAcquired, Retry, Unavailable
from atlas.reconcile.conditions import Place, merged, reconciling, settled
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import (
    Contended,
    Failed,
    Gone,
    Outcome,
    Ready,
    Rehashed,
    Source,
    Stopped,
    Suspended,
    Unchanged,
)
from atlas.reconcile.resource import Resource, resource_of
from atlas.reconcile.work import begin
from atlas.wire.contract import RegistryAddress

from tests.fakes.database import IMPLICIT_COMMIT, FakeServer
from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, World, resource_with

ONE = {"1_a.sql": "CREATE TABLE a (id int);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id int);"}


def spec_of(files: dict[str, str], **more: object) -> dict[str, object]:
    return {"url": TARGET, "dir": {"local": files}, **more}


def after(world: World, resource: Resource, outcome: Outcome) -> dict[str, object]:
    """The status that the API server holds after a pass with this outcome."""
    begun = merged(
        resource.status, reconciling(Place(resource.status, resource.generation, world.clock.now()))
    )
    place = Place(begun, resource.generation, world.clock.now())
    return merged(begun, settled(place, outcome, limit=20))


def ready_status(world: World, resource: Resource) -> dict[str, object]:
    outcome = reconcile_migration(world.begin(resource))
    assert isinstance(outcome, Ready)
    return after(world, resource, outcome)


def test_pending_files_are_applied_and_the_resource_is_ready() -> None:
    world = World()
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO))))
    assert isinstance(outcome, Ready)
    assert (outcome.version, outcome.source) == ("2", Source("local"))
    assert outcome.applied_at_s == int(world.clock.now().timestamp())
    assert world.tables == {"a", "b"}
    assert world.progress.announced == 1
    assert world.progress.counted[-1] == (2, 2)


def test_a_database_that_has_every_file_is_ready_without_a_write() -> None:
    world = World()
    reconcile_migration(world.begin(resource_with(spec_of(TWO))))
    world.targets.server.trace.clear()
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO), generation=2)))
    assert isinstance(outcome, Ready)
    assert not [line for line in world.targets.server.trace if line.startswith("before")]


def test_an_unchanged_ready_resource_says_nothing() -> None:
    world = World()
    resource = resource_with(spec_of(TWO))
    status = ready_status(world, resource)
    world.progress.announced = 0
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO), status)))
    assert outcome == Unchanged(source=Source("local"))
    assert world.progress.announced == 0


def test_a_database_that_was_emptied_behind_a_ready_resource_is_filled_again() -> None:
    world = World()
    status = ready_status(world, resource_with(spec_of(TWO)))
    world.targets.server = FakeServer()
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO), status)))
    assert isinstance(outcome, Ready)
    assert world.tables == {"a", "b"}


def test_taking_over_from_the_go_operator_writes_the_hash_alone() -> None:
    world = World()
    status = ready_status(world, resource_with(spec_of(TWO))) | {"observed_hash": "of another operator"}
    world.targets.server.trace.clear()
    resource = resource_with(spec_of(TWO), status)
    outcome = reconcile_migration(world.begin(resource))
    assert isinstance(outcome, Rehashed)
    patch = settled(Place(status, 1, world.clock.now()), outcome, limit=20)
    assert patch == {"observed_hash": outcome.observed_hash}
    assert world.targets.server.trace == []


def test_a_rotated_secret_changes_the_hash_and_a_failure_of_it_ends_readiness() -> None:
    world = World()
    world.references.put_secret("db", {"url": TARGET}, version="1")
    spec = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "dir": {"local": ONE}}
    status = ready_status(world, resource_with(spec))
    world.references.put_secret("db", {"url": TARGET}, version="2")
    assert isinstance(reconcile_migration(world.begin(resource_with(spec, status))), Rehashed)
    world.targets.error = ConnectFailed("connection refused")
    outcome = reconcile_migration(world.begin(resource_with(spec, status)))
    assert outcome == Failed("ConnectFailed", "connection refused", Retry.AFTER)


def test_an_outage_does_not_end_the_readiness_of_an_unchanged_resource() -> None:
    world = World()
    status = ready_status(world, resource_with(spec_of(ONE)))
    world.targets.error = ConnectFailed("connection refused")
    outcome = reconcile_migration(world.begin(resource_with(spec_of(ONE), status)))
    assert outcome == Unchanged(doubt="ConnectFailed: connection refused")


def test_an_outage_of_the_registry_does_not_end_readiness_either() -> None:
    world = World(own_registry=RegistryAddress("http://registry", "own"))
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(ONE)
    spec = {"url": TARGET, "dir": {"remote": {"name": "shop", "tag": "v1"}}}
    status = ready_status(world, resource_with(spec))
    world.registry.error = Unavailable("503")
    outcome = reconcile_migration(world.begin(resource_with(spec, status)))
    assert outcome == Unchanged(doubt="Unavailable: 503")


def test_an_outage_with_a_new_generation_is_a_failure() -> None:
    world = World()
    status = ready_status(world, resource_with(spec_of(ONE)))
    world.targets.error = ConnectFailed("connection refused")
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO), status, generation=2)))
    assert outcome == Failed("ConnectFailed", "connection refused", Retry.AFTER)


def test_a_statement_that_fails_names_itself_and_what_is_left() -> None:
    world = World()
    files = ONE | {"2_bad.sql": "NO SUCH THING;"}
    outcome = reconcile_migration(world.begin(resource_with(spec_of(files))))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry, outcome.pending) == ("Migrating", Retry.BACKOFF, 1)
    assert "NO SUCH THING" in outcome.message


def test_no_secret_of_the_spec_is_in_a_message() -> None:
    world = World()
    world.targets.error = ConnectFailed("password authentication failed for s3cret-word at 127.0.0.1")
    outcome = reconcile_migration(world.begin(resource_with(spec_of(ONE))))
    assert isinstance(outcome, Failed)
    assert "s3cret-word" not in outcome.message


def test_more_applied_than_available_is_refused_in_the_words_of_the_go_operator() -> None:
    world = World()
    status = ready_status(world, resource_with(spec_of(TWO)))
    before = dict(world.targets.server.state.revisions["public"])
    outcome = reconcile_migration(world.begin(resource_with(spec_of(ONE), status, generation=2)))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "ProtectedFlowError"
    assert outcome.message == (
        "migrate down is not allowed, set `migrateDown.allow` to true to allow downgrade"
    )
    assert world.targets.server.state.revisions["public"] == before


def test_a_run_whose_rows_are_gone_when_they_are_read_back_is_not_verified() -> None:
    world = World()
    server = world.targets.server

    def lose(line: str) -> None:
        if line == "after commit" and len(server.state.revisions["public"]) == len(TWO):
            server.state.revisions["public"].clear()

    server.point = lose
    outcome = reconcile_migration(world.begin(resource_with(spec_of(TWO))))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry, outcome.pending) == ("NotVerified", Retry.BACKOFF, 2)
    assert "1_a.sql, 2_b.sql" in outcome.message


def test_an_unknown_tag_leaves_the_database_alone() -> None:
    world = World(own_registry=RegistryAddress("http://registry", "own"))
    spec = {"url": TARGET, "dir": {"remote": {"name": "shop", "tag": "nope"}}}
    outcome = reconcile_migration(world.begin(resource_with(spec)))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "NotFound"
    assert "v1, v2" in outcome.message
    assert world.targets.opened == []


def test_a_run_from_a_registry_is_reported_there_and_linked() -> None:
    world = World(own_registry=RegistryAddress("http://registry", "own"))
    world.registry.directories["atlas://shop"] = directory_with(ONE)
    spec = {"url": TARGET, "dir": {"remote": {"name": "shop"}}, "cloud": {"project": "team"}}
    outcome = reconcile_migration(world.begin(resource_with(spec)))
    assert isinstance(outcome, Ready)
    assert outcome.deployment_url == "http://registry/deployments/1"
    (report,) = world.registry.reports
    assert (report["dirName"], report["projectName"], report["envName"]) == ("shop", "team", "kubernetes")
    assert "s3cret-word" not in str(report)


def test_a_report_that_nobody_takes_changes_nothing() -> None:
    class Deaf(type(World().registry)):  # type: ignore[misc]  # the fake's class, for one method
        def report(self, address: object, report: object) -> str:
            raise Unavailable("503")

    world = World(own_registry=RegistryAddress("http://registry", "own"), registry=Deaf())
    world.registry.directories["atlas://shop"] = directory_with(ONE)
    outcome = reconcile_migration(
        world.begin(resource_with({"url": TARGET, "dir": {"remote": {"name": "shop"}}}))
    )
    assert isinstance(outcome, Ready)
    assert world.warnings == ["the run was not reported to http://registry: 503"]


def test_a_lock_held_by_another_run_is_a_failure_that_is_tried_for_ever() -> None:
    world = World()
    other = world.targets.server.connect()
    assert other.try_lock("atlas_migrate_execute")
    outcome = reconcile_migration(world.begin(resource_with(spec_of(ONE))))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry) == (LockNotAcquired.reason, Retry.AFTER)


def test_the_server_wide_lock_of_mysql_is_waited_for_without_a_failure() -> None:
    world = World()
    world.targets.server = FakeServer(IMPLICIT_COMMIT)
    world.targets.server.connect().try_lock("atlas_migrate_execute")
    spec = spec_of(ONE) | {"url": "mysql://app:s3cret-word@127.0.0.1/app"}
    assert reconcile_migration(world.begin(resource_with(spec))) == Contended()


def test_a_run_that_was_asked_to_stop_is_no_failure_and_carries_on_later() -> None:
    world = World()
    world.progress.stop_asked = lambda: "a" in world.tables
    resource = resource_with(spec_of(TWO))
    assert reconcile_migration(world.begin(resource)) == Stopped()
    assert world.tables == {"a"}
    world.progress.stop_asked = lambda: False
    assert isinstance(reconcile_migration(world.begin(resource)), Ready)


def test_a_statement_that_the_operator_cancels_itself_is_no_failure_of_the_resource() -> None:
    world = World()
    resource = resource_with(spec_of(TWO | {"2_b.sql": "BROKEN;"}))
    work = begin(resource, world.ports(), world.progress)
    world.targets.server.point = lambda line: work.cancel() if "BROKEN" in line else None
    assert work.resolve() is None
    assert work.deploy() == Stopped()
    world.targets.server.point = lambda _line: None
    assert isinstance(reconcile_migration(world.begin(resource)), Failed)


def test_a_deleted_resource_leaves_everything_as_it_is() -> None:
    world = World()
    body = {
        "metadata": {"name": "shop", "deletionTimestamp": "2026-01-01T00:00:00Z"},
        "spec": spec_of(ONE),
    }
    assert reconcile_migration(world.begin(resource_of(body))) == Gone()
    assert world.targets.opened == []


def test_a_suspended_resource_is_not_even_read() -> None:
    world = World()
    assert reconcile_migration(world.begin(resource_with(spec_of(ONE, suspend=True)))) == Suspended()
    assert world.targets.opened == []


@pytest.mark.parametrize(("order", "ready"), [("linear", False), ("linear-skip", True), ("non-linear", True)])
def test_a_file_added_out_of_order_obeys_the_exec_order(order: str, ready: bool) -> None:  # noqa: FBT001 - a row
    world = World()
    later = {"1_a.sql": "CREATE TABLE a (id int);", "3_c.sql": "CREATE TABLE c (id int);"}
    status = ready_status(world, resource_with(spec_of(later)))
    spec = spec_of(later | {"2_b.sql": "CREATE TABLE b (id int);"}, execOrder=order)
    outcome = reconcile_migration(world.begin(resource_with(spec, status, generation=2)))
    assert isinstance(outcome, Ready) is ready
    assert ("b" in world.tables) is (order == "non-linear")


def test_the_session_is_closed_whatever_happens() -> None:
    world = World()
    closed: list[bool] = []
    connect = world.targets.server.connect

    def remembering() -> object:
        database = connect()
        close = database.session.close
        database.session.close = lambda: (closed.append(True), close())[1]  # type: ignore[method-assign]  # a spy
        return database

    world.targets.server.connect = remembering  # type: ignore[method-assign,assignment]  # a spy
    reconcile_migration(world.begin(resource_with(spec_of({"1_a.sql": "NO;"}))))
    reconcile_migration(world.begin(resource_with(spec_of(ONE), generation=2)))
    assert closed == [True, True]
