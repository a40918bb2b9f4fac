"""Pushes and addresses: each test is a line of the rules about versions and tags."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.errors import Conflict, NotFound
from atlas.wire.contract import DIRECTORY
from atlas.wire.digest import digest_of
from atlas.wire.history import Push, Recorded, latest_of, record_push, resolve
from atlas.wire.index import RepositoryIndex
from atlas.wire.layout import RepositoryKey
from atlas.wire.reference import Reference

EMPTY = RepositoryIndex(RepositoryKey("acme", DIRECTORY, "app"), 1, "App", "sqlite", "2026-01-01T00:00:00Z")


def pushed(content: str, tag: str = "", at: str = "2026-01-02T00:00:00Z") -> Push:
    return Push(digest_of([("1.sql", content.encode())]), f"v{content}", at, 10, 1, tag)


def after(*pushes: Push, index: RepositoryIndex = EMPTY) -> Recorded:
    recorded = None
    for push in pushes:
        recorded = record_push(index, push)
        index = recorded.index
    assert recorded is not None
    return recorded


def meant(index: RepositoryIndex, tag: str = "", version: str = "") -> int:
    return resolve(index, Reference("app", tag, version)).ordinal


def test_the_first_push_makes_the_first_version_and_latest() -> None:
    index = after(pushed("A")).index
    assert [version.ordinal for version in index.versions] == [1]
    assert index.latest == 1
    assert index.tags == {}


def test_content_equal_to_the_latest_makes_no_new_version() -> None:
    index = after(pushed("A")).index
    assert after(pushed("A", at="2027-01-01T00:00:00Z"), index=index).index == index


def test_a_b_a_makes_a_third_version() -> None:
    index = after(pushed("A"), pushed("B"), pushed("A")).index
    assert [version.ordinal for version in index.versions] == [1, 2, 3]
    assert meant(index) == 3


def test_known_content_with_a_new_tag_adds_the_tag_only() -> None:
    recorded = after(pushed("A"), pushed("B"), pushed("A", tag="v1"))
    assert len(recorded.index.versions) == 2
    assert recorded.version.ordinal == 1
    assert meant(recorded.index, tag="v1") == 1
    assert meant(recorded.index) == 2


def test_a_tagged_push_of_new_content_does_not_move_latest() -> None:
    index = after(pushed("A"), pushed("B", tag="v2")).index
    assert meant(index) == 1
    assert meant(index, tag="v2") == 2


def test_latest_is_the_newest_version_where_no_push_was_untagged() -> None:
    index = after(pushed("A", tag="v1"), pushed("B", tag="v2")).index
    assert index.latest is None
    assert meant(index) == 2


def test_an_untagged_push_of_the_newest_content_moves_latest_to_it() -> None:
    index = after(pushed("A"), pushed("B", tag="v2"), pushed("B")).index
    assert len(index.versions) == 2
    assert meant(index) == 2


def test_an_untagged_push_after_tagged_ones_fixes_latest() -> None:
    index = after(pushed("A", tag="v1"), pushed("A"), pushed("B", tag="v2")).index
    assert meant(index) == 1


def test_the_tag_latest_is_an_untagged_push() -> None:
    index = after(pushed("A", tag="latest")).index
    assert index.tags == {}
    assert index.latest == 1


def test_a_tag_moves_and_says_from_where() -> None:
    recorded = after(pushed("A", tag="v1"), pushed("B", tag="v1", at="2026-02-02T00:00:00Z"))
    assert recorded.moved_from == 1
    assert meant(recorded.index, tag="v1") == 2
    assert recorded.index.tags["v1"].moved_at == "2026-02-02T00:00:00Z"


def test_pushing_a_tag_again_changes_nothing() -> None:
    index = after(pushed("A", tag="v1")).index
    assert record_push(index, pushed("A", tag="v1", at="2027-01-01T00:00:00Z")).index == index


def test_a_write_once_tag_does_not_move() -> None:
    index = after(pushed("A", tag="v1"), index=replace(EMPTY, tag_policy="write-once")).index
    with pytest.raises(Conflict, match='tag "v1" of "app" is write-once and points to version 1'):
        record_push(index, pushed("B", tag="v1"))
    assert record_push(index, pushed("A", tag="v1")).index == index
    assert meant(record_push(index, pushed("B", tag="v2")).index, tag="v2") == 2


def test_a_write_once_repository_still_takes_untagged_pushes() -> None:
    index = after(pushed("A"), pushed("B"), index=replace(EMPTY, tag_policy="write-once")).index
    assert meant(index) == 2


def test_a_version_is_the_newest_state_with_that_last_file() -> None:
    edited = replace(pushed("edited"), name="vA")
    index = after(pushed("A"), pushed("B"), edited).index
    assert meant(index, version="vA") == 3
    assert meant(index, version="vB") == 2


def test_a_version_may_be_named_by_its_digest() -> None:
    index = after(pushed("A"), pushed("B")).index
    assert meant(index, version=pushed("A").digest) == 1


def test_a_bare_ordinal_is_no_version() -> None:
    with pytest.raises(NotFound, match='version "1" of "app" not found'):
        meant(after(pushed("A")).index, version="1")


def test_an_unknown_tag_names_the_three_nearest() -> None:
    index = after(*(pushed("A", tag=tag) for tag in ("v1.0", "v1.1", "v1.2", "zzz"))).index
    with pytest.raises(
        NotFound, match=r'tag "v1.3" of "app" not found; the nearest are (v1\.\d, ){2}v1\.\d$'
    ):
        meant(index, tag="v1.3")


def test_an_unknown_version_names_the_nearest() -> None:
    index = after(pushed("A"), pushed("B")).index
    with pytest.raises(NotFound, match=r"the nearest are v[AB], v[AB]$"):
        meant(index, version="vX")


def test_an_empty_repository_has_no_latest() -> None:
    with pytest.raises(NotFound, match='"app" is empty'):
        meant(EMPTY)


def test_the_latest_of_a_fallback_is_the_latest_of_the_registry() -> None:
    index = after(pushed("A"), pushed("B", tag="x")).index
    assert latest_of(index).ordinal == meant(index) == 1
