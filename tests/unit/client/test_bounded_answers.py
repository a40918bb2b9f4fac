"""What a hostile registry may cost whoever asks it: size, time, values, and encodings."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import httpx
import pytest
from atlas.client import body
from atlas.client.transport import Patience, Transport
from atlas.errors import AtlasError, Unavailable
from atlas.wire.any_make import DIRECTORY_CONTENT, LISTED_DIRECTORIES
from atlas.wire.contract import RegistryAddress
from atlas.wire.operations import (
    BOT,
    DECLARATIVE_PLANS,
    DESCRIBE_DEPLOYMENT,
    DIR_STATE,
    REPO_INDEX,
    REPOS,
    SCHEMA_STATE,
    Operation,
)


def ask(answer: httpx.Response, operation: Operation = BOT) -> object:
    http = httpx.MockTransport(lambda _request: answer)
    address = RegistryAddress("https://registry.example/query", "secret")
    with Transport(address, patience=Patience(retries=0), http=http) as transport:
        return transport.execute(operation, {})


def fails(answer: httpx.Response, operation: Operation = BOT) -> AtlasError:
    with pytest.raises(AtlasError) as caught:
        ask(answer, operation)
    return caught.value


@pytest.mark.parametrize(
    "operation",
    [DIR_STATE, SCHEMA_STATE, REPO_INDEX, DECLARATIVE_PLANS, DIRECTORY_CONTENT, DESCRIBE_DEPLOYMENT],
)
def test_an_answer_with_files_or_errors_may_be_as_long_as_a_push(operation: Operation) -> None:
    assert body.limit_bytes(operation) == 256 * 1024 * 1024


@pytest.mark.parametrize("operation", [BOT, REPOS, LISTED_DIRECTORIES])
def test_an_answer_without_files_may_not(operation: Operation) -> None:
    assert body.limit_bytes(operation) == 32 * 1024 * 1024


def test_only_encodings_that_are_read_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("httpx._client.ACCEPT_ENCODING", "gzip, deflate, br, zstd")
    asked: list[str] = []

    def packed(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["accept-encoding"])
        return httpx.Response(200)

    address = RegistryAddress("https://registry.example/query", "secret")
    with Transport(address, http=httpx.MockTransport(packed)) as transport:
        transport.execute(BOT, {})
    assert asked == ["gzip, deflate"]


def test_an_answer_that_is_too_long_ends_at_the_limit() -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 1024 * 1024

    error = fails(httpx.Response(200, content=endless()))
    assert isinstance(error, Unavailable)
    assert "answers more than 33554432 bytes" in str(error)
    assert read == 33


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, headers={"Content-Encoding": "gzip, gzip"}, content=iter([b""])),
        httpx.Response(500, content=iter([b" " * 33 * 1024 * 1024])),
    ],
    ids=["encoding", "size"],
)
def test_what_costs_much_is_not_asked_for_again(answer: httpx.Response) -> None:
    asked: list[httpx.Request] = []
    waits: list[float] = []

    def once(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer

    address = RegistryAddress("https://registry.example/query", "secret")
    with (
        Transport(address, wait=waits.append, http=httpx.MockTransport(once)) as transport,
        pytest.raises(Unavailable),
    ):
        transport.execute(BOT, {})
    assert (len(asked), waits) == (1, [])


def test_an_answer_of_many_values_is_an_outage() -> None:
    error = fails(httpx.Response(200, content=b'{"data": [' + b"[]," * 1_000_000))
    assert isinstance(error, Unavailable)
    assert "holds more than 1000000 values" in str(error)


def test_a_refusal_of_many_values_is_told_by_its_status() -> None:
    assert str(fails(httpx.Response(409, content=b"[],\n" * 1_000_000))).startswith(
        "unexpected error code 409: [],"
    )


def test_an_answer_that_drips_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0

    def drips() -> Iterator[bytes]:
        nonlocal now_s
        while True:
            now_s += 29
            yield b" "

    monkeypatch.setattr(body, "time", type("Clock", (), {"monotonic": staticmethod(lambda: now_s)}))
    assert "answers slower than 16384 bytes a second" in str(fails(httpx.Response(200, content=drips())))
    assert now_s == 58


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "x\x1b"])
def test_an_encoding_that_was_not_asked_for_is_refused_unread(encoding: str) -> None:
    def unread() -> Iterator[bytes]:
        yield pytest.fail("it was read")

    answer = httpx.Response(200, headers=[(b"Content-Encoding", encoding.encode())], content=unread())
    error = fails(answer)
    assert "answers in an encoding that it was not asked for" in str(error)
    assert str(error).isprintable()


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "identity"])
def test_one_encoding_is_read(encoding: str) -> None:
    text = json.dumps({"data": {"me": {"org": "acme"}}}).encode()
    content = gzip.compress(text) if encoding.lower() == "gzip" else text
    headers = {"Content-Encoding": encoding}
    assert ask(httpx.Response(200, headers=headers, content=iter([content]))) == {"org": "acme"}


@pytest.mark.parametrize(
    "text", ["", " \n", "{}", "null", '{"data": null}', '{"extensions": {}}', '{"data": {}}']
)
def test_an_answer_without_data_is_nothing_as_other_clients_read_it(text: str) -> None:
    """The open-source client decodes into zero values, and takes an end of input for no error."""
    assert ask(httpx.Response(200, text=text)) is None


@pytest.mark.parametrize(
    ("answer", "is_foreign"),
    [
        (httpx.Response(404, text="404: Not Found"), True),
        (httpx.Response(405), True),
        (httpx.Response(403, html="<html>"), True),
        (httpx.Response(200, html="<html>"), True),
        (httpx.Response(302, headers={"Location": "https://login.example"}), True),
        (httpx.Response(410, text="gone"), True),
        (httpx.Response(404, json={"errors": [{"message": "unexpected error code"}]}), False),
        (
            httpx.Response(422, json={"errors": [{"message": "it answers, but not as an Atlas registry"}]}),
            False,
        ),
        (httpx.Response(401), False),
        (httpx.Response(500), False),
    ],
)
def test_an_error_knows_whether_it_is_of_a_registry(answer: httpx.Response, *, is_foreign: bool) -> None:
    assert fails(answer).is_foreign is is_foreign  # type: ignore[attr-defined]  # all of a registry have it
