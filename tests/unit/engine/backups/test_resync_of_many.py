"""Three backups and more, whose pushes went to some of them: after a resync all of them mean the same by every address."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from atlas.engine.backups import Target, change_index, copy_of_version, resync
from atlas.engine.backups.resync import merged
from atlas.errors import Conflict
from atlas.wire.contract import SCHEMA
from atlas.wire.history import latest_of
from atlas.wire.index import RepositoryIndex

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket


def index(target: Target) -> RepositoryIndex:
    loaded = target.content.load_index(target.key(SCHEMA, "app"))
    assert loaded
    return loaded.index


def put(target: Target, text: str, tag: str, at: str, *, is_synced: bool = True) -> None:
    copy = copy_of_version(replace(schema_version(text, tag), at=at), NO_WAITING)
    copy.record(target, copy.stage(target), "stored" if is_synced else None)


def protect(target: Target) -> None:
    """Make tags write-once, as in the copy of a registry that says so."""

    def protected(found: RepositoryIndex | None) -> RepositoryIndex:
        assert found
        return replace(found, tag_policy="write-once")

    change_index(target, target.key(SCHEMA, "app"), protected, NO_WAITING)


def together(targets: list[Target]) -> None:
    """As the command does: along the row and back."""
    pairs = list(pairwise(targets))
    for first, second in [*pairs, *reversed(pairs[:-1])]:
        for done in resync(first, second, NO_WAITING):
            assert done.error == ""


def meaning(target: Target) -> tuple[object, ...]:
    """All that an address can ask for, and what is still to be brought to the registry."""
    found = index(target)
    tags = {name: found.versions[tag.ordinal - 1].digest for name, tag in found.tags.items()}
    marks = {(mark.tag, found.versions[mark.ordinal - 1].digest) for mark in found.unsynced}
    return tags, latest_of(found).digest, {version.digest for version in found.versions}, marks


@pytest.mark.parametrize("seed", range(60))
def test_whoever_missed_what_all_mean_the_same(seed: int) -> None:
    chance = random.Random(seed)
    targets = [backup(MemoryBucket(), f"file:///{number}") for number in range(chance.choice([2, 3, 4]))]
    tags = chance.choice([["v1", "v2"], ["", "v1"], ["", "v1", "v2", "v3"]])
    for target in targets:
        put(target, "text 0", "v0", "2026-01-01T00:00:00.000000Z")
        if chance.random() < 0.2:
            protect(target)
    for number in range(40):
        second = max(
            0, number // 3 + chance.choice([0, 0, 0, -5])
        )  # several in one tick, and clocks that are behind
        text, tag = f"text {chance.randrange(9)}", chance.choice(tags)
        is_synced = chance.random() < 0.7
        for target in chance.sample(targets, chance.randint(1, len(targets))):
            with suppress(Conflict):
                put(target, text, tag, f"2026-01-02T00:00:{second:02}.000000Z", is_synced=is_synced)
    together(targets)
    together(targets)
    first, *others = (meaning(target) for target in targets)
    assert all(other == first for other in others)
    before = [index(target) for target in targets]
    together(targets)
    assert [index(target) for target in targets] == before


def test_what_was_pushed_by_a_clock_that_is_behind_is_what_the_tag_means() -> None:
    target = backup()
    put(target, "one", "prod", "2026-01-02T00:00:00.000000Z")
    put(target, "two", "prod", "2026-01-01T00:00:00.000000Z")
    found = index(target)
    assert found.tags["prod"].ordinal == 2
    assert found.tags["prod"].moved_at == "2026-01-02T00:00:00.000001Z"


def test_a_push_that_is_repeated_counts_as_the_later_one() -> None:
    one, two = backup(MemoryBucket()), backup(MemoryBucket())
    for target in (one, two):
        put(target, "old", "prod", "2026-01-02T00:00:00.000000Z")
    put(one, "new", "prod", "2026-01-03T00:00:00.000000Z")
    put(two, "old", "prod", "2026-01-04T00:00:00.000000Z")
    together([one, two])
    for target in (one, two):
        assert index(target).tags["prod"].ordinal == 1


def test_what_a_backup_is_given_later_is_not_its_latest() -> None:
    one, two = backup(MemoryBucket()), backup(MemoryBucket())
    put(one, "earlier", "v1", "2026-01-02T00:00:00.000000Z")
    put(two, "later", "v2", "2026-01-03T00:00:00.000000Z")
    together([one, two])
    for target in (one, two):
        found = index(target)
        assert latest_of(found).digest == found.versions[found.tags["v2"].ordinal - 1].digest


def test_of_a_write_once_tag_the_first_push_counts_wherever_it_is() -> None:
    one, two = backup(MemoryBucket()), backup(MemoryBucket())
    put(one, "second", "v1", "2026-01-03T00:00:00.000000Z")
    put(two, "first", "v1", "2026-01-02T00:00:00.000000Z")
    protect(two)
    mine, theirs = index(one), index(two)
    first = theirs.versions[0].digest
    for found in (merged(mine, theirs), merged(theirs, mine)):
        assert found.tag_policy == "write-once"
        assert found.versions[found.tags["v1"].ordinal - 1].digest == first


def test_a_mark_goes_with_the_tag_that_it_was_for() -> None:
    one, two = backup(MemoryBucket()), backup(MemoryBucket())
    put(one, "missed", "prod", "2026-01-02T00:00:00.000000Z", is_synced=False)
    put(two, "taken", "prod", "2026-01-03T00:00:00.000000Z")
    together([one, two])
    assert index(one).unsynced == index(two).unsynced == ()


def test_a_mark_knows_what_the_tag_meant_when_the_registry_was_last_asked() -> None:
    target = backup()
    put(target, "known", "prod", "2026-01-02T00:00:00.000000Z")
    put(target, "missed", "prod", "2026-01-03T00:00:00.000000Z", is_synced=False)
    put(target, "missed too", "prod", "2026-01-04T00:00:00.000000Z", is_synced=False)
    found = index(target)
    assert [(mark.ordinal, mark.over) for mark in found.unsynced] == [(3, found.versions[0].digest)]
