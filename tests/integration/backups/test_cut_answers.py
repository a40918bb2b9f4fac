"""Answers of a store that break off in the middle: an outage, whatever was asked, and never an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Unavailable

from tests.integration.backups.chaos.proxy import Proxy, Weather, proxied
from tests.integration.backups.chaos.world import CREDENTIALS, s3_url
from tests.servers.stores import Store


@pytest.fixture
def way(aws_environment: Store) -> Iterator[Proxy]:
    with proxied(aws_environment.port, Weather(random.Random(0))) as proxy:
        yield proxy


ASKED = {
    "get": lambda bucket: bucket.get("there"),
    "get what is not there": lambda bucket: bucket.get("absent"),
    "list": lambda bucket: list(bucket.list("")),
}


@pytest.mark.parametrize("fault", ["reset", "lost-error", "cut"])
@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_that_does_not_arrive_whole_is_an_outage(
    way: Proxy, s3_bucket: str, asked: str, fault: str
) -> None:
    bucket = open_bucket(s3_url(s3_bucket, way.url), CREDENTIALS)
    bucket.put_if_absent("there", b"x" * 1_000)
    way.weather.out = fault
    with pytest.raises(Unavailable):
        ASKED[asked](bucket)
