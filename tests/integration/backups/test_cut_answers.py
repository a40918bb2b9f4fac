"""Requests and answers of a store that break off in the middle: an outage, whatever was asked, and never an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from atlas.buckets import open_bucket
from atlas.engine.backups import Target, read_version, store_version, verify
from atlas.errors import Unavailable
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import SCHEMA
from atlas.wire.digest import digest_of
from atlas.wire.layout import file_key
from atlas.wire.reference import Reference

from tests.fakes.backups import NO_WAITING, schema_version
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


def test_what_a_put_that_was_cut_off_left_is_replaced_by_the_next_one(way: Proxy, s3_bucket: str) -> None:
    target = Target("s3", "default", BucketContent(open_bucket(s3_url(s3_bucket, way.url), CREDENTIALS)))
    version = schema_version("text " * 1_000, "v1")
    way.weather.out = "half"
    with pytest.raises(Unavailable):
        open_bucket(s3_url(s3_bucket, way.url), CREDENTIALS).put_if_absent(
            file_key(target.key(SCHEMA, "app"), digest_of(version.entries), "schema.hcl"),
            version.entries[0].content,
        )
    way.weather.out = ""
    store_version(target, version, NO_WAITING)
    assert read_version(target, SCHEMA, Reference("app", tag="v1")).entries == version.entries
    assert verify(target).damages == ()
