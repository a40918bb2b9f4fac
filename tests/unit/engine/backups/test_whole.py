"""A repository copied whole: the registry is right about what it has, and never about what it lacks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    Copied,
    Target,
    Way,
    as_in_the_backup,
    as_in_the_registry,
    copy_repository,
    store_version,
    verify,
)
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import SCHEMA
from atlas.wire.index import RepositoryIndex, UnsyncedPush
from atlas.wire.layout import index_key

from tests.fakes.backups import NO_WAITING, FailingBucket, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.wire.bucket import Bucket, Stored

KEY = backup().key(SCHEMA, "app")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


def put(bucket: Bucket, *texts: str, tag: str = "", is_synced: bool = True) -> None:
    for text in texts:
        store_version(backup(bucket), schema_version(text, tag), NO_WAITING)
    if not is_synced:
        target = backup(bucket)
        loaded = target.content.load_index(KEY)
        assert loaded
        mark = UnsyncedPush(loaded.index.versions[-1].ordinal, tag)
        target.content.save_index(replace(loaded.index, unsynced=(mark,)), replacing=loaded)


def index(bucket: Bucket) -> RepositoryIndex:
    loaded = BucketContent(bucket).load_index(KEY)
    assert loaded
    return loaded.index


def text_of(bucket: Bucket, ordinal: int) -> str:
    [entry] = BucketContent(bucket).entries(KEY, index(bucket).versions[ordinal - 1].digest)
    return entry.content.decode()


def backed_up(pool: ThreadPoolExecutor, registry: Bucket, there: Bucket, *, proves: bool = False) -> Copied:
    source, target = (
        Target(url, "", BucketContent(one)) for url, one in (("the registry", registry), ("s3://b", there))
    )
    return copy_repository(Way(source, target, as_in_the_registry, NO_WAITING, pool, proves=proves), KEY)


def restored(pool: ThreadPoolExecutor, there: Bucket, registry: Bucket) -> Copied:
    way = Way(backup(there, "s3://b"), backup(registry), as_in_the_backup, NO_WAITING, pool, proves=True)
    return copy_repository(way, KEY)


def test_the_index_is_copied_as_it_is_also_where_a_state_came_back(pool: ThreadPoolExecutor) -> None:
    registry, there, anew = MemoryBucket(), MemoryBucket(), MemoryBucket()
    put(registry, "one", "two", "one")
    put(registry, "two", tag="prod")
    assert backed_up(pool, registry, there) == Copied(KEY, versions=3, brought=2)
    assert backed_up(pool, registry, there) == Copied(KEY, versions=3)
    assert restored(pool, there, anew) == Copied(KEY, versions=3, brought=2)
    for bucket in (there, anew):
        assert bucket.get(index_key(KEY)).data == registry.get(index_key(KEY)).data


def test_what_only_the_backup_took_stays_there_with_its_mark(pool: ThreadPoolExecutor) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(registry, "one")
    put(there, "one")
    put(there, "missed", tag="v2", is_synced=False)
    put(registry, "two")
    assert backed_up(pool, registry, there).error == ""
    found = index(there)
    assert [text_of(there, version.ordinal) for version in found.versions] == ["one", "two", "missed"]
    assert [(mark.ordinal, mark.tag) for mark in found.unsynced] == [(3, "v2")]
    assert found.tags["v2"].ordinal == 3
    assert found.latest == 2
    assert verify(backup(there)).damages == ()


def test_a_mark_goes_with_the_push_that_the_registry_took(pool: ThreadPoolExecutor) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(registry, "one")
    put(there, "one")
    put(there, "missed", tag="v2", is_synced=False)
    put(registry, "missed", tag="v2")
    assert backed_up(pool, registry, there).error == ""
    assert index(there) == index(registry)


def test_a_backup_that_knows_more_is_left_as_it_is(pool: ThreadPoolExecutor) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(registry, "one", "other")
    put(there, "one", "two")
    before = index(there)
    error = backed_up(pool, registry, there).error
    assert "the backup holds version 2 (sha256:" in error
    assert "atlas backup restore" in error
    assert index(there) == before


class Meanwhile(MemoryBucket):
    """A bucket whose index is read while somebody pushes: once, after the first look at it."""

    def __init__(self) -> None:
        super().__init__()
        self.pushes: Callable[[], None] = lambda: None

    def get(self, key: str) -> Stored:
        stored = super().get(key)
        if key == index_key(KEY):
            pushes, self.pushes = self.pushes, lambda: None
            pushes()
        return stored


@pytest.mark.parametrize("tag", ["", "prod"])
def test_a_push_to_both_at_the_same_time_is_not_taken_for_more_than_the_registry_has(
    pool: ThreadPoolExecutor, tag: str
) -> None:
    registry, there = Meanwhile(), MemoryBucket()
    put(registry, "one", "two", tag=tag)
    put(there, "one", "two", tag=tag)

    def push() -> None:
        for bucket in (registry, there):
            put(bucket, "one" if tag else "three", tag=tag)

    registry.pushes = push
    assert backed_up(pool, registry, there).error == ""
    assert index(there) == index(registry)
    assert len(index(there).versions) == (2 if tag else 3)


def test_a_backup_that_fails_now_and_then_is_tried_again_and_one_that_is_out_is_named(
    pool: ThreadPoolExecutor,
) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(registry, "one", "two")
    assert (
        "s3://b: the bucket cannot be reached"
        in backed_up(pool, registry, FailingBucket(there, from_call=3)).error
    )
    assert list(BucketContent(there).repositories()) == []
    assert backed_up(pool, registry, FailingBucket(there, frozenset({2, 4}))).error == ""
    assert index(there) == index(registry)


def test_what_the_registry_pushed_to_both_sides_since_is_brought_together_by_a_restore(
    pool: ThreadPoolExecutor,
) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(there, "one", "two", "three")
    put(registry, "one", "own")
    assert restored(pool, there, registry).error == ""
    assert [text_of(registry, version.ordinal) for version in index(registry).versions] == [
        "one",
        "own",
        "two",
        "three",
    ]


def test_a_restore_mends_what_is_damaged_and_keeps_the_number_of_the_registry(
    pool: ThreadPoolExecutor,
) -> None:
    registry, there = MemoryBucket(), MemoryBucket()
    put(there, "one", "two")
    put(registry, "one")
    content = BucketContent(registry)
    loaded = content.load_index(KEY)
    assert loaded
    content.save_index(replace(loaded.index, id=7), replacing=loaded)
    [victim] = (key for key in registry.list("") if key.endswith("schema.hcl"))
    registry.delete(victim)
    assert restored(pool, there, registry) == Copied(KEY, versions=2, brought=1, mended=1)
    assert index(registry) == replace(index(there), id=7)
