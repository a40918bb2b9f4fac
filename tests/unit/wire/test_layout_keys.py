"""Keys of the layout, read back."""

from __future__ import annotations

from contextlib import suppress

import pytest
from atlas.engine.backups import store_version
from atlas.errors import Unavailable
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.digest import digest_of
from atlas.wire.layout import RepositoryKey, file_key, index_key, manifest_key, repository_of_index

from tests.fakes.backups import NO_WAITING, FailingBucket, backup, schema_version
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


@pytest.mark.parametrize("cut_after", range(8))
def test_mending_a_version_leaves_no_less_than_there_was_wherever_it_is_cut_off(cut_after: int) -> None:
    bucket = MemoryBucket()
    stored = store_version(backup(bucket), schema_version(), NO_WAITING)
    content, key = BucketContent(bucket), RepositoryKey("default", SCHEMA, "app")
    whole = content.entries(key, stored.digest)
    names = [file_key(key, stored.digest, "schema.hcl"), manifest_key(key, stored.digest)]
    for name in names:
        bucket.put_if_unchanged(name, b"cut o", etag=bucket.head(name))
    with suppress(Unavailable):
        BucketContent(FailingBucket(bucket, from_call=cut_after + 1)).mend_version(key, whole)
    assert set(names) <= set(bucket.list(""))
    assert content.mend_version(key, whole) == stored.digest
    assert content.entries(key, stored.digest) == whole


def test_a_push_replaces_what_an_earlier_one_left_cut_off() -> None:
    bucket, key = MemoryBucket(), RepositoryKey("default", SCHEMA, "app")
    version = schema_version()
    name = file_key(key, digest_of(version.entries), "schema.hcl")
    bucket.put_if_absent(name, b"o")
    stored = store_version(backup(bucket), version, NO_WAITING)
    assert BucketContent(bucket).entries(key, stored.digest) == version.entries
