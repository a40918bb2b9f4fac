"""A registry that goes away under many resources and comes back: who asks it, who waits for it, and who is woken."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from functools import partial

import pytest
from atlas.errors import NotFound, Unavailable
from atlas.handlers.healing.guarded import guarded
from atlas.handlers.healing.obstacle import REGISTRY, Obstacle, Watch
from atlas.handlers.healing.obstacles import WAKE_WITHIN_S
from atlas.handlers.turns.outcome import Event
from atlas.reconcile.config_ports import Evaluated, Request
from atlas.reconcile.outcome import Failed, Ready, Unchanged
from atlas.wire.contract import RegistryAddress

from tests.fakes.backed_up import OWN, S3
from tests.fakes.config import FakeConfig
from tests.fakes.directories import directory_with
from tests.fakes.fleet import ONE, OUT, Fleet, in_fleet
from tests.fakes.reconcile import TARGET

MANY = 1000
BACK_WITHIN_S = 60.0


def test_a_thousand_resources_do_not_ask_a_dead_registry_and_are_all_woken_when_it_answers() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.back_up()
        keys = [fleet.add(f"shop-{number}") for number in range(MANY)]
        fleet.registry.is_out = True
        await fleet.turn(keys[0])
        await fleet.judged()
        asked = fleet.registry.requests
        turns = await asyncio.gather(*map(fleet.turn, keys[1:]))
        assert fleet.registry.requests == asked == 1
        assert all(isinstance(turn.outcome, Ready) for turn in turns)
        assert {fleet.source(key)["url"] for key in keys} == {S3}
        fleet.time.advance(3 * 3600)
        await fleet.until(lambda: fleet.registry.looks > 1 and fleet.is_settled)
        fleet.registry.is_out = False
        returned_at = fleet.time.now()
        while fleet.is_out:
            fleet.time.advance(1)
            await asyncio.sleep(0.001)
        fleet.time.advance(WAKE_WITHIN_S)
        assert await fleet.woken() == set(keys)
        assert fleet.time.now() - returned_at < BACK_WITHIN_S / 3
        for key in keys:
            fleet.queue.done(key)
        await asyncio.gather(*map(fleet.turn, keys))
        assert all(fleet.source(key) == {"url": OWN} for key in keys)

    in_fleet(work)


def test_what_failed_by_the_outage_is_woken_too() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.registry.is_out = True
        keys = [fleet.add("one"), fleet.add("two")]
        first = await fleet.turn(keys[0])
        await fleet.judged()
        second = await fleet.turn(keys[1])
        for turn in (first, second):
            assert isinstance(turn.outcome, Failed)
            assert turn.outcome.message == str(OUT)
        fleet.registry.is_out = False
        fleet.time.advance(REGISTRY.pauses_s[-1] * 1.2)
        await fleet.until(lambda: not fleet.is_out)
        fleet.time.advance(WAKE_WITHIN_S)
        assert await fleet.woken() == set(keys)

    in_fleet(work)


def test_one_request_that_fails_alone_is_no_outage_for_the_others() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.back_up()
        fleet.registry.broken = {"atlas://shop?tag=v1"}
        fleet.registry.directories["atlas://whole?tag=v1"] = directory_with(ONE)
        broken = fleet.add("broken")
        whole = fleet.add("whole", {"url": TARGET, "dir": {"remote": {"name": "whole", "tag": "v1"}}})
        turn = await fleet.turn(broken)
        assert isinstance(turn.outcome, Ready)
        await fleet.judged()
        await fleet.turn(whole)
        assert fleet.source(broken)["url"] == S3
        assert fleet.source(whole) == {"url": OWN}
        assert not fleet.is_out
        fleet.time.advance(60)
        assert await fleet.woken() == set()  # it would be woken, fail and be woken for ever
        assert turn.delay_s is not None
        assert turn.delay_s < 3600  # it is looked at again before the next resync

    in_fleet(work)


def test_a_pass_that_met_the_outage_and_ends_after_it_comes_back_at_once() -> None:
    async def work(fleet: Fleet) -> None:
        key = fleet.add("shop")
        outage = Watch(Obstacle(REGISTRY, OWN, lambda: True))
        outage.was_seen = outage.is_over = True
        assert fleet.obstacles.note(key, [outage]) == pytest.approx(WAKE_WITHIN_S / 2)
        outage.was_seen = False
        assert fleet.obstacles.note(key, [outage]) is None

    in_fleet(work)


def test_a_resource_that_no_longer_needs_the_registry_is_not_woken() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.registry.is_out = True
        key = fleet.add("shop")
        await fleet.turn(key)
        await fleet.judged()
        body = fleet.objects.put(key, {"url": TARGET, "dir": {"local": ONE}}, generation=2)
        fleet.inbox.receive(key.kind, "MODIFIED", body)
        fleet.queue.forget(key)
        assert isinstance((await fleet.turn(key)).outcome, Ready)
        fleet.registry.is_out = False
        fleet.time.advance(60)
        await fleet.until(lambda: not fleet.is_out)
        fleet.time.advance(60)
        assert await fleet.woken() == set()

    in_fleet(work)


def test_a_refusal_ends_an_outage_for_somebody_gave_it() -> None:
    async def work(fleet: Fleet) -> None:
        address, asked, begun = RegistryAddress(OWN), threading.Event(), threading.Event()

        def refused_late() -> None:
            asked.set()
            begun.wait(30)
            raise NotFound("nothing")

        late = asyncio.create_task(asyncio.to_thread(fleet.outages.asked, address, refused_late, []))
        await asyncio.to_thread(asked.wait, 30)
        fleet.registry.is_out = True
        key = fleet.add("shop")
        try:
            await fleet.turn(key)
            await fleet.judged()
            assert fleet.is_out
        finally:
            begun.set()
        with pytest.raises(NotFound):
            await late
        await fleet.until(lambda: not fleet.is_out)
        fleet.time.advance(WAKE_WITHIN_S)
        assert await fleet.woken() == {key}
        assert fleet.registry.looks == 1

    in_fleet(work)


def test_an_answer_is_a_verdict_as_good_as_that_of_a_look_that_hangs() -> None:
    async def work(fleet: Fleet) -> None:
        address = RegistryAddress(OWN)
        asked, begun, silence = threading.Event(), threading.Event(), threading.Event()

        def answered_late() -> str:
            asked.set()
            begun.wait(30)
            return "here"

        fleet.outages._answers = lambda _: silence.wait(30)
        late = asyncio.create_task(asyncio.to_thread(fleet.outages.asked, address, answered_late, []))
        await asyncio.to_thread(asked.wait, 30)
        outage = fleet.outages.failed(address, Unavailable("one request failed"))
        judged = asyncio.create_task(asyncio.to_thread(fleet.outages.real, address))
        try:
            begun.set()
            assert await late == "here"
            assert await judged is None
            assert outage.is_over
            assert not silence.is_set()
        finally:
            begun.set()
            silence.set()

    in_fleet(work)


def test_a_project_file_is_told_that_the_registry_of_its_data_sources_is_out_and_asks_nobody() -> None:
    async def work(fleet: Fleet) -> None:
        project = FakeConfig(answers={"remote_dir": {"url": "mem://x"}})
        ports = replace(fleet.around.ports, config=project.ports())
        text = 'data "remote_dir" "x" { name = "shop" }\nenv "prod" { url = data.remote_dir.x.url }'
        request = Request(text=text, environment="prod", variables={}, registry=RegistryAddress(OWN, "t"))
        fleet.registry.is_out = True
        await fleet.turn(fleet.add("another"))
        await fleet.judged()
        heard: list[Watch] = []
        config = guarded(ports, fleet.outages, heard).config
        assert config is not None
        answer = await asyncio.to_thread(config.evaluate, request)
        assert isinstance(answer.found, Unavailable)
        assert str(OUT) in str(answer.found)
        assert project.addresses == []
        assert [outage.place for outage in heard] == [OWN]
        plain = replace(request, text='env "prod" { url = "sqlite://x" }')
        assert isinstance((await asyncio.to_thread(config.evaluate, plain)).found, Evaluated)

    in_fleet(work)


def test_a_report_that_nobody_takes_delays_a_pass_by_a_second_at_most() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.registry.held = threading.Event()
        key = fleet.add("shop")
        try:
            turn = await asyncio.wait_for(fleet.turn(key), 15)
        finally:
            fleet.registry.held.set()
        assert isinstance(turn.outcome, Ready)
        assert turn.outcome.deployment_url == ""
        assert any("not reported" in warning for warning in fleet.world.warnings)
        await fleet.until(lambda: len(fleet.registry.reports) == 1)  # it was sent all the same

    in_fleet(work)


def test_an_event_says_when_a_backup_begins_to_stand_in_and_when_it_no_longer_does() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.back_up()
        fleet.registry.is_out = True
        key = fleet.add("shop")
        await fleet.turn(key)
        await fleet.judged()
        await fleet.turn(key)  # the same again is no news
        applied, told = fleet.events
        assert (applied.reason, applied.is_warning) == ("Applied", False)
        assert (told.reason, told.is_warning) == ("SourceChanged", True)
        assert told.message == f"served from {S3}: the registry at {OWN} did not answer: {OUT}"
        fleet.registry.is_out = False
        fleet.time.advance(60)
        await fleet.until(lambda: not fleet.is_out)
        await fleet.turn(key)
        assert fleet.events[2:] == [Event(False, "SourceChanged", f"served from {OWN} again")]

    in_fleet(work)


def test_the_metrics_say_where_a_resource_was_read_from_and_which_registries_are_out() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.back_up()
        fleet.metrics.watch_obstacles(fleet.obstacles.count)
        fleet.registry.is_out = True
        key = fleet.add("shop")
        await fleet.turn(key)
        await fleet.judged()
        labels = 'kind="AtlasMigration",name="shop",namespace="prod"'
        text = fleet.metrics.text().decode()
        assert f'atlas_resource_source{{{labels},source="backup"}} 1.0' in text
        assert 'atlas_fallbacks_total{kind="AtlasMigration"} 1.0' in text
        assert "atlas_registries_out 1.0" in text
        fleet.registry.is_out = False
        fleet.time.advance(60)
        await fleet.until(lambda: not fleet.is_out)
        assert isinstance((await fleet.turn(key)).outcome, Unchanged)
        text = fleet.metrics.text().decode()
        assert f'atlas_resource_source{{{labels},source="registry"}} 1.0' in text
        assert 'source="backup"' not in text
        fleet.turns.forget(key)
        assert "atlas_resource_source{" not in fleet.metrics.text().decode()

    in_fleet(work)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("http://registry answers 503: s3cr3t of a team", "http://registry answers 503"),
        ("http://registry did not answer within 10 s", "http://registry did not answer within 10 s"),
        ('the content of "secret-repository" is damaged', "http://registry gave an answer that is none"),
    ],
)
def test_others_are_told_that_a_registry_is_out_and_not_what_it_said_to_one(said: str, told: str) -> None:
    async def work(fleet: Fleet) -> None:
        assert fleet.outages.failed(RegistryAddress(OWN), Unavailable(said)).obstacle.why == told

    in_fleet(work)


def test_a_defect_of_a_look_keeps_nobody_from_the_registry() -> None:
    async def work(fleet: Fleet) -> None:
        def defect(_: RegistryAddress) -> bool:
            raise RuntimeError("a defect")

        fleet.outages._answers = defect
        fleet.registry.is_out = True
        await fleet.turn(fleet.add("shop"))
        await fleet.until(lambda: not fleet.obstacles._watched)

    in_fleet(work)


def has_looked_or_forgotten(fleet: Fleet, looks: int) -> bool:
    return (fleet.registry.looks >= looks and fleet.is_settled) or not fleet.obstacles._tasks


def test_a_registry_that_nobody_needs_any_more_is_looked_for_no_longer_and_found_out_again() -> None:
    async def work(fleet: Fleet) -> None:
        fleet.registry.is_out = True
        key = fleet.add("shop")
        await fleet.turn(key)
        await fleet.judged()
        fleet.turns.forget(key)
        for _ in range(REGISTRY.unwanted_looks + 2):
            wanted = fleet.registry.looks + 1
            fleet.time.advance(REGISTRY.pauses_s[-1] * 1.2)
            await fleet.until(partial(has_looked_or_forgotten, fleet, wanted))
        assert fleet.obstacles._watched == {}
        assert fleet.obstacles._tasks == set()
        again = fleet.add("again")
        assert isinstance((await fleet.turn(again)).outcome, Failed)
        await fleet.judged()
        assert fleet.is_out
        fleet.registry.is_out = False
        fleet.time.advance(REGISTRY.pauses_s[-1] * 1.2)
        await fleet.until(lambda: not fleet.is_out)
        fleet.time.advance(WAKE_WITHIN_S)
        assert await fleet.woken() == {again}

    in_fleet(work)
