"""Pushes by several writers while the registry and its backups fail at random: nothing that was acknowledged is lost."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    Held,
    Primary,
    Target,
    VersionToCopy,
    bring_back,
    copy_of_version,
    index_of,
    read_version,
    replicate,
    resync,
    store_version,
    verify,
)
from atlas.errors import Unavailable
from atlas.wire.contract import SCHEMA
from atlas.wire.history import latest_since
from atlas.wire.reference import Reference

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.wire.archive import Entry
    from atlas.wire.bucket import Stored
    from atlas.wire.index import RepositoryIndex, VersionRecord
    from atlas.wire.layout import RepositoryKey

WRITERS = 4


@dataclass
class ShakyBucket:
    """A bucket that is out for one call in so many, before or after it did what was asked."""

    bucket: MemoryBucket
    chance: random.Random
    rate: float = 0.12
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put_if_absent(self, key: str, data: bytes) -> str:
        self._shake()
        etag = self.bucket.put_if_absent(key, data)
        self._shake()
        return etag

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        self._shake()
        put = self.bucket.put_if_unchanged(key, data, etag=etag)
        self._shake()
        return put

    def get(self, key: str) -> Stored:
        self._shake()
        return self.bucket.get(key)

    def head(self, key: str) -> str:
        self._shake()
        return self.bucket.head(key)

    def list(self, prefix: str) -> Iterator[str]:
        return self.bucket.list(prefix)

    def delete(self, key: str) -> None:
        self.bucket.delete(key)

    def _shake(self) -> None:
        with self.lock:
            if self.chance.random() < self.rate:
                raise Unavailable("shaken")


class RegistryInMemory:
    """A registry that is nothing but its content."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def held(self, key: RepositoryKey, reference: Reference) -> Held:
        served = read_version(self._target, key.type, reference)
        index = index_of(self._target, key)
        tag = index.tags.get(reference.tag)
        moved_at = tag.moved_at if tag else latest_since(index)
        return Held(served.version.digest, served.entries, served.version.name, moved_at)

    def push(
        self, index: RepositoryIndex, version: VersionRecord, tag: str, entries: tuple[Entry, ...]
    ) -> None:
        pushed = VersionToCopy(
            type=index.key.type,
            slug=index.key.slug,
            driver=index.driver,
            entries=entries,
            name=version.name,
            at=version.created_at,
            tag=tag,
        )
        store_version(self._target, pushed, NO_WAITING)

    def push_plan(self, slug: str, plan: object) -> None:
        raise AssertionError


@dataclass
class Pushers:
    """Writers at once; ``took`` is who acknowledged which tag, ``failed`` are tags that nobody took."""

    registry: Target
    backups: list[Target]
    took: list[tuple[str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def push(self, tag: str) -> None:
        version = schema_version(f"text of {tag}", tag)
        primary = Primary(self.registry.url, lambda: store_version(self.registry, version, NO_WAITING))
        try:
            done = replicate(primary, self.backups, copy_of_version(version, NO_WAITING), NO_WAITING)
        except Unavailable:
            self.failed.append(tag)
            return
        self.took.extend((url, tag) for url in done.backups)
        if done.answer:
            self.took.append((self.registry.url, tag))

    def run(self, pushes: int) -> None:
        def write(writer: int) -> None:
            for number in range(pushes):
                self.push(f"w{writer}-{number}")

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(("seed", "pushes"), [(0, 8), (1, 8), pytest.param(2, 50, marks=pytest.mark.slow)])
def test_what_a_target_acknowledged_is_there_and_the_rest_is_mended(seed: int, pushes: int) -> None:
    buckets = {url: MemoryBucket() for url in ("http://registry", "file:///one", "file:///two")}
    chance = random.Random(seed)
    registry, *backups = (
        backup(ShakyBucket(bucket, random.Random(chance.random())), url) for url, bucket in buckets.items()
    )
    pushers = Pushers(registry, backups)
    pushers.run(pushes)
    took = pushers.took

    whole = {url: backup(bucket, url) for url, bucket in buckets.items()}
    assert len({tag for _, tag in took}) + len(pushers.failed) == WRITERS * pushes
    assert any((registry.url, tag) not in took for _, tag in took), "the registry never missed a push"
    for url, tag in took:
        assert text(whole[url], tag) == f"text of {tag}"
    one, two = whole["file:///one"], whole["file:///two"]
    assert verify(one).damages == verify(two).damages == ()
    assert [done.error for done in resync(one, two, NO_WAITING)] == [""]
    for target in (one, two):
        assert {
            done.error for done in bring_back(target, RegistryInMemory(whole[registry.url]), NO_WAITING)
        } <= {""}
    # What the registry alone took waits for the next push: two backups cannot know of it.
    for tag in {tag for url, tag in took if url != registry.url}:
        for target in whole.values():
            assert text(target, tag) == f"text of {tag}"
    for target in (one, two):
        loaded = target.content.load_index(target.key(SCHEMA, "app"))
        assert loaded
        assert loaded.index.unsynced == ()


def text(target: Target, tag: str) -> str:
    [entry] = read_version(target, SCHEMA, Reference("app", tag=tag)).entries
    return entry.content.decode()
