from __future__ import annotations

import json
from dataclasses import replace

import pytest
from atlas.errors import SpecError
from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.digest import Digest
from atlas.wire.index import RepositoryIndex, TagRecord, UnsyncedPush, VersionRecord
from atlas.wire.index_file import decode_index, encode_index
from atlas.wire.layout import RepositoryKey, file_key, index_key, manifest_key

DIGEST = Digest("sha256:" + "0f" * 32)
KEY = RepositoryKey("acme", DIRECTORY, "my-app")
INDEX = RepositoryIndex(
    key=KEY,
    id=7,
    title="My App ü",
    driver="postgres",
    created_at="2026-01-01T00:00:00Z",
    description="what\nfor",
    tag_policy="write-once",
    latest=1,
    versions=(VersionRecord(1, DIGEST, "20240101", "2026-01-02T00:00:00Z", 12, 1, "first"),),
    tags={"v1": TagRecord(1, "2026-01-03T00:00:00Z")},
)


def test_an_index_is_read_as_it_was_written() -> None:
    assert decode_index(encode_index(INDEX)) == INDEX


def test_what_the_registry_did_not_take_is_kept() -> None:
    marked = replace(INDEX, unsynced=(UnsyncedPush(1, "v1"), UnsyncedPush(1, "")), unsynced_plans=("add_t",))
    assert decode_index(encode_index(marked)) == marked


def test_an_index_without_marks_says_nothing_of_them() -> None:
    assert b"unsynced" not in encode_index(INDEX)


def test_an_index_can_be_read_by_a_person() -> None:
    text = encode_index(INDEX).decode()
    assert '"title": "My App ü"' in text
    assert text.endswith("}\n")


def test_what_a_later_version_adds_is_ignored() -> None:
    document = json.loads(encode_index(INDEX)) | {"signature": "x"}
    assert decode_index(json.dumps(document).encode()) == INDEX


def test_another_format_is_refused() -> None:
    document = json.loads(encode_index(INDEX)) | {"format": 2}
    with pytest.raises(SpecError, match="format 2"):
        decode_index(json.dumps(document).encode())


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"format": 1}'])
def test_what_is_no_index_is_refused(text: bytes) -> None:
    with pytest.raises(SpecError, match="cannot be read"):
        decode_index(text)


def test_the_published_keys() -> None:
    assert index_key(KEY) == "acme/directories/my-app/index.json"
    assert manifest_key(KEY, DIGEST) == f"acme/directories/my-app/manifests/{'0f' * 32}.json"
    assert file_key(KEY, DIGEST, "1_a.sql") == f"acme/directories/my-app/versions/{'0f' * 32}/1_a.sql"


def test_a_schema_and_a_directory_of_one_name_are_apart() -> None:
    assert index_key(RepositoryKey("acme", SCHEMA, "my-app")) == "acme/schemas/my-app/index.json"
