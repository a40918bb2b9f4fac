"""``registry.json``: what a backup of a whole registry knows besides its repositories."""

from __future__ import annotations

import json

import pytest
from atlas.errors import SpecError, Unavailable
from atlas.wire.content_store import BucketContent
from atlas.wire.registry_file import (
    ProjectEntry,
    RegistryFile,
    TokenEntry,
    decode_registry_file,
    encode_registry_file,
)

from tests.fakes.bucket import MemoryBucket

AT = "2026-01-02T03:04:05.000000Z"
FILE = RegistryFile(
    (ProjectEntry("acme", AT),),
    (
        TokenEntry(1, "ci ü", "acme", "push", "0" * 64, AT, None),
        TokenEntry(3, "old", "acme", "read", "f" * 64, AT, "2026-01-03T03:04:05.000000Z"),
    ),
)


def test_it_comes_back_as_it_was() -> None:
    assert decode_registry_file(encode_registry_file(FILE)) == FILE


def test_it_is_spelt_as_the_index_is_and_unknown_keys_are_ignored() -> None:
    document = json.loads(encode_registry_file(FILE))
    assert list(document["tokens"][0]) == [
        "id",
        "name",
        "project",
        "scope",
        "sha256",
        "createdAt",
        "revokedAt",
    ]
    document["later"] = document["tokens"][0]["later"] = 1
    assert decode_registry_file(json.dumps(document).encode()) == FILE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "registry.json has format 2: this version reads 1"),
        ({"tokens": [{}]}, "registry.json cannot be read: KeyError"),
        ({"projects": None}, "registry.json cannot be read: TypeError"),
        (
            {"tokens": [{**json.loads(encode_registry_file(FILE))["tokens"][0], "scope": "root"}]},
            "a token that is none: 'ci ü'",
        ),
        (
            {"tokens": [{**json.loads(encode_registry_file(FILE))["tokens"][0], "sha256": "aci_x"}]},
            "a token that is none: 'ci ü'",
        ),
    ],
)
def test_what_is_none_is_refused(change: dict[str, object], words: str) -> None:
    data = json.dumps({**json.loads(encode_registry_file(FILE)), **change}).encode()
    with pytest.raises(SpecError, match=words):
        decode_registry_file(data)
    with pytest.raises(SpecError, match="cannot be read"):
        decode_registry_file(b"\xff")


class Raced(MemoryBucket):
    """Somebody else is always faster."""

    def put_if_absent(self, key: str, data: bytes) -> str:
        super().put_if_absent(key, b"of another")
        return super().put_if_absent(key, data)

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        super().put_if_unchanged(key, b"of another", etag=etag)
        return super().put_if_unchanged(key, data, etag=etag)


def test_the_last_writer_wins_and_one_who_never_does_is_told() -> None:
    bucket = MemoryBucket()
    content = BucketContent(bucket)
    assert content.load_registry_file() is None
    content.save_registry_file(RegistryFile())
    content.save_registry_file(FILE)
    etag = bucket.head("registry.json")
    content.save_registry_file(FILE)
    assert content.load_registry_file() == FILE
    assert bucket.head("registry.json") == etag
    with pytest.raises(Unavailable, match=r"registry.json is written by others all the time"):
        BucketContent(Raced()).save_registry_file(FILE)
