"""A registry and its backups after pushes that reached some of them: in the end all mean what the registry means."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    Held,
    Target,
    adopt,
    adopted,
    bring_back,
    copy_of_plan,
    copy_of_version,
    found_index,
    lacks,
    lags,
    plan_to_copy,
    resync,
    store_version,
)
from atlas.engine.plan_file import PlanFile, print_plan_file
from atlas.errors import Rejected
from atlas.wire.contract import APPROVED, PENDING, SCHEMA, PlanStatus
from atlas.wire.history import latest_of, latest_since, resolve
from atlas.wire.layout import RepositoryKey, file_key
from atlas.wire.reference import LATEST

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from atlas.engine.backups import BackedUpPlan
    from atlas.wire.archive import Entry
    from atlas.wire.index import RepositoryIndex, VersionRecord
    from atlas.wire.reference import Reference

KEY = RepositoryKey("default", SCHEMA, "app")


class BucketRegistry:
    """The registry as ``bring_back`` knows it, with its content in a bucket; it has a clock of its own."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._pushes = 0

    def held(self, key: RepositoryKey, reference: Reference) -> Held:
        found = index(self.target)
        version = resolve(found, reference)
        tag = found.tags.get(reference.tag)
        moved_at = tag.moved_at if tag and reference.tag not in {"", LATEST} else latest_since(found)
        return Held(version.digest, self.target.content.entries(key, version.digest), version.name, moved_at)

    def push(
        self, _index: RepositoryIndex, version: VersionRecord, tag: str, entries: tuple[Entry, ...]
    ) -> None:
        self._pushes += 1
        at = f"2026-01-03T00:00:00.{self._pushes:06}Z"
        wanted = schema_version(entries[0].content.decode(), tag, name=version.name)
        store_version(self.target, replace(wanted, at=at), NO_WAITING)

    def push_plan(self, slug: str, plan: BackedUpPlan) -> None:
        raise NotImplementedError(slug, plan)


def index(target: Target) -> RepositoryIndex:
    found = found_index(target, KEY)
    assert found
    return found


def put(target: Target, text: str, tag: str = "", at: str = "2026-01-02T00:00:00.000000Z") -> None:
    store_version(target, replace(schema_version(text, tag), at=at), NO_WAITING)


def _miss(target: Target, text: str, tag: str, at: str) -> None:
    copy = copy_of_version(replace(schema_version(text, tag), at=at), NO_WAITING)
    copy.record(target, copy.stage(target), None)


def put_plan(target: Target, name: str, status: PlanStatus) -> None:
    file = PlanFile(name=name, current_hash="a", desired_hash="b", migration="CREATE TABLE t (id int);")
    at = "2026-01-03T00:00:00.000000Z"
    copy = copy_of_plan(plan_to_copy("app", file, status, print_plan_file(file).encode(), at), NO_WAITING)
    copy.record(target, copy.stage(target), "stored")


def meaning(target: Target) -> tuple[object, ...]:
    found = index(target)
    tags = {name: found.versions[tag.ordinal - 1].digest for name, tag in found.tags.items()}
    return tags, latest_of(found).digest


def test_a_new_backup_is_as_the_registry() -> None:
    registry, target = backup(), backup()
    for text, tag in (("one", ""), ("two", "v1"), ("two", ""), ("one", ""), ("three", "v1")):
        put(registry, text, tag)
    put_plan(registry, "p", APPROVED)
    [done] = adopt(registry, target, [KEY], NO_WAITING)
    assert done.brought == ("the whole repository",)
    assert index(target) == index(registry)
    assert [version.ordinal for version in index(target).versions] == [1, 2, 3, 4]
    [again] = adopt(registry, target, [KEY], NO_WAITING)
    assert not again.is_news


def test_what_is_lacking_is_named_and_brought() -> None:
    registry, target = backup(), backup()
    for each in (registry, target):
        put(each, "one", "v1")
    put(registry, "two", "v1")
    put(registry, "two", "v2")
    put_plan(registry, "p", PENDING)
    named = lacks(found_index(target, KEY), index(registry))
    assert [text.partition(" (")[0].partition(" at ")[0] for text in named] == [
        "version of two",
        'tag "v1"',
        'tag "v2"',
        'plan "p"',
    ]
    [done] = adopt(registry, target, [KEY], NO_WAITING)
    assert done.brought == named
    assert lacks(index(target), index(registry)) == ()


def test_of_two_backups_the_one_that_is_behind_lags() -> None:
    one, two = backup(), backup()
    for each in (one, two):
        put(each, "one", "v1")
    put(two, "two", "v1", "2026-01-03T00:00:00.000000Z")
    assert any('tag "v1" at' in text for text in lags(index(one), index(two)))
    assert lags(index(two), index(one)) == ()


def test_a_plan_goes_where_the_registry_has_removed_it_and_stays_where_it_missed_it() -> None:
    registry, target = backup(), backup()
    for each in (registry, target):
        put(each, "one")
    put_plan(target, "removed", APPROVED)
    file = PlanFile(name="missed", current_hash="a", desired_hash="b", migration="SELECT 1;")
    text = print_plan_file(file).encode()
    copy = copy_of_plan(plan_to_copy("app", file, APPROVED, text, "2026-01-03T00:00:00.000000Z"), NO_WAITING)
    copy.record(target, copy.stage(target), None)
    [done] = adopt(registry, target, [KEY], NO_WAITING)
    assert done.removed == ("removed",)
    assert [plan.name for plan in index(target).plans] == ["missed"]
    assert index(target).unsynced_plans == ("missed",)


def test_what_is_damaged_is_mended() -> None:
    registry, bucket = backup(), MemoryBucket()
    target = backup(bucket)
    for each in (registry, target):
        put(each, "one", "v1")
    name = file_key(KEY, index(target).versions[0].digest, "schema.hcl")
    bucket.put_if_unchanged(name, b"x", etag=bucket.head(name))
    [done] = adopt(registry, target, [KEY], NO_WAITING)
    assert (done.mended, done.error) == (1, "")
    assert target.content.entries(KEY, index(target).versions[0].digest)[0].content == b"one"


def test_a_repository_of_another_driver_is_another_one() -> None:
    mine, theirs = backup(), backup()
    put(mine, "one")
    store_version(theirs, schema_version("one", driver="postgres"), NO_WAITING)
    with pytest.raises(Rejected, match="driver sqlite in the backup and postgres in the registry"):
        adopted(index(mine), index(theirs))
    [done] = adopt(theirs, mine, [KEY], NO_WAITING)
    assert "not the same repository" in done.error


def test_one_repository_that_fails_keeps_no_other_back() -> None:
    registry, target = backup(), backup()
    put(registry, "one")
    gone = KEY._replace(slug="gone")
    first, second = adopt(registry, target, [gone, KEY], NO_WAITING)
    assert 'repository "gone" not found' in first.error
    assert second.brought == ("the whole repository",)


@pytest.mark.parametrize("seed", range(60))
def test_wherever_pushes_went_and_whatever_clocks_said_all_end_as_the_registry(seed: int) -> None:
    chance = random.Random(seed)
    registry = BucketRegistry(backup(url="http://registry"))
    targets = [backup(MemoryBucket(), f"file:///{number}") for number in range(chance.choice([1, 2, 3]))]
    for target in (registry.target, *targets):
        put(target, "text 0", "v0", "2026-01-01T00:00:00.000000Z")
    for number in range(25):
        tick = max(0, number // 3 + chance.choice([0, 0, 0, -4]))
        at = f"2026-01-02T00:00:{tick:02}.000000Z"
        text, tag = f"text {chance.randrange(7)}", chance.choice(["", "v1", "v2"])
        is_out = chance.random() < 0.4
        if not is_out:
            put(registry.target, text, tag, at)
        for target in chance.sample(targets, chance.randint(1, len(targets))):
            push = _miss if is_out else _take
            push(target, text, tag, at)
    for _ in range(2):
        _resync(registry, targets)
    wanted = meaning(registry.target)
    assert [meaning(target) for target in targets] == [wanted] * len(targets)
    before = [index(each) for each in (registry.target, *targets)]
    _resync(registry, targets)
    assert [index(each) for each in (registry.target, *targets)] == before
    for target in targets:
        found, theirs = index(target), index(registry.target)
        assert found.versions[: len(theirs.versions)] == theirs.versions
        assert lacks(found, theirs) == ()


def _take(target: Target, text: str, tag: str, at: str) -> None:
    copy = copy_of_version(replace(schema_version(text, tag), at=at), NO_WAITING)
    copy.record(target, copy.stage(target), "stored")


def _resync(registry: BucketRegistry, targets: list[Target]) -> None:
    """As the command does."""
    pairs = list(pairwise(targets))
    for first, second in [*pairs, *reversed(pairs[:-1])]:
        assert [done.error for done in resync(first, second, NO_WAITING)] == [""]
    for target in targets:
        for brought in bring_back(target, registry, NO_WAITING):
            assert brought.error == ""
    for target in targets:
        assert [done.error for done in adopt(registry.target, target, [KEY], NO_WAITING)] == [""]
