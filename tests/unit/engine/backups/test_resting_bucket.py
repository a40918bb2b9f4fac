"""A backup that does not answer, read by many: a few threads wait for it, the others are told at once."""

from __future__ import annotations

import pytest
from atlas.engine.backups import Breaker
from atlas.errors import NotFound, Unavailable
from atlas.wire.bucket import Stored
from atlas.wiring.backup_connections import RestingBucket

from tests.fakes.bucket import MemoryBucket


class Deaf(MemoryBucket):
    """A bucket that may be out, and counts who waited for it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_out = True
        self.asked = 0

    def get(self, key: str) -> Stored:
        self.asked += 1
        if self.is_out:
            raise Unavailable("s3://b: the store cannot be reached")
        return super().get(key)


class Now:
    """A clock that a test sets."""

    s = 0.0

    def __call__(self) -> float:
        return self.s


def test_a_bucket_that_does_not_answer_rests_and_is_asked_by_one_of_many_afterwards() -> None:
    deaf, now = Deaf(), Now()
    deaf.put_if_absent("a", b"1")
    bucket = RestingBucket(deaf, Breaker(failures=3, rest_s=10), now)
    for _ in range(1000):
        with pytest.raises(Unavailable, match="the store cannot be reached"):
            bucket.get("a")
    assert deaf.asked == 3
    now.s = 11
    for _ in range(1000):
        with pytest.raises(Unavailable):
            bucket.get("a")
    assert deaf.asked == 4
    deaf.is_out = False
    now.s = 30
    assert bucket.get("a").data == b"1"
    assert [bucket.get("a").data for _ in range(10)] == [b"1"] * 10


def test_what_a_bucket_does_not_have_is_an_answer() -> None:
    deaf = Deaf()
    deaf.is_out = False
    bucket = RestingBucket(deaf, Breaker(failures=1, rest_s=10), Now())
    for _ in range(5):
        with pytest.raises(NotFound):
            bucket.get("a")
    assert deaf.asked == 5
