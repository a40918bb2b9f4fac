"""Requests and answers of a store that break off in the middle: an outage, whatever was asked, and never an answer."""

from __future__ import annotations

import random
import zlib
from base64 import b64encode
from collections.abc import Iterator

import httpx
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
from tests.servers.store_fixtures import ANYBODY
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


def test_an_object_whose_sum_is_wrong_is_damage_and_replaced_by_the_next_push(
    aws_environment: Store, s3_bucket: str
) -> None:
    url = s3_url(s3_bucket, aws_environment.url)
    bucket = open_bucket(url, CREDENTIALS)
    target = Target("s3", "default", BucketContent(bucket))
    version = schema_version("text " * 1_000, "v1")
    name = file_key(target.key(SCHEMA, "app"), digest_of(version.entries), "schema.hcl")
    whole = version.entries[0].content
    sums = {"x-amz-sdk-checksum-algorithm": "CRC32", "x-amz-checksum-crc32": crc32(whole)}
    put = httpx.put(
        f"{aws_environment.url}/{s3_bucket}/atlas/{name}", content=whole[:100], headers={**ANYBODY, **sums}
    )
    assert put.status_code == 200
    with pytest.raises(Unavailable):
        bucket.get(name)
    store_version(target, version, NO_WAITING)
    assert read_version(target, SCHEMA, Reference("app", tag="v1")).entries == version.entries
    assert verify(target).damages == ()


def crc32(data: bytes) -> str:
    return b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
