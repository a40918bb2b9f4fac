"""Two backups that drifted apart: what each lacks, what is damaged, and what tags and plans mean afterwards."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from atlas.engine.backups import (
    Target,
    copy_of_plan,
    copy_of_version,
    plan_to_copy,
    resync,
    store_version,
    verify,
    without_mark,
)
from atlas.engine.plan_file import PlanFile, print_plan_file
from atlas.wire.contract import APPROVED, PENDING, SCHEMA, PlanStatus
from atlas.wire.index import RepositoryIndex, UnsyncedPush
from atlas.wire.layout import file_key, index_key, manifest_key

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket

PLAN = PlanFile(name="add_t", current_hash="a", desired_hash="b", migration="CREATE TABLE t (id int);")


def put(bucket: MemoryBucket, text: str, tag: str = "", at: str = "2026-01-02T00:00:00.000000Z") -> None:
    store_version(backup(bucket), replace(schema_version(text, tag), at=at), NO_WAITING)


def put_plan(target: Target, status: PlanStatus) -> None:
    plan = plan_to_copy("app", PLAN, status, print_plan_file(PLAN).encode(), "2026-01-03T00:00:00.000000Z")
    copy = copy_of_plan(plan, NO_WAITING)
    copy.record(target, copy.stage(target), "stored")


def index(target: Target) -> RepositoryIndex:
    loaded = target.content.load_index(target.key(SCHEMA, "app"))
    assert loaded
    return loaded.index


def texts(target: Target) -> dict[str, str]:
    """The content behind every tag, and behind the latest as ''."""
    found = index(target)
    ordinals = {name: tag.ordinal for name, tag in found.tags.items()} | {
        "": found.latest or len(found.versions)
    }
    contents = {}
    for name, ordinal in ordinals.items():
        [entry] = target.content.entries(found.key, found.versions[ordinal - 1].digest)
        contents[name] = entry.content.decode()
    return contents


def test_each_gets_what_it_lacks() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    for bucket in (one, two):
        put(bucket, "both", "v0")
    put(one, "one", "v1")
    put(two, "two", "v2", at="2026-01-03T00:00:00.000000Z")
    [done] = resync(backup(one), backup(two), NO_WAITING)
    assert (done.to_first, done.to_second, done.error) == (1, 1, "")
    assert texts(backup(one))["v1"] == texts(backup(two))["v1"] == "one"
    assert texts(backup(one))["v2"] == texts(backup(two))["v2"] == "two"
    assert [version.ordinal for version in index(backup(two)).versions] == [1, 2, 3]
    assert verify(backup(one)).damages == verify(backup(two)).damages == ()


def test_a_second_time_changes_nothing() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "one", "v1")
    put(two, "two")
    list(resync(backup(one), backup(two), NO_WAITING))
    before = [{key: bucket.get(key) for key in bucket.list("")} for bucket in (one, two)]
    [done] = resync(backup(one), backup(two), NO_WAITING)
    assert (done.to_first, done.to_second) == (0, 0)
    assert [{key: bucket.get(key) for key in bucket.list("")} for bucket in (one, two)] == before


def test_the_tag_that_moved_later_wins() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "earlier", "v1", at="2026-01-02T00:00:00.000000Z")
    put(two, "later", "v1", at="2026-01-03T00:00:00.000000Z")
    list(resync(backup(one), backup(two), NO_WAITING))
    assert texts(backup(one))["v1"] == texts(backup(two))["v1"] == "later"


def test_the_latest_is_that_of_the_later_push() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "earlier", at="2026-01-02T00:00:00.000000Z")
    put(two, "later", at="2026-01-03T00:00:00.000000Z")
    list(resync(backup(one), backup(two), NO_WAITING))
    assert texts(backup(one))[""] == texts(backup(two))[""] == "later"


def test_an_empty_bucket_is_filled() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "one", "v1")
    put_plan(backup(one), APPROVED)
    [done] = resync(backup(one), backup(two), NO_WAITING)
    assert done.to_second == 1
    assert texts(backup(two)) == texts(backup(one))
    assert verify(backup(two)) == verify(backup(one)) == (1, 1, 1, ())
    assert two.get("layout.json") == (b'{"format": 1}\n', two.get("layout.json").etag)


def test_an_approval_is_news() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    for bucket, status in ((one, PENDING), (two, APPROVED)):
        put(bucket, "one")
        put_plan(backup(bucket), status)
    list(resync(backup(one), backup(two), NO_WAITING))
    assert index(backup(one)).plans[0].status == index(backup(two)).plans[0].status == APPROVED


@pytest.mark.parametrize("what", ["file", "manifest", "gone"])
def test_damage_is_found_and_mended_from_the_other(what: str) -> None:
    one, two = MemoryBucket(), MemoryBucket()
    for bucket in (one, two):
        put(bucket, "both", "v1")
    key, digest = index(backup(one)).key, index(backup(one)).versions[0].digest
    name = manifest_key(key, digest) if what == "manifest" else file_key(key, digest, "schema.hcl")
    if what == "gone":
        one.delete(name)
    else:
        one.put_if_unchanged(name, b"x", etag=one.head(name))
    assert len(verify(backup(one)).damages) == 1
    [done] = resync(backup(one), backup(two), NO_WAITING)
    assert (done.to_first, done.to_second, done.error) == (1, 0, "")
    assert verify(backup(one)) == (1, 1, 0, ())
    assert texts(backup(one))["v1"] == "both"


def test_what_is_damaged_everywhere_is_told_and_copied_nowhere() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "only here", "v1")
    name = file_key(index(backup(one)).key, index(backup(one)).versions[0].digest, "schema.hcl")
    one.put_if_unchanged(name, b"x", etag=one.head(name))
    [done] = resync(backup(one), backup(two), NO_WAITING)
    assert "damaged" in done.error
    assert list(two.list("")) == []


def test_an_index_that_cannot_be_read_is_damage() -> None:
    bucket = MemoryBucket()
    put(bucket, "one")
    name = index_key(index(backup(bucket)).key)
    bucket.put_if_unchanged(name, b"{", etag=bucket.head(name))
    [damage] = verify(backup(bucket)).damages
    assert damage.repository.slug == "app"


def test_marks_go_along_and_are_cleared_one_by_one() -> None:
    one, two = MemoryBucket(), MemoryBucket()
    put(one, "one", "v1")
    put(two, "zero", "v0")
    missed = copy_of_version(schema_version("two", "v2"), NO_WAITING)
    missed.record(backup(one), missed.stage(backup(one)), None)
    list(resync(backup(one), backup(two), NO_WAITING))
    found = index(backup(two))
    assert found.unsynced == (UnsyncedPush(found.tags["v2"].ordinal, "v2"),)
    assert without_mark(found, found.unsynced[0]).unsynced == ()


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happened_both_serve_the_same_tags(seed: int) -> None:
    chance, buckets = random.Random(seed), (MemoryBucket(), MemoryBucket())
    for number in range(30):
        day = f"2026-01-02T00:00:{number:02}.000000Z"
        for bucket in chance.sample(buckets, chance.choice([1, 2])):
            put(bucket, f"text {chance.randrange(9)}", chance.choice(["", "v1", "v2", f"t{number}"]), at=day)
    list(resync(backup(buckets[0]), backup(buckets[1]), NO_WAITING))
    one, two = texts(backup(buckets[0])), texts(backup(buckets[1]))
    assert {tag: text for tag, text in one.items() if tag} == {tag: text for tag, text in two.items() if tag}
    assert verify(backup(buckets[0])).damages == verify(backup(buckets[1])).damages == ()
