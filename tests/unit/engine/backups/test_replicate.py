"""Pushes to a registry and its backups: who took what, and what an index says of it."""

from __future__ import annotations

import random
import threading
import time
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    Pace,
    Primary,
    Replicated,
    Target,
    VersionToCopy,
    copy_of_plan,
    copy_of_version,
    plan_to_copy,
    replicate,
)
from atlas.engine.plan_file import PlanFile
from atlas.errors import AtlasError, Conflict, Rejected, Unauthorized, Unavailable
from atlas.wire.contract import APPROVED, SCHEMA
from atlas.wire.index import RepositoryIndex, UnsyncedPush

from tests.fakes.backups import NO_WAITING, FailingBucket, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTRY = "http://registry.example"
PLAN = PlanFile(name="add_t", current_hash="a", desired_hash="b", migration="CREATE TABLE t (id int);")


def answers(answer: str = "stored") -> Callable[[], str]:
    return lambda: answer


def fails(error: AtlasError) -> Callable[[], str]:
    def ask() -> str:
        raise error

    return ask


def push(ask: Callable[[], str], *targets: Target, version: VersionToCopy | None = None) -> Replicated[str]:
    copy = copy_of_version(version or schema_version(), NO_WAITING)
    return replicate(Primary(REGISTRY, ask), targets, copy, NO_WAITING)


def index_of(target: Target) -> RepositoryIndex:
    loaded = target.content.load_index(target.key(SCHEMA, "app"))
    assert loaded
    return loaded.index


def text_of(target: Target, tag: str) -> str:
    index = index_of(target)
    version = index.versions[index.tags[tag].ordinal - 1]
    [entry] = target.content.entries(index.key, version.digest)
    return entry.content.decode()


def test_a_push_goes_to_the_registry_and_to_every_backup() -> None:
    one, two = backup(url="file:///one"), backup(url="file:///two")
    done = push(answers(), one, two, version=schema_version(tag="v1"))
    assert done == Replicated("stored", ("file:///one", "file:///two"), ())
    assert text_of(one, "v1") == text_of(two, "v1") == "one"
    assert index_of(one).unsynced == ()


def test_without_backups_the_registry_is_asked_as_ever() -> None:
    assert push(answers()) == Replicated("stored", (), ())
    with pytest.raises(Unavailable, match=r"^gone$"):
        push(fails(Unavailable("gone")))


def test_what_the_registry_missed_is_kept_and_marked() -> None:
    target = backup()
    done = push(fails(Unavailable("gone")), target, version=schema_version(tag="v1"))
    assert done.answer is None
    assert done.backups == ("file:///backup",)
    assert done.missed == ((REGISTRY, "gone"),)
    assert index_of(target).unsynced == (UnsyncedPush(1, "v1"),)


def test_the_next_push_of_the_same_clears_the_mark_and_no_other() -> None:
    target = backup()
    push(fails(Unavailable("gone")), target, version=schema_version("one", "v1"))
    push(fails(Unavailable("gone")), target, version=schema_version("two", "v2"))
    push(answers(), target, version=schema_version("one", "v1"))
    assert index_of(target).unsynced == (UnsyncedPush(2, "v2"),)


@pytest.mark.parametrize("refusal", [Unauthorized("no"), Conflict("write-once"), Rejected("no driver")])
def test_what_the_registry_refuses_is_in_no_backup(refusal: AtlasError) -> None:
    target = backup()
    with pytest.raises(type(refusal), match=str(refusal)):
        push(fails(refusal), target)
    assert target.content.load_index(target.key(SCHEMA, "app")) is None


def test_one_backup_is_enough() -> None:
    broken = backup(FailingBucket(MemoryBucket(), from_call=1), url="file:///broken")
    done = push(fails(Unavailable("gone")), broken, backup())
    assert done.backups == ("file:///backup",)
    assert [each.url for each in done.missed] == [REGISTRY, "file:///broken"]


def test_nobody_is_an_error_that_names_everybody() -> None:
    broken = backup(FailingBucket(MemoryBucket(), from_call=1), url="file:///broken")
    with pytest.raises(
        Unavailable, match=r"(?s)nothing was pushed.*registry\.example: gone.*///broken: the buck"
    ):
        push(fails(Unavailable("gone")), broken)


def test_no_message_shows_a_password() -> None:
    done = push(fails(Unavailable("https://me:secret@registry.example is gone")), backup())
    assert "secret" not in str(done.missed)


@pytest.mark.parametrize("call", range(1, 7))
def test_an_outage_of_one_call_is_got_over(call: int) -> None:
    failing = FailingBucket(MemoryBucket(), frozenset({call}))
    done = push(answers(), backup(failing), version=schema_version(tag="v1"))
    assert done.missed == ()
    assert failing.calls >= call, "the bucket is never asked that often"


@pytest.mark.parametrize("call", range(1, 6))
def test_a_push_that_is_cut_off_leaves_no_half_version(call: int) -> None:
    bucket = MemoryBucket()
    push(answers(), backup(bucket), version=schema_version("one", "v1"))
    dying = backup(FailingBucket(bucket, from_call=call))
    assert push(answers(), dying, version=schema_version("two", "v2")).missed
    assert text_of(backup(bucket), "v1") == "one"
    assert "v2" not in index_of(backup(bucket)).tags
    push(answers(), backup(bucket), version=schema_version("two", "v2"))
    assert text_of(backup(bucket), "v2") == "two"


def test_writers_at_once_lose_nothing() -> None:
    bucket, chance = MemoryBucket(), random.Random(7)
    pace = Pace(wait=lambda seconds: time.sleep(seconds / 10), chance=chance.random)

    def write(writer: int) -> None:
        target = backup(bucket)
        for number in range(25):
            version = schema_version(f"{writer}/{number}", f"w{writer}-{number}")
            done = replicate(Primary(REGISTRY, answers()), [target], copy_of_version(version, pace), pace)
            assert done.missed == ()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    target = backup(bucket)
    index = index_of(target)
    assert [version.ordinal for version in index.versions] == list(range(1, 201))
    for writer in range(8):
        for number in range(25):
            assert text_of(target, f"w{writer}-{number}") == f"{writer}/{number}"


def test_another_driver_is_refused_by_the_backup() -> None:
    target = backup()
    push(answers(), target)
    done = push(answers(), target, version=schema_version("two", driver="postgres"))
    assert "has driver sqlite there" in done.missed[0].error


def test_a_new_repository_needs_a_driver() -> None:
    done = push(answers(), backup(), version=schema_version(driver=""))
    assert "--dev-url" in done.missed[0].error


def test_the_name_that_the_registry_gives_is_that_of_the_backup() -> None:
    target = backup()
    copy = copy_of_version(schema_version(), NO_WAITING, str)
    replicate(Primary(REGISTRY, answers("20260101")), [target], copy, NO_WAITING)
    assert index_of(target).versions[0].name == "20260101"


def test_a_plan_goes_with_its_schema() -> None:
    target = backup()
    copy = copy_of_plan(plan_to_copy("app", PLAN, APPROVED, b"plan", schema_version().at), NO_WAITING)
    done = replicate(Primary(REGISTRY, answers()), [target], copy, NO_WAITING)
    assert "atlas schema push app" in done.missed[0].error
    push(answers(), target)
    replicate(Primary(REGISTRY, fails(Unavailable("gone"))), [target], copy, NO_WAITING)
    index = index_of(target)
    assert [plan.name for plan in index.plans] == ["add_t"]
    assert index.unsynced_plans == ("add_t",)
    assert target.content.plan(index.key, index.plans[0].digest) == b"plan"
    replicate(Primary(REGISTRY, answers()), [target], copy, NO_WAITING)
    assert index_of(target).unsynced_plans == ()


class Broken(MemoryBucket):
    """A bucket whose library raises what it should not."""

    def put_if_absent(self, key: str, data: bytes) -> str:
        message = "ConnectionResetError(104, 'secret of a library')"
        raise ZeroDivisionError(message)


def test_a_fault_in_the_library_of_one_store_does_not_hide_what_others_took() -> None:
    whole, broken = backup(), backup(Broken(), "s3://bucket")
    done = push(answers(), broken, whole)
    assert (done.answer, done.backups) == ("stored", (whole.url,))
    assert [(each.url, each.error) for each in done.missed] == [
        ("s3://bucket", "unexpected ZeroDivisionError")
    ]


def test_a_backup_of_a_later_format_is_left_alone() -> None:
    bucket = MemoryBucket()
    push(answers(), backup(bucket))
    name = "default/schemas/app/index.json"
    later = bucket.get(name).data.replace(b'"format": 1', b'"format": 2')
    bucket.put_if_unchanged(name, later, etag=bucket.head(name))
    done = push(answers(), backup(bucket), version=schema_version("two", "v2"))
    assert done.backups == ()
    assert "format 2" in done.missed[0].error
    assert bucket.get(name).data == later
