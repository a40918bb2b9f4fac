from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from atlas.errors import AccessDenied, Conflict, Unavailable
from atlas.handlers.cluster.reflector import Reflector
from atlas.handlers.keys import Key, Ref
from atlas.handlers.turns.dependents import Dependents
from atlas.handlers.turns.inbox import KEPT_BODIES, Inbox
from atlas.handlers.turns.queue import WorkQueue

SHOP = Key("AtlasMigration", "prod", "shop")
BLOG = Key("AtlasMigration", "prod", "blog")
DB = Ref("Secret", "prod", "db")


class Told:
    """An inbox and everything it has asked for."""

    def __init__(self) -> None:
        self.queue: WorkQueue[Key] = WorkQueue(lambda: 0.0)
        self.stopped: list[Key] = []
        self.forgotten: list[Key] = []
        self.inbox = Inbox(self.queue, stop=self.stopped.append, forget=self.forgotten.append)

    def event(self, kind: str | None, generation: int = 1, **more: Any) -> None:
        metadata = {"name": "shop", "namespace": "prod", "uid": "u", "generation": generation}
        metadata |= more.pop("metadata", {})
        self.inbox.receive("AtlasMigration", kind, {"metadata": metadata, "spec": {}, **more})

    def asked(self) -> int:
        """How many keys were asked for since the last call."""
        found = len(self.queue)
        self.queue.forget(SHOP)
        return found


def test_the_first_sight_and_every_new_generation_ask_for_a_pass() -> None:
    told = Told()
    told.event(None)
    assert told.asked() == 1
    told.event("MODIFIED", generation=2)
    assert told.asked() == 1


def test_our_own_status_writes_ask_for_nothing() -> None:
    told = Told()
    told.event(None)
    told.asked()
    told.event("MODIFIED", status={"failed": 1}, metadata={"resourceVersion": "7", "labels": {"a": "b"}})
    assert told.asked() == 0


def test_a_new_value_of_the_annotation_forces_a_pass() -> None:
    told = Told()
    told.event(None)
    told.asked()
    told.event("MODIFIED", metadata={"annotations": {"db.atlasgo.io/reconcile-requested-at": "now"}})
    assert told.asked() == 1


def test_an_object_that_was_made_anew_under_its_name_asks_for_a_pass() -> None:
    told = Told()
    told.event(None)
    told.asked()
    told.event("DELETED")
    assert (told.forgotten, told.stopped) == ([SHOP], [SHOP])
    told.event("ADDED", metadata={"uid": "another"})
    assert told.asked() == 1


def test_a_suspended_or_deleted_object_stops_the_pass_under_way() -> None:
    told = Told()
    told.event("MODIFIED", spec={"suspend": True})
    told.event("MODIFIED", metadata={"deletionTimestamp": "2026-01-01T00:00:00Z"})
    assert told.stopped == [SHOP, SHOP]


def test_a_body_is_given_once_and_is_the_newest() -> None:
    told = Told()
    told.event(None)
    told.event("MODIFIED", generation=2)
    body = told.inbox.take(SHOP)
    assert body is not None
    assert body.generation == 2
    assert told.inbox.take(SHOP) is None


def test_the_bodies_of_many_objects_are_not_all_held() -> None:
    told = Told()
    for number in range(KEPT_BODIES + 10):
        told.event(None, metadata={"name": f"m{number}"})
    held = [told.inbox.take(key) for key in told.inbox.keys()]  # noqa: SIM118 - no mapping
    assert sum(body is not None for body in held) == KEPT_BODIES


def test_a_changed_reference_concerns_those_who_saw_another_version() -> None:
    dependents = Dependents()
    dependents.note(SHOP, {DB: "1"})
    dependents.note(BLOG, {DB: "2"})
    assert dependents.outdated(DB, "2") == (SHOP,)
    assert set(dependents.outdated(DB, "")) == {SHOP, BLOG}
    assert dependents.outdated(Ref("Secret", "prod", "other"), "1") == ()


def test_a_reference_that_is_no_longer_used_concerns_nobody_and_is_forgotten() -> None:
    dependents = Dependents()
    dependents.note(SHOP, {DB: "1"})
    dependents.note(SHOP, {})
    assert dependents.outdated(DB, "2") == ()
    dependents.note(SHOP, {DB: "1"})
    dependents.forget(SHOP)
    assert dependents.all_refs() == ()
    assert dependents._used == {}


class Script:
    """A cluster whose lists and streams a test has written beforehand; at the end it stays silent."""

    def __init__(self, lists: list[Any], streams: list[Any]) -> None:
        self.lists = lists
        self.streams = streams
        self.asked: list[str] = []
        self.over = asyncio.Event()

    async def list_metadata(self, _kind: str, _namespace: str, token: str) -> dict[str, Any]:
        self.asked.append(f"list {token}".strip())
        return await self.next_of(self.lists)

    async def watch_metadata(
        self, _kind: str, _namespace: str, version: str
    ) -> AsyncIterator[dict[str, Any]]:
        self.asked.append(f"watch {version}")
        for event in await self.next_of(self.streams):
            yield event

    async def next_of(self, answers: list[Any]) -> Any:
        if not answers:
            self.over.set()
            await asyncio.Event().wait()
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def page(*versions: tuple[str, str], at: str = "10", more: str = "") -> dict[str, Any]:
    items = [{"metadata": {"name": name, "namespace": "prod", "resourceVersion": v}} for name, v in versions]
    return {"items": items, "metadata": {"resourceVersion": at, "continue": more}}


def change(kind: str, version: str, name: str = "db") -> dict[str, Any]:
    return {
        "type": kind,
        "object": {"metadata": {"name": name, "namespace": "prod", "resourceVersion": version}},
    }


def watched(lists: list[Any], streams: list[Any], noted: str = "1") -> tuple[list[Key], list[str], list[str]]:
    """Run a reflector to the end of the script; what it asked for, requested and warned of."""

    async def no_time(_seconds: float) -> None:
        await asyncio.sleep(0)

    changed: list[Key] = []
    warnings: list[str] = []

    async def work() -> list[str]:
        script = Script(lists, streams)
        dependents = Dependents()
        dependents.note(SHOP, {DB: noted})
        reflector = Reflector(
            script, dependents, kind="Secret", namespace="", changed=changed.append, sleep=no_time
        )  # type: ignore[arg-type]
        task = asyncio.create_task(reflector.run(warnings.append))
        await asyncio.wait_for(script.over.wait(), 5)
        task.cancel()
        return script.asked

    return changed, asyncio.run(work()), warnings


def test_a_list_in_pages_finds_what_changed_while_nobody_watched() -> None:
    changed, asked, _ = watched([page(("a", "5"), more="next"), page(("db", "6"))], [])
    assert changed == [SHOP]
    assert asked == ["list", "list next", "watch 10"]


def test_an_unchanged_reference_asks_for_nothing() -> None:
    assert watched([page(("db", "1"))], [])[0] == []


def test_a_reference_that_is_missing_from_the_list_concerns_its_dependents() -> None:
    assert watched([page()], [])[0] == [SHOP]
    assert watched([page()], [], noted="")[0] == []


def test_the_stream_is_resumed_at_the_last_version_bookmarks_included() -> None:
    stream = [change("MODIFIED", "11"), change("BOOKMARK", "20")]
    changed, asked, _ = watched([page(("db", "1"))], [stream])
    assert changed == [SHOP]
    assert asked == ["list", "watch 10", "watch 20"]


def test_a_deleted_reference_concerns_its_dependents() -> None:
    assert watched([page(("db", "1"))], [[change("DELETED", "12")]])[0] == [SHOP]


@pytest.mark.parametrize(
    "gone", [Conflict("410 Gone"), [{"type": "ERROR", "object": {"code": 410, "message": "too old"}}]]
)
def test_a_forgotten_version_means_a_new_list(gone: Any) -> None:
    _, asked, _ = watched([page(("db", "1")), page(("db", "1"), at="30")], [gone])
    assert asked == ["list", "watch 10", "list", "watch 30"]


def test_a_broken_stream_is_tried_again_and_said() -> None:
    _, asked, warnings = watched([page(), page()], [Unavailable("reset by peer")])
    assert asked == ["list", "watch 10", "list", "watch 10"]
    assert warnings == ["watch of Secret in all namespaces: reset by peer"]


def test_a_watch_that_is_forbidden_is_asked_for_again_and_breaks_nothing() -> None:
    _, asked, warnings = watched([AccessDenied("no"), page()], [])
    assert asked == ["list", "list", "watch 10"]
    assert warnings == ["cannot watch Secret in all namespaces: no"]
