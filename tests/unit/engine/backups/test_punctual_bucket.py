"""A bucket that never answers is given up, and holds up neither whoever asks next nor the end of the process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from atlas.errors import Conflict, NotFound, Unavailable
from atlas.wire.bucket import Stored
from atlas.wiring.punctual import SLOWEST_BYTES_S, PunctualBucket

from tests.fakes.bucket import MemoryBucket
from tests.waiting import wait_until

SOON_S = 0.05


class Hanging(MemoryBucket):
    """A folder of a server that is gone, until it comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.is_back = threading.Event()
        self.calls = 0

    def get(self, key: str) -> Stored:
        self.calls += 1
        self.is_back.wait()
        return super().get(key)

    def list(self, prefix: str) -> Iterator[str]:
        self.is_back.wait()
        yield from super().list(prefix)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    bucket = Hanging()
    bucket.put_if_absent("a/b", b"text")
    yield bucket
    bucket.is_back.set()


def test_a_call_that_hangs_is_given_up_and_no_other_is_made_meanwhile(hanging: Hanging) -> None:
    bucket = PunctualBucket(hanging, "file:///b", SOON_S)
    with pytest.raises(Unavailable, match=r"^file:///b: it did not answer within 0 s$"):
        bucket.get("a/b")
    for ask in (
        lambda: bucket.get("a/b"),
        lambda: bucket.head("a/b"),
        lambda: bucket.put_if_absent("c", b""),
    ):
        with pytest.raises(Unavailable, match="and still does not"):
            ask()
    assert hanging.calls == 1
    hanging.is_back.set()
    assert PunctualBucket(hanging, "file:///b").get("a/b").data == b"text"

    def answers() -> bool:
        with suppress(Unavailable):  # what hung has to end first, and then there is little time
            return bucket.get("a/b").data == b"text"
        return False

    wait_until(answers)


def test_a_list_that_hangs_is_given_up(hanging: Hanging) -> None:
    with pytest.raises(Unavailable, match="did not answer within"):
        list(PunctualBucket(hanging, "file:///b", SOON_S).list(""))


def test_a_put_has_time_by_its_size() -> None:
    begun, is_over = threading.Event(), threading.Event()

    class Slow(MemoryBucket):
        def put_if_absent(self, key: str, data: bytes) -> str:
            begun.set()
            is_over.wait()
            return super().put_if_absent(key, data)

    bucket = PunctualBucket(Slow(), "s3://b", 0.0)
    with ThreadPoolExecutor() as pool:
        try:
            large = pool.submit(bucket.put_if_absent, "a", b"x" * (300 * SLOWEST_BYTES_S))
            assert begun.wait(60)
            with pytest.raises(Unavailable):
                PunctualBucket(Slow(), "s3://b", 0.0).put_if_absent("a", b"x")
        finally:
            is_over.set()
        assert large.result()


def test_what_the_bucket_says_is_said() -> None:
    bucket = PunctualBucket(MemoryBucket(), "s3://b")
    etag = bucket.put_if_absent("a/b", b"1")
    assert bucket.put_if_unchanged("a/b", b"2", etag=etag) == bucket.head("a/b")
    assert bucket.get("a/b").data == b"2"
    with pytest.raises(Conflict):
        bucket.put_if_absent("a/b", b"1")
    with pytest.raises(NotFound):
        bucket.get("a/c")
    for number in range(1200):
        bucket.put_if_absent(f"many/{number:04}", b"")
    assert len(list(bucket.list("many/"))) == 1200
    bucket.delete("a/b")
    with pytest.raises(NotFound):
        bucket.head("a/b")


def test_a_time_limit_of_the_bucket_itself_is_not_taken_for_ours() -> None:
    class Cross(MemoryBucket):
        def head(self, key: str) -> str:
            raise TimeoutError(key)

    bucket = PunctualBucket(Cross(), "s3://b")
    with pytest.raises(TimeoutError, match="a/b"):
        bucket.head("a/b")
    with pytest.raises(NotFound):
        bucket.get("a/b")
