"""Indexes that nobody wrote so: a bucket may hold anything, and each of these is told as damage."""

from __future__ import annotations

import json
from typing import Any

import pytest
from atlas.engine.backups import VersionToCopy, read_version, store_version
from atlas.engine.directory import to_entries
from atlas.errors import SpecError, Unavailable
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY
from atlas.wire.index_file import decode_index
from atlas.wire.layout import index_key
from atlas.wire.reference import Reference

from tests.fakes.backups import AT, NO_WAITING, backup
from tests.fakes.bucket import MemoryBucket
from tests.fakes.directories import directory_with


def pushed() -> tuple[MemoryBucket, dict[str, Any]]:
    bucket = MemoryBucket()
    files = directory_with({"1_a.sql": "CREATE TABLE a (id int);"})
    entries = tuple(Entry(name, content) for name, content in to_entries(files))
    version = VersionToCopy(
        type=DIRECTORY, slug="shop", driver="postgres", entries=entries, name="", at=AT, tag="v1"
    )
    target = backup(bucket)
    store_version(target, version, NO_WAITING)
    document: dict[str, Any] = json.loads(bucket.get(index_key(target.key(DIRECTORY, "shop"))).data)
    return bucket, document


DAMAGE: list[dict[str, Any]] = [
    {"tags": ["v1"]},
    {"tags": {"v1": {"ordinal": 99, "movedAt": AT}}},
    {"tags": {"v1": {"ordinal": 0, "movedAt": AT}}},
    {"latest": 5},
    {"latest": -1},
    {"unsynced": [{"ordinal": 9, "tag": "v1"}]},
    {"id": float("inf")},
    {"title": "\ud800"},
    {"versions": {}},
    {"versions": [1]},
]
OF_A_VERSION: list[dict[str, Any]] = [
    {"ordinal": 7},
    {"digest": "sha256:../../../../etc/passwd"},
    {"createdAt": "yesterday"},
    {"createdAt": "0001-01-01T00:00:00+23:00"},
]


@pytest.mark.parametrize("damage", [*DAMAGE, *({"of": each} for each in OF_A_VERSION)])
def test_an_index_that_contradicts_itself_is_damage_of_that_backup(damage: dict[str, Any]) -> None:
    bucket, document = pushed()
    target = backup(bucket)
    key = target.key(DIRECTORY, "shop")
    assert read_version(target, DIRECTORY, Reference("shop", tag="v1")).version.ordinal == 1
    document["versions"][0].update(damage.get("of", {}))
    document.update({name: value for name, value in damage.items() if name != "of"})
    stored = bucket.get(index_key(key))
    bucket.put_if_unchanged(index_key(key), json.dumps(document).encode(), etag=stored.etag)
    with pytest.raises(Unavailable, match="damaged: the index of a repository cannot be read"):
        read_version(target, DIRECTORY, Reference("shop", tag="v1"))
    with pytest.raises(SpecError, match=r"^default/directories/shop/index\.json: "):
        list(target.content.indexes())


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"[]", b"\xff s3cr3t", b'{"format": 1, "title": "s3cr3t \\ud800"}']
)
def test_what_is_no_index_at_all_is_told_without_what_it_says(data: bytes) -> None:
    with pytest.raises(SpecError, match="cannot be read") as caught:
        decode_index(data)
    assert "s3cr3t" not in str(caught.value)
