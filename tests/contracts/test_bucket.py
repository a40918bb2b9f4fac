"""What every bucket promises: one suite for the fake and each adapter."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.parametrize(
    "name",
    ["1_a b.sql", "ü é 日本 🙂.sql", "e\u0301.sql", "a+b&c=d.sql", "100%.sql", "a%20b.sql", "x#1?y.sql", "it's \"q\".sql", "~!@$^*(){}[]|;:,<>.sql"],
)  # fmt: skip
def test_a_name_is_kept_as_it_is(bucket: Bucket, name: str) -> None:
    etag = bucket.put_if_absent(f"v/{name}", name.encode())
    assert bucket.get(f"v/{name}") == (name.encode(), etag)
    assert bucket.head(f"v/{name}") == etag
    assert list(bucket.list("v/")) == [f"v/{name}"]
    assert list(bucket.list(f"v/{name[:2]}")) == [f"v/{name}"]
    bucket.delete(f"v/{name}")
    assert list(bucket.list("")) == []


def test_more_keys_than_a_page_are_listed_in_order(bucket: Bucket) -> None:
    keys = [f"k/{number:04}" for number in range(1005)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: bucket.put_if_absent(key, b""), reversed(keys)))
    assert list(bucket.list("k/")) == keys


def test_an_object_of_megabytes_is_whole(bucket: Bucket) -> None:
    first, second = b"0123456789abcdef" * 600_000, b"fedcba9876543210" * 600_000
    etag = bucket.put_if_absent("large", first)
    assert bucket.get("large") == (first, etag)
    etag = bucket.put_if_unchanged("large", second, etag=etag)
    assert bucket.get("large") == (second, etag)


def test_of_creators_at_once_exactly_one_wins(bucket: Bucket) -> None:
    def create(number: int) -> bool:
        try:
            bucket.put_if_absent("index.json", b"%d" % number)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(create, range(32)))
    assert won.count(True) == 1
    assert bucket.get("index.json").data == b"%d" % won.index(True)


def test_an_object_made_anew_is_not_the_one_that_was_deleted(bucket: Bucket) -> None:
    etag = bucket.put_if_absent(KEY, b"one")
    bucket.delete(KEY)
    with pytest.raises(Conflict):
        bucket.put_if_unchanged(KEY, b"two", etag=etag)


ADDRESSES = {"s3": ("s3", "s3_bucket"), "gcs": ("gs", "gcs_bucket"), "azure": ("azblob", "azure_container")}


@pytest.mark.parametrize("store", ADDRESSES)
def test_buckets_that_are_opened_at_once_are_one_store(request: pytest.FixtureRequest, store: str) -> None:
    scheme, fixture = ADDRESSES[store]
    url = f"{scheme}://{request.getfixturevalue(fixture)}/f"

    def create(number: int) -> bool:
        try:
            open_bucket(url).put_if_absent("index.json", b"%d" % number)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(create, range(16))).count(True) == 1


@pytest.mark.parametrize("store", ADDRESSES)
def test_two_folders_of_one_store_do_not_see_each_other(request: pytest.FixtureRequest, store: str) -> None:
    scheme, fixture = ADDRESSES[store]
    name = request.getfixturevalue(fixture)
    region = "?region=us-east-1" if store == "s3" else ""
    whole, folder = open_bucket(f"{scheme}://{name}{region}"), open_bucket(f"{scheme}://{name}/a/b{region}")
    beside = open_bucket(f"{scheme}://{name}/a/bc/{region}")
    folder.put_if_absent("x", b"of the folder")
    beside.put_if_absent("x", b"of the one beside")
    assert list(folder.list("")) == ["x"]
    assert list(beside.list("")) == ["x"]
    assert list(whole.list("")) == ["a/b/x", "a/bc/x"]
    assert whole.get("a/b/x").data == b"of the folder"
    prefixed = open_bucket(f"{scheme}://{name}/a{region or '?'}&prefix=b/".replace("?&", "?"))
    assert prefixed.get("x").data == b"of the folder"


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
