"""What the client makes of a registry's answers, and what it sends."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import httpx
import pytest
from atlas.client.pull import pull_directory
from atlas.client.push import DirectoryPush, push_directory
from atlas.client.transport import Transport
from atlas.errors import Unavailable
from atlas.wire.archive import Entry, pack
from atlas.wire.contract import RegistryAddress
from atlas.wire.digest import digest_of
from atlas.wire.reference import parse_reference

ENTRIES = (Entry("atlas.sum", b"h1:\n"), Entry("1.sql", b"SELECT 1;\n"))
CONTENT = b64encode(pack(ENTRIES)).decode()
URL = "https://registry.example"


class Registry:
    """Answers every request with one value, and remembers what it was sent."""

    def __init__(self, **data: object) -> None:
        self.data = data
        self.sent: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(json.loads(request.content))
        return httpx.Response(200, json={"data": self.data})

    def transport(self) -> Transport:
        return Transport(RegistryAddress(URL, "t"), http=httpx.MockTransport(self))


def pull(registry: Registry, url: str = "atlas://app") -> Any:
    with registry.transport() as transport:
        return pull_directory(transport, parse_reference(url))


def push(registry: Registry, *, tag: str = "", driver: str = "postgres") -> Any:
    with registry.transport() as transport:
        return push_directory(transport, DirectoryPush("app", driver, pack(ENTRIES), tag, {"commit": "abc"}))


def test_a_registry_of_another_make_may_answer_with_content_alone() -> None:
    pulled = pull(Registry(dirState={"content": CONTENT}), "atlas://app?tag=v1")
    assert pulled.entries == ENTRIES
    assert (pulled.digest, pulled.version, pulled.tag, pulled.source) == (digest_of(ENTRIES), "", "v1", URL)


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("atlas://app", {"slug": "app"}),
        ("atlas://app?tag=v1", {"slug": "app", "tag": "v1"}),
        ("atlas://app?version=3", {"slug": "app", "version": "3"}),
    ],
)
def test_an_address_is_sent_without_what_it_does_not_say(url: str, fields: dict[str, str]) -> None:
    registry = Registry(dirState={"content": CONTENT})
    pull(registry, url)
    assert registry.sent[0]["variables"] == {"input": fields}


def test_an_empty_answer_is_an_empty_directory() -> None:
    assert pull(Registry(dirState=None)).entries == ()


@pytest.mark.parametrize(
    "state",
    [
        {"content": CONTENT[:400]},
        {"content": "%%%"},
        {"content": b64encode(b"no tar").decode()},
        {"content": CONTENT, "digest": "sha256:" + "0" * 64},
    ],
)
def test_damaged_content_is_an_outage(state: dict[str, str]) -> None:
    with pytest.raises(Unavailable, match=r"damaged|does not match its digest"):
        pull(Registry(dirState=state))


def test_an_untagged_push_sends_the_whole_directory() -> None:
    registry = Registry(diffSyncDir={"url": "https://registry.example/dirs/1"})
    assert push(registry) == "https://registry.example/dirs/1"
    [sent] = registry.sent
    assert "diffSyncDir" in sent["query"]
    fields = {"slug": "app", "driver": "POSTGRESQL", "dir": CONTENT, "context": {"commit": "abc"}}
    assert sent["variables"] == {"input": fields}


def test_a_tagged_push_sends_the_tag() -> None:
    registry = Registry(pushDir={"url": "u"})
    assert push(registry, tag="v1") == "u"
    assert "pushDir" in registry.sent[0]["query"]
    assert registry.sent[0]["variables"]["input"]["tag"] == "v1"


def test_the_tag_latest_is_no_tag() -> None:
    registry = Registry(diffSyncDir=None)
    assert push(registry, tag="latest", driver="") == ""
    assert registry.sent[0]["variables"]["input"]["driver"] == ""


def test_a_push_never_prints_its_content() -> None:
    assert "archive" not in repr(DirectoryPush("app", "sqlite", pack(ENTRIES)))
