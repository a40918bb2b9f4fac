"""What every bucket promises: one suite for the fake and each adapter."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Conflict, NotFound, SpecError

from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atlas.wire.bucket import Bucket

KEY = "acme/directories/my-app/versions/00ff/1_a b ü.sql"


@pytest.fixture(params=["memory", "file", "s3", "gcs", "azure"])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    match request.param:
        case "memory":
            return MemoryBucket()
        case "file":
            return open_bucket((tmp_path / "a folder" / "content").as_uri())
        case "s3":
            return open_bucket(
                f"s3://{request.getfixturevalue('s3_bucket')}/a%20folder/content?region=eu-central-1"
            )
        case "gcs":
            return open_bucket(f"gs://{request.getfixturevalue('gcs_bucket')}/a%20folder/content")
        case _:
            return open_bucket(f"azblob://{request.getfixturevalue('azure_container')}/a%20folder/content")


def test_what_was_put_is_got_byte_for_byte(bucket: Bucket) -> None:
    etag = bucket.put_if_absent(KEY, b"\0\xff\r\n")
    assert bucket.get(KEY) == (b"\0\xff\r\n", etag)
    assert bucket.head(KEY) == etag


def test_an_empty_object_is_an_object(bucket: Bucket) -> None:
    bucket.put_if_absent(KEY, b"")
    assert bucket.get(KEY).data == b""


def test_a_key_is_put_once(bucket: Bucket) -> None:
    bucket.put_if_absent(KEY, b"one")
    with pytest.raises(Conflict, match="exists"):
        bucket.put_if_absent(KEY, b"two")
    assert bucket.get(KEY).data == b"one"


def test_an_unchanged_object_is_replaced(bucket: Bucket) -> None:
    first = bucket.put_if_absent(KEY, b"one")
    second = bucket.put_if_unchanged(KEY, b"two", etag=first)
    assert bucket.get(KEY) == (b"two", second)
    assert second != first


def test_a_changed_object_is_not_replaced(bucket: Bucket) -> None:
    first = bucket.put_if_absent(KEY, b"one")
    bucket.put_if_unchanged(KEY, b"two", etag=first)
    with pytest.raises(Conflict, match="changed"):
        bucket.put_if_unchanged(KEY, b"three", etag=first)
    assert bucket.get(KEY).data == b"two"


def test_an_absent_object_is_not_replaced(bucket: Bucket) -> None:
    with pytest.raises(Conflict):
        bucket.put_if_unchanged(KEY, b"two", etag="1")
    with pytest.raises(NotFound):
        bucket.get(KEY)


def test_an_absent_object_is_not_found(bucket: Bucket) -> None:
    for ask in (bucket.get, bucket.head):
        with pytest.raises(NotFound, match="not found"):
            ask(KEY)


def test_a_part_of_a_key_is_no_object(bucket: Bucket) -> None:
    bucket.put_if_absent(KEY, b"one")
    with pytest.raises(NotFound):
        bucket.get("acme/directories")
    with pytest.raises(NotFound):
        bucket.get(f"{KEY}/below")


def test_keys_are_listed_by_prefix_in_order(bucket: Bucket) -> None:
    for key in ("b/2", "a/x/1", "b/1", "bb"):
        bucket.put_if_absent(key, b"")
    assert list(bucket.list("b/")) == ["b/1", "b/2"]
    assert list(bucket.list("b")) == ["b/1", "b/2", "bb"]
    assert list(bucket.list("")) == ["a/x/1", "b/1", "b/2", "bb"]
    assert list(bucket.list("c")) == []


def test_an_empty_bucket_lists_nothing(bucket: Bucket) -> None:
    assert list(bucket.list("")) == []


def test_a_deleted_object_is_gone_and_may_be_deleted_again(bucket: Bucket) -> None:
    bucket.put_if_absent(KEY, b"one")
    bucket.delete(KEY)
    bucket.delete(KEY)
    assert list(bucket.list("")) == []
    bucket.put_if_absent(KEY, b"two")
    assert bucket.get(KEY).data == b"two"


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../up", "a/../../up", "a//b", "a/.", "a/\0", "a/"])
def test_a_key_names_nothing_outside_the_bucket(bucket: Bucket, key: str) -> None:
    asks: list[Callable[[], object]] = [
        lambda: bucket.put_if_absent(key, b""),
        lambda: bucket.put_if_unchanged(key, b"", etag=""),
        lambda: bucket.get(key),
        lambda: bucket.head(key),
        lambda: bucket.delete(key),
    ]
    for ask in asks:
        with pytest.raises(SpecError, match="no object key"):
            ask()


def test_of_writers_at_once_exactly_one_wins_each_round(bucket: Bucket) -> None:
    bucket.put_if_absent("counter", b"0")
    rounds, writers = 25, 8

    def count_up() -> None:
        for _ in range(rounds):
            while True:
                held = bucket.get("counter")
                try:
                    bucket.put_if_unchanged("counter", b"%d" % (int(held.data) + 1), etag=held.etag)
                    break
                except Conflict:
                    continue

    threads = [threading.Thread(target=count_up) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bucket.get("counter").data == b"%d" % (rounds * writers)
