"""A backup or a restore that is killed leaves what can be read, and the next one completes it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.engine.backups import Target, verify
from atlas.server.store.backing_up import back_up, bring_content
from atlas.wire.content_store import BucketContent

from tests.fakes.backups import NO_WAITING
from tests.fakes.bucket import MemoryBucket
from tests.integration.registry.conftest import Served
from tests.integration.registry.filled import Size, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from atlas.wire.bucket import Bucket, Stored

TINY = Size(1, 1, 3)
WORDS = (sys.executable, "-m", "atlas")


class Killed(BaseException):
    """The process is gone: nothing catches this, and nothing is written after it."""


class MortalBucket:
    """A bucket of a process that dies at one of its writes, numbered from 1: right before it, or right after."""

    def __init__(self, bucket: Bucket, dies_at: int, *, after: bool = False) -> None:
        self._bucket = bucket
        self._dies_at = dies_at
        self._after = after
        self._lock = threading.Lock()
        self.writes = 0

    def put_if_absent(self, key: str, data: bytes) -> str:
        return self._write(lambda: self._bucket.put_if_absent(key, data))

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        return self._write(lambda: self._bucket.put_if_unchanged(key, data, etag=etag))

    def delete(self, key: str) -> None:
        self._write(lambda: self._bucket.delete(key))

    def get(self, key: str) -> Stored:
        self._alive()
        return self._bucket.get(key)

    def head(self, key: str) -> str:
        self._alive()
        return self._bucket.head(key)

    def list(self, prefix: str) -> Iterator[str]:
        self._alive()
        return self._bucket.list(prefix)

    def _write(self, write: Callable[[], object]) -> str:
        with self._lock:
            self._alive()
            self.writes += 1
            if self.writes == self._dies_at and not self._after:
                raise Killed
            answer = write()
            self._alive()
            return str(answer)

    def _alive(self) -> None:
        if self._dies_at and self.writes >= self._dies_at:
            raise Killed


def target_of(bucket: Bucket) -> Target:
    return Target("memory://backup", "", BucketContent(bucket))


def backed_up(served: Served, bucket: Bucket) -> None:
    for copied in back_up(served.registry, target_of(bucket), NO_WAITING, proves=False):
        assert copied.error == ""


def is_readable(bucket: Bucket) -> None:
    assert verify(target_of(bucket)).damages == ()


def test_a_backup_may_be_killed_at_any_write(served: Served) -> None:
    before = fill(served, TINY)
    whole, counted = MemoryBucket(), MortalBucket(MemoryBucket(), 0)
    backed_up(served, whole)
    backed_up(served, counted)
    assert counted.writes > 20
    for number in range(1, counted.writes + 1):
        for after in (False, True):
            bucket = MemoryBucket()
            with pytest.raises(Killed):
                backed_up(served, MortalBucket(bucket, number, after=after))
            is_readable(bucket)
            backed_up(served, bucket)
            assert contents(bucket) == contents(whole)
    assert list(BucketContent(whole).indexes()) == list(before.indexes)


def test_a_restore_may_be_killed_at_any_write(served: Served) -> None:
    fill(served, TINY)
    backup, counted = MemoryBucket(), MortalBucket(MemoryBucket(), 0)
    backed_up(served, backup)
    brought(backup, counted)
    for number in range(1, counted.writes + 1):
        for after in (False, True):
            bucket = MemoryBucket()
            with pytest.raises(Killed):
                brought(backup, MortalBucket(bucket, number, after=after))
            is_readable(bucket)
            brought(backup, bucket)
            assert contents(bucket) == {
                key: data for key, data in contents(backup).items() if key != "registry.json"
            }


@pytest.mark.parametrize("files", [1, 25, 80])
def test_a_process_that_is_killed_is_completed_by_the_next(
    served: Served, tmp_path: Path, files: int
) -> None:
    fill(served, Size(2, 1, 6))
    backup = tmp_path / "backup"
    words = ("registry", "backup", "--data", str(tmp_path / "data"), "--to", backup.as_uri())
    environ = {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen([*WORDS, *words], env=environ, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and len(written(backup)) < files:
            time.sleep(0.001)
        process.kill()
    bucket = open_bucket(backup.as_uri())
    is_readable(bucket)
    subprocess.run([*WORDS, *words], env=environ, check=True, capture_output=True, timeout=60)
    is_readable(bucket)
    assert list(BucketContent(bucket).indexes()) == list(served.registry.content.indexes())


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and ".bucket" not in path.parts]


def brought(backup: Bucket, bucket: Bucket) -> None:
    for copied in bring_content(target_of(backup), target_of(bucket), NO_WAITING):
        assert copied.error == ""


def contents(bucket: Bucket) -> dict[str, bytes]:
    return {key: bucket.get(key).data for key in bucket.list("")}
