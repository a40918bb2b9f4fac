"""Where an AtlasSchema is tried out: which dev database is taken, and how one is made and waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import ConnectFailed, Retry
from atlas.reconcile.conditions import Place, settled
from atlas.reconcile.outcome import Unchanged, Waiting
from atlas.reconcile.ports import DevPorts

from tests.fakes.database import IMPLICIT_COMMIT, FakeServer
from tests.fakes.reconcile import TARGET, FakeTargets, FakeWorkloads
from tests.fakes.schema_house import TWO, House, done, failed, resource

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database


def test_the_dev_database_of_the_resource_wins_over_the_one_of_the_operator() -> None:
    house = House()
    house.references.put_secret("dev", {"url": "postgres://own.example/dev\n"})
    done(house.reconcile(resource(devURLFrom={"secretKeyRef": {"name": "dev", "key": "url"}})))
    assert [url.host for url in house.targets.opened] == ["127.0.0.1", "own.example"]


def test_a_dev_database_that_is_the_target_is_refused() -> None:
    outcome = failed(House().reconcile(resource(devURL=TARGET)))
    assert "spec.devURL is the target itself" in outcome.message


def test_without_any_dev_database_the_message_names_the_ways_to_give_one() -> None:
    house = House()
    house.dev = DevPorts()
    outcome = failed(house.reconcile(resource()))
    for way in ("spec.devURL", "--dev-url postgres=", "spec.devDatabase.onTarget"):
        assert way in outcome.message


def test_the_target_is_a_dev_database_only_where_the_resource_says_so() -> None:
    house = House()
    house.dev = DevPorts(workloads=FakeWorkloads())
    done(house.reconcile(resource(devDatabase={"onTarget": True})))
    assert [url.host for url in house.targets.opened] == ["127.0.0.1", "127.0.0.1"]
    assert len(house.dialects.driver.scratched) == 1


def test_an_outage_of_the_dev_database_is_told_as_one_of_it_and_ends_no_readiness() -> None:
    house = House()
    status = house.ready_status()
    house.make("by_hand")

    def refuse() -> None:
        if house.targets.opened[-1].host == "dev.example":
            raise ConnectFailed("connection refused")

    house.targets.on_open = refuse
    outcome = failed(house.reconcile(resource(TWO, generation=2)))
    assert (outcome.reason, outcome.retry) == ("ConnectFailed", Retry.AFTER)
    assert outcome.message == "the dev database: connection refused"
    doubt = house.reconcile(resource(status=status))
    assert doubt == Unchanged(doubt="ConnectFailed: the dev database: connection refused")


def test_a_dev_database_of_another_kind_is_refused() -> None:
    class TwoKinds(FakeTargets):
        def open(self, url: DatabaseURL) -> Database:
            return FakeServer(IMPLICIT_COMMIT).connect() if url.host == "dev.example" else super().open(url)

    house = House()
    house.targets = TwoKinds()
    outcome = failed(house.reconcile(resource()))
    assert outcome.reason == "ReadSchema"
    assert outcome.message == "the dev database is mysql, and the target is postgres: give one of its kind"


def test_a_deployment_is_made_waited_for_and_used() -> None:
    house = House()
    workloads = FakeWorkloads()
    house.dev = DevPorts(workloads=workloads)
    first = house.reconcile(resource())
    assert isinstance(first, Waiting)
    assert (first.reason, first.message) == ("GettingDevDB", "waiting for dev database to be ready")
    assert first.news == (("CreatedDevDB", "Created dev database deployment: shop-atlas-dev-db"),)
    made = workloads.deployments["shop-atlas-dev-db"]
    assert made["metadata"]["ownerReferences"][0]["uid"] == "uid-shop"  # type: ignore[index]
    second = house.reconcile(resource())
    assert isinstance(second, Waiting)
    assert second.news == ()
    workloads.running = [
        {"status": {"podIP": "10.0.0.9", "conditions": [{"type": "Ready", "status": "True"}]}}
    ]
    done(house.reconcile(resource()))
    assert house.targets.opened[-1].host == "10.0.0.9"
    assert workloads.requests == ["create shop-atlas-dev-db"]


def test_a_deployment_that_may_not_stay_is_scaled_down_and_up_again() -> None:
    house = House()
    workloads = FakeWorkloads()
    house.dev = DevPorts(workloads=workloads, stays=False)
    house.reconcile(resource())
    workloads.running = [
        {"status": {"podIP": "10.0.0.9", "conditions": [{"type": "Ready", "status": "True"}]}}
    ]
    status = house.after(resource(), done(house.reconcile(resource())))
    again = house.reconcile(resource(TWO, status, generation=2))
    assert isinstance(again, Waiting)
    assert again.news[0][0] == "ScaledUpDevDB"
    assert workloads.requests[1:] == ["scale shop-atlas-dev-db 0", "scale shop-atlas-dev-db 1"]


def test_a_wait_does_not_end_readiness_and_health_checks_know_its_word() -> None:
    house = House()
    status = house.ready_status()
    now = house.clock.now()
    waiting = Waiting("GettingDevDB", "waiting for dev database to be ready")
    assert settled(Place(status, 1, now), waiting, limit=20) == {}
    patch = settled(Place({}, 1, now), waiting, limit=20)
    conditions = {one["type"]: one for one in patch["conditions"]}  # type: ignore[attr-defined,union-attr]
    assert conditions["Ready"]["message"] == "GettingDevDB"
    assert conditions["Reconciling"]["message"] == "waiting for dev database to be ready"
    assert conditions["Stalled"]["status"] == "False"


def test_a_described_dev_database_needs_its_url() -> None:
    house = House()
    house.dev = DevPorts(workloads=FakeWorkloads())
    outcome = failed(house.reconcile(resource(devDB={"spec": {"containers": []}})))
    assert outcome.message == "devURL is required when devDB is provided"


def test_a_dev_database_that_is_the_target_by_another_name_is_refused() -> None:
    house = House()
    house.targets.dev_server = house.targets.server
    outcome = failed(house.reconcile(resource()))
    assert "the dev database is the target itself" in outcome.message
    assert house.targets.server.state.tables == {}
    assert house.targets.server.locks == {}
