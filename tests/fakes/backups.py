"""Backups in memory, and buckets that fail where a test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.backups import Pace, Target, VersionToCopy
from atlas.errors import Unavailable
from atlas.wire.archive import Entry
from atlas.wire.bucket import Stored
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import SCHEMA

from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.wire.bucket import Bucket

AT = "2026-01-02T03:04:05.000000Z"
NO_WAITING = Pace(wait=lambda _: None, chance=lambda: 0.5)


class FailingBucket:
    """A bucket whose calls are counted; ``fails`` are the numbers, from 1, of those that end in an outage."""

    def __init__(self, bucket: Bucket, fails: frozenset[int] = frozenset(), *, from_call: int = 0) -> None:
        self._bucket = bucket
        self._fails = fails
        self._from_call = from_call
        self.calls = 0

    def put_if_absent(self, key: str, data: bytes) -> str:
        self._count()
        return self._bucket.put_if_absent(key, data)

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        self._count()
        return self._bucket.put_if_unchanged(key, data, etag=etag)

    def get(self, key: str) -> Stored:
        self._count()
        return self._bucket.get(key)

    def head(self, key: str) -> str:
        self._count()
        return self._bucket.head(key)

    def list(self, prefix: str) -> Iterator[str]:
        self._count()
        return self._bucket.list(prefix)

    def delete(self, key: str) -> None:
        self._count()
        self._bucket.delete(key)

    def _count(self) -> None:
        self.calls += 1
        if self.calls in self._fails or (self._from_call and self.calls >= self._from_call):
            raise Unavailable(f"the bucket cannot be reached (call {self.calls})")


def backup(bucket: Bucket | None = None, url: str = "file:///backup") -> Target:
    return Target(url, "default", BucketContent(bucket or MemoryBucket()))


def schema_version(
    text: str = "one", tag: str = "", *, slug: str = "app", name: str = "", driver: str = "sqlite"
) -> VersionToCopy:
    return VersionToCopy(
        type=SCHEMA,
        slug=slug,
        driver=driver,
        entries=(Entry("schema.hcl", text.encode()),),
        name=name or f"of {text}",
        at=AT,
        tag=tag,
    )
