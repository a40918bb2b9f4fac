"""A registry of any make: what is asked of it, and what its answers mean."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import httpx
import pytest
from atlas.client.any_make import RegistryOfAnyMake, tells_history
from atlas.client.transport import Patience, Transport
from atlas.errors import AtlasError, NotFound, Rejected, Unauthorized, Unavailable
from atlas.wire.archive import Entry, pack
from atlas.wire.contract import DIRECTORY, SCHEMA, RegistryAddress


def registry(*answers: httpx.Response) -> tuple[Transport, list[dict[str, Any]]]:
    """A connection that gets these answers in turn, the last one for ever, and what was sent."""
    left, sent = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return left.pop(0) if len(left) > 1 else left[0]

    address = RegistryAddress("https://registry.example/query", "t")
    http = httpx.MockTransport(answer)
    return Transport(address, http=http, patience=Patience(retries=0), wait=lambda _: None), sent


def data(**fields: Any) -> httpx.Response:
    return httpx.Response(200, json={"data": fields})


def refused(message: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"errors": [{"message": message}]})


@pytest.mark.parametrize(
    ("answer", "tells"),
    [
        (data(repoIndex={"index": "{}"}), True),
        (refused('repository "atlas" not found'), True),
        (data(repoIndex=None), False),
        (httpx.Response(200), False),
        (refused('Cannot query field "repoIndex" on type "Query".'), False),
        (refused('Cannot query field "repoIndex" on type "Query".', 422), False),
        (refused("field repoIndex not found on type Query"), False),
        (refused("field repoIndex not found on type Query", 400), False),
    ],
)
def test_a_history_is_told_by_who_knows_the_question(answer: httpx.Response, *, tells: bool) -> None:
    assert tells_history(registry(answer)[0]) is tells


@pytest.mark.parametrize(("status", "error"), [(401, Unauthorized), (503, Unavailable)])
def test_a_wrong_token_and_an_outage_are_no_other_make(status: int, error: type[AtlasError]) -> None:
    with pytest.raises(error):
        tells_history(registry(httpx.Response(status))[0])


@pytest.mark.parametrize(
    ("word", "driver"),
    [
        ("SQLITE", "sqlite"),
        ("POSTGRESQL", "postgres"),
        ("MYSQL", "mysql"),
        ("MARIADB", "mariadb"),
        ("SQLSERVER", "sqlserver"),
        ("CLICKHOUSE", "clickhouse"),
        (None, ""),
    ],
)
def test_drivers_are_listed_in_the_words_of_here(word: str | None, driver: str) -> None:
    item = {"title": "My App", "slug": "app", "url": "atlas://app", "type": "SCHEMA", "driver": word}
    listing = RegistryOfAnyMake(registry(data(repos={"repos": [item]}))[0]).listed()
    assert listing
    assert listing.has_schemas
    assert [(one.slug, one.title, one.type, one.driver) for one in listing.entries] == [
        ("app", "My App", SCHEMA, driver)
    ]


def test_who_lists_directories_alone_is_asked_for_these() -> None:
    transport, sent = registry(
        refused('Cannot query field "repos"'), data(dirs=[{"name": "My App", "slug": "app"}])
    )
    listing = RegistryOfAnyMake(transport).listed()
    assert listing
    assert not listing.has_schemas
    assert [(one.slug, one.title, one.type) for one in listing.entries] == [("app", "My App", DIRECTORY)]
    assert [request["query"].split()[1] for request in sent] == ["{", "dirs"]


def test_who_lists_nothing_says_so() -> None:
    assert RegistryOfAnyMake(registry(httpx.Response(200))[0]).listed() is None


@pytest.mark.parametrize(
    "answer",
    [
        refused("not found"),
        refused("tag not found", 422),
        httpx.Response(404, text="no such schema"),
        httpx.Response(200),
        data(dirState=None, schemaState=None),
        data(dirState={"content": ""}, schemaState={"hcl": None}),
    ],
)
@pytest.mark.parametrize("type_", [DIRECTORY, SCHEMA])
def test_all_ways_to_say_that_there_is_nothing(answer: httpx.Response, type_: Any) -> None:
    with pytest.raises(NotFound):
        RegistryOfAnyMake(registry(answer)[0]).entries(type_, "app", "v1")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (data(dirState=[], schemaState=[]), r"(dirState|schemaState) is a list: expected an object"),
        (data(dirState="x", schemaState="x"), r"(dirState|schemaState) is a text: expected an object"),
        (data(dirState={"content": 5}, schemaState={"hcl": {}}), r"is (a number|an object): expected text"),
        (
            httpx.Response(
                200,
                content=rb'{"data": {"dirState": {"content": "\ud800"}, "schemaState": {"hcl": "\ud800"}}}',
            ),
            "holds half of a character: expected text",
        ),
        (httpx.Response(200, json={"data": [1]}), r'"data" of its answer is no object'),
        (httpx.Response(200, json=["data"]), r'no object with "data"'),
        (httpx.Response(200, content=b"[" * 100_000), "its values are nested too deeply"),
        (httpx.Response(200, content=b'{"data": 1' + b"0" * 10_000 + b"}"), "cut off or no JSON"),
    ],
    ids=["list", "text", "value", "half", "data", "document", "depth", "digits"],
)
@pytest.mark.parametrize("type_", [DIRECTORY, SCHEMA])
def test_an_answer_of_another_shape_is_named_with_what_was_expected(
    answer: httpx.Response, told: str, type_: Any
) -> None:
    with pytest.raises(Unavailable, match=told):
        RegistryOfAnyMake(registry(answer)[0]).entries(type_, "app", "v1")


@pytest.mark.parametrize(
    ("repos", "told"),
    [
        ([], "repos is a list: expected an object"),
        ({"repos": {}}, "repos.repos is an object: expected a list"),
        ({"repos": [{}, "odd"]}, r"repos.repos\[1\] is a text: expected an object"),
        ({"repos": [{"slug": 7}]}, r"repos.repos\[0\].slug is a number: expected text"),
        ({"repos": [{"title": "x" * 5000}]}, "has 5000 characters: expected at most 4096"),
    ],
)
def test_a_list_of_another_shape_is_named_with_its_server(repos: Any, told: str) -> None:
    with pytest.raises(Unavailable, match=rf"^https://registry\.example/query answers as no .*: .*{told}"):
        RegistryOfAnyMake(registry(data(repos=repos))[0]).listed()


def test_a_directory_without_files_is_nothing() -> None:
    state = {"content": b64encode(pack(())).decode()}
    with pytest.raises(NotFound, match="empty"):
        RegistryOfAnyMake(registry(data(dirState=state))[0]).entries(DIRECTORY, "app", "")


def test_the_latest_is_asked_for_without_a_tag_and_nothing_but_known_fields_is_sent() -> None:
    transport, sent = registry(data(schemaState={"hcl": 'schema "ü" {}\r\n'}))
    source = RegistryOfAnyMake(transport)
    assert source.entries(SCHEMA, "app", "") == (Entry("schema.hcl", 'schema "ü" {}\r\n'.encode()),)
    source.entries(SCHEMA, "app", "v1")
    assert [request["variables"]["input"] for request in sent] == [
        {"slug": "app"},
        {"slug": "app", "tag": "v1"},
    ]


@pytest.mark.parametrize(
    ("type_", "state"),
    [
        (DIRECTORY, {"content": "ä"}),
        (DIRECTORY, {"content": b64encode(b"no tar").decode()}),
        (DIRECTORY, {"content": b64encode(pack([("1.sql", b"SELECT 1;\n")])).decode()}),
        (
            DIRECTORY,
            {"content": b64encode(pack([("atlas.sum", b"h1:x\n"), ("1.sql", b"SELECT 1;\n")])).decode()},
        ),
    ],
    ids=["no base64", "no tar", "no sum", "a wrong sum"],
)
def test_damage_is_an_error_that_names_what_was_asked_for(type_: Any, state: dict[str, str]) -> None:
    field = "dirState" if type_ == DIRECTORY else "schemaState"
    body = json.dumps({"data": {field: state}}).encode()
    source = RegistryOfAnyMake(registry(httpx.Response(200, content=body))[0])
    with pytest.raises(AtlasError, match=r"atlas://app\?tag=v1") as raised:
        source.entries(type_, "app", "v1")
    assert not isinstance(raised.value, NotFound)


def test_a_refusal_is_the_one_of_the_first_question() -> None:
    transport, sent = registry(refused("no, by the first"), refused("no, by the second"))
    with pytest.raises(Rejected, match="by the first"):
        RegistryOfAnyMake(transport).entries(SCHEMA, "app", "v1")
    assert [request.get("variables") for request in sent] == [{"input": {"slug": "app", "tag": "v1"}}, None]


def test_who_knows_the_input_by_another_name_is_asked_once_in_vain() -> None:
    transport, sent = registry(refused('Unknown type "SchemaStateInput"'), data(schemaState={"hcl": "x"}))
    source = RegistryOfAnyMake(transport)
    for _ in range(3):
        assert source.entries(SCHEMA, "app", "v1") == (Entry("schema.hcl", b"x"),)
    assert len(sent) == 4
    assert sent[-1]["query"] == 'query { schemaState(input: {slug: "app", tag: "v1"}) { hcl } }'
