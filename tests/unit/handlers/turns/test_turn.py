from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from atlas.errors import ConnectFailed, Unavailable
from atlas.handlers.healing.servers import TRIES
from atlas.handlers.keys import Key
from atlas.handlers.turns.outcome import Event, event_body
from atlas.handlers.turns.turn import Turn, Turns
from atlas.reconcile.outcome import Failed, Ready, Rehashed, Source, Stopped, Suspended, Unchanged
from atlas.reconcile.ports import Stored

from tests.fakes.house import DB, FROM_SECRET, SHOP, SPEC, House, in_house
from tests.fakes.reconcile import TARGET, resource_with


def test_a_new_resource_is_written_twice_and_told_once() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        turn = await house.turn()
        assert isinstance(turn.outcome, Ready)
        assert house.objects.requests == ["get", "patch", "patch"]
        begun, ended = house.objects.patches
        assert begun["conditions"][0]["reason"] == "Reconciling"  # type: ignore[index]
        assert ended["conditions"][0]["reason"] == "Applied"  # type: ignore[index]
        assert house.events == [Event(False, "Applied", "Version 2 applied")]

    in_house(work)


def test_a_resync_writes_nothing_and_tells_nothing() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        house.events.clear()
        turn = await house.turn()
        assert turn.outcome == Unchanged(source=Source("local"))
        assert house.objects.requests == ["get"]
        assert house.events == []
        assert turn.delay_s is not None
        assert turn.delay_s > 9 * 3600

    in_house(work)


def test_a_new_generation_is_reconciling_before_the_database_is_opened() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        seen: list[tuple[str, str]] = []
        opened = house.world.targets.open
        house.world.targets.open = lambda url: (seen.append(house.ready()), opened(url))[1]  # type: ignore[method-assign]
        house.turns._around.ports.targets._open = house.world.targets.open  # type: ignore[attr-defined]
        house.objects.put(SHOP, SPEC, generation=2)
        await house.turn()
        assert seen == [("False", "Reconciling")]
        assert house.ready() == ("True", "Applied")
        assert len(house.events) == 1

    in_house(work)


def test_a_rotated_secret_with_nothing_pending_moves_only_the_hash() -> None:
    async def work(house: House) -> None:
        house.objects.references[DB] = Stored("Secret", "db", "u", "1", {"url": TARGET.encode()})
        house.objects.put(SHOP, FROM_SECRET)
        await house.turn()
        assert house.dependents.outdated(DB, "2") == (SHOP,)
        assert house.dependents.outdated(DB, "1") == ()
        house.objects.references[DB] = Stored("Secret", "db", "u", "2", {"url": TARGET.encode()})
        turn = await house.turn()
        assert isinstance(turn.outcome, Rehashed)
        assert [list(patch) for patch in house.objects.patches] == [["observed_hash"]]
        assert house.dependents.outdated(DB, "2") == ()

    in_house(work)


def test_a_missing_secret_is_waited_for_by_name() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, FROM_SECRET)
        turn = await house.turn()
        assert isinstance(turn.outcome, Failed)
        assert turn.outcome.message == "secret prod/db not found"
        assert turn.delay_s == 5
        assert house.dependents.outdated(DB, "1") == (SHOP,)

    in_house(work)


def test_a_retry_that_fails_in_the_same_way_counts_and_tells_nothing_new() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, FROM_SECRET)
        await house.turn()
        turn = await house.turn()
        assert [list(patch) for patch in house.objects.patches] == [["failed"]]
        assert turn.delay_s == 10
        assert [event.reason for event in house.events] == ["TransientErr"]

    in_house(work)


def test_the_limit_is_told_once() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, FROM_SECRET | {"backoffLimit": 1})
        delays = [(await house.turn()).delay_s for _ in range(3)]
        assert delays == [5, None, None]
        assert [event.reason for event in house.events] == ["TransientErr", "BackoffLimitExceeded"]

    in_house(work)


def test_what_is_not_served_is_told_by_its_reason_and_never_tried_again() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC | {"policy": {"drift": {"onError": "FAIL"}}})
        assert (await house.turn()).delay_s is None
        assert [event.reason for event in house.events] == ["Unsupported"]

    in_house(work)


def test_an_older_body_of_the_watch_does_not_bring_back_an_older_status() -> None:
    async def work(house: House) -> None:
        body = house.objects.put(SHOP, FROM_SECRET)
        old = {**body, "status": dict(body["status"])}
        await house.turn()
        await house.turn()
        house.inbox.receive(SHOP.kind, "MODIFIED", old | {"metadata": body["metadata"] | {"generation": 2}})
        await house.turn()
        assert house.objects.objects[SHOP]["status"]["failed"] == 3

    in_house(work)


def test_what_somebody_else_wrote_into_the_status_is_put_right_at_the_next_look() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        foreign = {"type": "Ready", "status": "False", "reason": "Hijacked", "message": ""}
        house.objects.objects[SHOP]["status"] |= {"conditions": [foreign], "lastAppliedVersion": "999"}
        await house.turn()
        assert house.ready() == ("True", "Applied")
        assert house.objects.objects[SHOP]["status"]["lastAppliedVersion"] == "2"

    in_house(work)


def test_a_ready_resource_that_names_another_version_than_the_database_has_is_put_right() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        house.objects.objects[SHOP]["status"] |= {"lastAppliedVersion": "999"}
        await house.turn()
        assert house.objects.objects[SHOP]["status"]["lastAppliedVersion"] == "2"

    in_house(work)


def test_a_condition_of_somebody_else_outlives_the_next_generation() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        theirs = {"type": "Theirs", "status": "True", "reason": "Seen", "message": ""}
        conditions = [*house.objects.objects[SHOP]["status"]["conditions"], theirs]
        house.objects.objects[SHOP]["status"] |= {"conditions": conditions}
        house.inbox.receive(SHOP.kind, "MODIFIED", house.objects.put(SHOP, SPEC, generation=2))
        await house.turn()
        status = house.objects.objects[SHOP]["status"]
        assert status["observedGeneration"] == 2
        assert [one["type"] for one in status["conditions"]] == ["Ready", "Reconciling", "Stalled", "Theirs"]

    in_house(work)


def test_a_status_that_could_not_be_written_is_written_again() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        await house.turn()
        house.objects.put(SHOP, SPEC | {"policy": {"drift": {"onError": "FAIL"}}}, generation=1)
        house.objects.errors = [Unavailable("503"), Unavailable("503")]
        turn = await house.turn()
        assert isinstance(turn.outcome, Failed)
        assert house.ready() == ("False", "Unsupported")

    in_house(work)


def test_a_suspended_resource_is_written_once_and_left_alone() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC | {"suspend": True})
        assert await house.turn() == Turn(Suspended(), None)
        assert len(house.objects.patches) == 1
        await house.turn()
        assert house.objects.patches == []
        assert house.world.targets.opened == []

    in_house(work)


def test_a_pass_that_stops_comes_back_and_keeps_what_is_done() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        stop = threading.Event()
        house.world.targets.server.point = lambda line: stop.set() if "after CREATE TABLE a" in line else None
        house.inbox.receive(SHOP.kind, None, house.objects.objects[SHOP])
        turn = await house.turns.take(SHOP, stop)
        assert turn == Turn(Stopped(), 1.0)
        assert house.world.tables == {"a"}
        assert isinstance((await house.turn()).outcome, Ready)

    in_house(work)


def test_a_server_that_is_down_is_not_asked_by_everybody() -> None:
    async def work(house: House) -> None:
        house.world.targets.error = ConnectFailed("connection refused")
        house.objects.put(SHOP, SPEC)
        for _ in range(TRIES + 2):
            turn = await house.turn()
            assert isinstance(turn.outcome, Failed)
            assert turn.outcome.reason == "ConnectFailed"
        assert len(house.world.targets.opened) == TRIES

    in_house(work)


def test_a_defect_ends_in_a_status_and_not_in_silence() -> None:
    async def work(house: House) -> None:
        def broken(_line: str) -> None:
            raise ZeroDivisionError

        house.world.targets.server.point = broken
        house.objects.put(SHOP, SPEC)
        turn = await house.turn()
        assert isinstance(turn.outcome, Failed)
        assert house.ready() == ("False", "InternalError")

    in_house(work)


def test_an_atlas_schema_without_a_desired_state_is_told_so() -> None:
    async def work(house: House) -> None:
        key = Key("AtlasSchema", "prod", "shop")
        house.objects.put(key, {"url": TARGET})
        house.inbox.receive(key.kind, None, house.objects.objects[key])
        turn = await house.turns.take(key, threading.Event())
        assert isinstance(turn.outcome, Failed)
        assert turn.outcome.reason == "ReadSchema"
        assert house.objects.objects[key]["status"]["conditions"][0]["reason"] == "ReadSchema"

    in_house(work)


def test_a_resource_that_vanishes_leaves_nothing_behind() -> None:
    async def work(house: House) -> None:
        working = asyncio.create_task(house.worker.run(house.turns))
        house.queue.add(SHOP)
        await house.until(lambda: not house.queue.active and not len(house.queue))
        assert await house.worker.drain(1)
        working.cancel()
        assert house.objects.requests == ["get"]

    in_house(work)


def test_a_long_run_shows_its_progress_every_two_seconds_at_most() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        house.world.targets.server.point = lambda line: (
            house.world.clock.sleep(1.5) if "after CREATE" in line else None
        )
        await house.turn()
        assert [patch["progress"] for patch in house.objects.patches if patch.get("progress")] == [
            "2/2 files"
        ]
        assert "progress" not in house.objects.objects[SHOP]["status"]

    in_house(work)


def test_the_wait_before_a_run_is_no_progress_of_it() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        house.world.targets.on_open = lambda: house.world.clock.sleep(10)
        await house.turn()
        assert [patch for patch in house.objects.patches if patch.get("progress")] == []

    in_house(work)


def test_a_resource_that_is_deleted_during_its_pass_is_forgotten_after_it() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, FROM_SECRET)
        house.objects.references[DB] = Stored("Secret", "db", "u", "1", {"url": TARGET.encode()})
        loop = asyncio.get_running_loop()
        gone = {"metadata": {"name": "shop", "namespace": "prod"}}
        house.world.targets.server.point = lambda _line: (
            loop.call_soon_threadsafe(house.inbox.receive, SHOP.kind, "DELETED", gone) and None
        )
        assert (await house.turn()).delay_s is None
        assert house.dependents.all_refs() == ()
        assert house.turns._statuses == {}

    in_house(work)


def test_the_worker_brings_many_resources_to_ready_at_once() -> None:
    async def work(house: House) -> None:
        house.objects.put(SHOP, SPEC)
        working = asyncio.create_task(house.worker.run(house.turns))
        house.inbox.receive(SHOP.kind, None, house.objects.objects[SHOP])
        await house.until(lambda: "Applied" in str(house.objects.objects[SHOP]["status"]))
        assert await house.worker.drain(1)
        working.cancel()
        assert "get" not in house.objects.requests

    in_house(work)


def test_an_event_names_its_object_and_is_short_enough() -> None:
    resource = resource_with(SPEC)
    body = event_body(
        SHOP, resource, Event(True, "TransientErr", "x" * 5000), "db.atlasgo.io/v1alpha1", "host"
    )
    assert body["type"] == "Warning"
    assert len(str(body["message"])) == 1024
    assert body["source"] == {"component": "atlasmigration-controller", "host": "host"}
    assert body["involvedObject"]["uid"] == "uid-shop"  # type: ignore[index]


def test_resources_with_a_project_file_wait_for_each_other_and_keep_nobody_else_waiting() -> None:
    release = threading.Event()

    async def work(house: House) -> None:
        with ThreadPoolExecutor(1) as of_files:
            of_files.submit(release.wait, 10)
            turns = Turns(replace(house.around, config_pool=of_files), write_pauses_s=(0.0, 0.0))
            with_file = Key(SHOP.kind, "prod", "with-file")
            for key, spec in ((SHOP, SPEC), (with_file, SPEC | {"config": "x"})):
                house.inbox.receive(key.kind, None, house.objects.put(key, spec))
            waiting = asyncio.create_task(turns.take(with_file, threading.Event()))
            assert isinstance((await turns.take(SHOP, threading.Event())).outcome, Ready)
            assert not waiting.done()
            release.set()
            assert isinstance((await waiting).outcome, Failed)

    in_house(work)


def test_a_server_that_does_not_answer_keeps_no_statement_of_another_from_being_cancelled() -> None:
    async def work(house: House) -> None:
        answer, cancelled = threading.Event(), threading.Event()

        class Silent:
            def cancel(self) -> None:
                answer.wait(30)

        class Broken:
            def cancel(self) -> None:
                raise RuntimeError("no cancellation")

        class Other:
            def cancel(self) -> None:
                cancelled.set()

        works = (Silent(), Broken(), Other())
        for number, one in enumerate(works):
            house.turns._deploying[SHOP._replace(name=f"shop-{number}")] = one  # type: ignore[assignment]
        cancelling = asyncio.create_task(asyncio.to_thread(house.turns.cancel_statements))
        try:
            assert await asyncio.to_thread(cancelled.wait, 10)
        finally:
            answer.set()
            await cancelling

    in_house(work)
