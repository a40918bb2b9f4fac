"""What a bucket of somebody's own may not make a reader hold in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Unavailable
from atlas.wire.archive import DEFAULT_LIMITS
from atlas.wire.bucket import OBJECT_LIMIT_BYTES
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import DIRECTORY
from atlas.wire.digest import FileRecord, digest_of_manifest, manifest_bytes
from atlas.wire.layout import RepositoryKey, manifest_key

from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from pathlib import Path

KEY = RepositoryKey("default", DIRECTORY, "shop")


@pytest.mark.parametrize(
    "records",
    [
        [FileRecord("1.sql", DEFAULT_LIMITS.total_bytes + 1, "0" * 64)],
        [FileRecord(f"{number}.sql", 0, "0" * 64) for number in range(DEFAULT_LIMITS.entries + 1)],
    ],
    ids=["bytes", "files"],
)
def test_a_version_that_no_push_could_have_made_is_not_read(records: list[FileRecord]) -> None:
    manifest = manifest_bytes(records)
    digest = digest_of_manifest(manifest)
    bucket = MemoryBucket()
    bucket.put_if_absent(manifest_key(KEY, digest), manifest)
    with pytest.raises(Unavailable, match="larger than any directory may be"):
        BucketContent(bucket).entries(KEY, digest)


def test_an_object_that_is_none_of_the_layout_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "index.json").open("wb") as file:
        file.truncate(OBJECT_LIMIT_BYTES * 1000)
    with pytest.raises(Unavailable, match="larger than 96 MiB"):
        open_bucket(tmp_path.as_uri()).get("index.json")
