"""A registry that is read as a bucket: what it tells, what it may not be asked, and what is no proof."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import httpx
import pytest
from atlas.client.registry_bucket import RegistryBucket
from atlas.client.repos import all_repositories
from atlas.client.transport import Patience, Transport
from atlas.errors import NotFound, Unavailable, Unsupported
from atlas.wire.archive import Entry, pack
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import DIRECTORY, RegistryAddress
from atlas.wire.digest import digest_of
from atlas.wire.index import RepositoryIndex, VersionRecord
from atlas.wire.index_file import encode_index
from atlas.wire.layout import RepositoryKey, index_key

ENTRIES = (Entry("atlas.sum", b"h1:\n"), Entry("1.sql", b"SELECT 1;\n"))
DIGEST = digest_of(ENTRIES)
HERE = RepositoryKey("label", DIRECTORY, "app")
AT = "2026-01-02T03:04:05.000000Z"
INDEX = RepositoryIndex(
    key=RepositoryKey("acme", DIRECTORY, "app"),
    id=7,
    title="App",
    driver="sqlite",
    created_at=AT,
    versions=(VersionRecord(1, DIGEST, "1", AT, 14, 1),),
)


class Registry:
    """Answers by the operation's field; counts the answers."""

    def __init__(self, **answers: Any) -> None:
        repos = {"repos": [{"slug": "app", "type": DIRECTORY}], "pageInfo": {"total": 1}}
        state = {"content": b64encode(pack(ENTRIES)).decode(), "digest": DIGEST}
        index = {"index": encode_index(INDEX).decode()}
        self.answers = {"repos": repos, "dirState": state, "repoIndex": index, **answers}
        self.sent: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        [field] = [name for name in self.answers if f"{{ {name}(" in body["query"]]
        self.sent.append({field: body["variables"]["input"]})
        return httpx.Response(200, json={"data": {field: self.answers[field]}})

    def bucket(self) -> RegistryBucket:
        address = RegistryAddress("https://registry.example", "t")
        return RegistryBucket(Transport(address, http=httpx.MockTransport(self)), "label")


def test_its_repositories_lie_under_the_name_of_the_backups() -> None:
    content = BucketContent(Registry().bucket())
    assert list(content.repositories()) == [HERE]
    loaded = content.load_index(HERE)
    assert loaded
    assert (loaded.index.key, loaded.index.id, loaded.index.versions) == (HERE, 0, INDEX.versions)
    assert content.is_prepared()
    content.close()


def test_a_version_is_asked_for_once_and_by_its_digest() -> None:
    registry = Registry()
    content = BucketContent(registry.bucket())
    assert content.entries(HERE, DIGEST) == ENTRIES
    assert registry.sent == [{"dirState": {"slug": "app", "version": DIGEST}}]
    content.close()


def test_other_content_than_was_asked_for_is_damage() -> None:
    other = (Entry("1.sql", b"SELECT 2;\n"),)
    state = {"content": b64encode(pack(other)).decode(), "digest": digest_of(other)}
    content = BucketContent(Registry(dirState=state).bucket())
    with pytest.raises(Unavailable, match="the registry answers with version"):
        content.entries(HERE, DIGEST)
    content.close()


def test_an_index_that_is_none_is_damage() -> None:
    with pytest.raises(Unavailable, match="the registry's answer is damaged"):
        Registry(repoIndex={"index": "{"}).bucket().get(index_key(HERE))


def test_a_registry_that_tells_no_history_is_named() -> None:
    with pytest.raises(Unsupported, match=r'https://registry.example does not know "repoIndex"'):
        Registry(repoIndex=None).bucket().get(index_key(HERE))


@pytest.mark.parametrize(
    "key", ["other/directories/app/index.json", "label/directories/app/x", "x", "label/tables/app/a"]
)
def test_what_is_in_no_registry_is_not_found(key: str) -> None:
    with pytest.raises(NotFound):
        Registry().bucket().get(key)


def test_nothing_is_written() -> None:
    bucket = Registry().bucket()
    with pytest.raises(Unsupported, match="push to it"):
        bucket.put_if_absent("a", b"")
    with pytest.raises(Unsupported, match="push to it"):
        bucket.put_if_unchanged("a", b"", etag="")
    with pytest.raises(Unsupported, match="push to it"):
        bucket.delete("a")


@pytest.mark.parametrize("retries", [0, 2, 4])
def test_patience_bounds_the_tries(retries: int) -> None:
    tries: list[str] = []
    waits: list[float] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        tries.append(request.url.host)
        raise httpx.ConnectTimeout("too late")

    transport = Transport(
        RegistryAddress("https://registry.example", "t"),
        wait=waits.append,
        patience=Patience(retries, connect_s=2.0),
        http=httpx.MockTransport(refuse),
    )
    with transport, pytest.raises(Unavailable, match="did not answer within 2 s"):
        list(RegistryBucket(transport, "label").list(""))
    assert (len(tries), len(waits)) == (retries + 1, retries)


@pytest.mark.parametrize("is_repeated", [True, False])
def test_pages_without_an_end_are_an_error(is_repeated: bool) -> None:  # noqa: FBT001 - a case of the test
    asked: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        number = json.loads(request.content)["variables"]["input"]["page"]
        asked.append(number)
        page = {"repos": [{"slug": "app" if is_repeated else f"app{number}"}], "pageInfo": {"total": 1 << 40}}
        return httpx.Response(200, json={"data": {"repos": page}})

    address = RegistryAddress("https://registry.example", "t")
    with (
        Transport(address, http=httpx.MockTransport(answer)) as transport,
        pytest.raises(Unavailable, match=r"^https://registry\.example has no last page of repositories"),
    ):
        all_repositories(transport)
    assert len(asked) == (2 if is_repeated else 1000)
