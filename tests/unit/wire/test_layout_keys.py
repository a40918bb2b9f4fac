"""Keys of the layout, read back."""

from __future__ import annotations

import pytest
from atlas.engine.backups import store_version
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.layout import RepositoryKey, index_key, repository_of_index

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket


@pytest.mark.parametrize("type_", [DIRECTORY, SCHEMA])
def test_the_key_of_an_index_names_its_repository(type_: str) -> None:
    key = RepositoryKey("acme", SCHEMA if type_ == SCHEMA else DIRECTORY, "app")
    assert repository_of_index(index_key(key)) == key


@pytest.mark.parametrize(
    "key",
    [
        "layout.json",
        "index.json",
        "acme/directories/app/versions/00/index.json",
        "acme/other/app/index.json",
        "acme/schemas/app/manifests/00.json",
    ],
)
def test_other_objects_are_no_index(key: str) -> None:
    assert repository_of_index(key) is None


def test_a_file_that_is_called_index_is_no_repository() -> None:
    bucket = MemoryBucket()
    bucket.put_if_absent("acme/directories/app/versions/00/index.json", b"{}")
    assert list(BucketContent(bucket).repositories()) == []


def test_a_version_that_was_dropped_can_be_put_again() -> None:
    bucket = MemoryBucket()
    stored = store_version(backup(bucket), schema_version(), NO_WAITING)
    content, key = BucketContent(bucket), RepositoryKey("default", SCHEMA, "app")
    whole = content.entries(key, stored.digest)
    content.drop_version(key, stored.digest)
    assert list(bucket.list("default/schemas/app/versions/")) == []
    assert content.put_version(key, whole) == stored.digest
    assert content.entries(key, stored.digest) == whole
