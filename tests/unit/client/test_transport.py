"""Retries, errors and trust, with answers made up in the process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest
from atlas.client.transport import Patience, Transport
from atlas.errors import (
    AtlasError,
    Conflict,
    Forbidden,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
)
from atlas.wire.contract import RegistryAddress
from atlas.wire.operations import BOT, PUSH_DIR

URL = "https://registry.example/query"
NOT_A_REGISTRY = f"{URL} answers, but not as an Atlas registry ({{}})"
FINE = httpx.Response(200, json={"data": {"me": {"org": "acme"}}})
Answer = httpx.Response | Exception


@dataclass
class Script:
    """A registry that gives its answers in order, the last one for ever."""

    answers: list[Answer]
    requests: list[httpx.Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def ask(self, url: str = URL, token: str | None = "secret") -> object:
        http = httpx.MockTransport(self)
        with Transport(RegistryAddress(url, token), wait=self.waits.append, http=http) as transport:
            return transport.execute(BOT, {})

    def fails(self) -> AtlasError:
        with pytest.raises(AtlasError) as caught:
            self.ask()
        return caught.value


def script(*answers: Answer) -> Script:
    return Script(list(answers))


def errors(status: int, *messages: str, data: object = None) -> httpx.Response:
    return httpx.Response(
        status, json={"data": data, "errors": [{"message": message} for message in messages]}
    )


def test_the_field_of_the_operation_is_the_answer() -> None:
    assert script(FINE).ask() == {"org": "acme"}


def test_a_request_is_what_servers_expect() -> None:
    registry = script(FINE)
    with Transport(RegistryAddress(URL, "secret"), http=httpx.MockTransport(registry)) as transport:
        transport.execute(PUSH_DIR, {"input": {"slug": "a"}})
    [request] = registry.requests
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["content-type"] == "application/json"
    assert re.fullmatch(r"Atlas/v[\d.]+ \(\w+/\w+\)", request.headers["user-agent"])
    assert json.loads(request.content) == {"query": PUSH_DIR.text, "variables": {"input": {"slug": "a"}}}


def test_without_a_token_there_is_no_authorization() -> None:
    registry = script(FINE)
    registry.ask(token=None)
    assert "authorization" not in registry.requests[0].headers


@pytest.mark.parametrize("outage", [httpx.ConnectError("refused"), httpx.Response(503)])
def test_after_its_time_no_other_try_begins(outage: Answer) -> None:
    registry = script(outage)
    patience = Patience(retries=4, tries_s=0)
    with (
        Transport(
            RegistryAddress(URL, "secret"), patience=patience, http=httpx.MockTransport(registry)
        ) as transport,
        pytest.raises(Unavailable),
    ):
        transport.execute(BOT, {})
    assert len(registry.requests) == 1


def test_an_empty_answer_is_nothing() -> None:
    assert script(httpx.Response(200)).ask() is None


@pytest.mark.parametrize(
    "outage",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut off"),
        *(httpx.Response(status) for status in (408, 429, 500, 502, 503, 504)),
    ],
    ids=lambda outage: str(getattr(outage, "status_code", type(outage).__name__)),
)
def test_an_outage_is_tried_again_and_then_said(outage: Answer) -> None:
    passing = script(outage, outage, FINE)
    assert passing.ask() == {"org": "acme"}
    assert passing.waits == [1, 2]
    lasting = script(outage)
    assert isinstance(lasting.fails(), Unavailable)
    assert lasting.waits == [1, 2, 4, 8]
    assert len(lasting.requests) == 5


def test_not_implemented_is_an_outage_that_waiting_does_not_mend() -> None:
    registry = script(httpx.Response(501))
    assert isinstance(registry.fails(), Unavailable)
    assert len(registry.requests) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7), ("3600", 60), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("x", 1), ("9" * 400, 60)],
)
def test_retry_after_is_honoured_within_reason(header: str, wait: float) -> None:
    registry = script(httpx.Response(429, headers={"Retry-After": header}), FINE)
    registry.ask()
    assert registry.waits == [wait]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_registry_on_this_machine_is_hardly_waited_for(host: str) -> None:
    registry = script(httpx.Response(503), FINE)
    registry.ask(f"http://{host}:8080/query")
    assert registry.waits == [0.01]


@pytest.mark.parametrize(
    ("answer", "class_", "text"),
    [
        (errors(401, "token expired"), Unauthorized, "Unauthorized"),
        (httpx.Response(401), Unauthorized, "Unauthorized"),
        (errors(404, "no such plan"), NotFound, "no such plan"),
        (errors(200, "not found"), NotFound, "not found"),
        (errors(409, 'tag "v1" is write-once'), Conflict, 'tag "v1" is write-once'),
        (errors(422, "checksum mismatch\n"), Rejected, "checksum mismatch"),
        (errors(400, "one", "two"), Rejected, "one; two"),
        (errors(400, "one\nError: two\x1b[2J\u202e"), Rejected, r"one\nError: two\x1b[2J\u202e"),
        (errors(400, *(["x" * 9_000] * 30)), Rejected, "; ".join(["x" * 8_000] * 20)),
        (httpx.Response(400, json={"errors": 5}), Rejected, "an error without a message"),
        (httpx.Response(400, json={"errors": {"message": "one"}}), Rejected, "one"),
        (httpx.Response(400, json={"errors": [{"message": [1]}]}), Rejected, "an error without a message"),
        (errors(200, "bad", data={"me": {"org": "acme"}}), Rejected, "bad"),
        (httpx.Response(403, text="  go away "), Forbidden, "unexpected error code 403: go away"),
        (httpx.Response(410), Rejected, "unexpected error code 410: "),
        (httpx.Response(404, text="404: Not Found"), NotFound, NOT_A_REGISTRY.format(404)),
        (httpx.Response(404, json={"detail": "Not Found"}), NotFound, NOT_A_REGISTRY.format(404)),
        (httpx.Response(405, text="Method Not Allowed"), Rejected, NOT_A_REGISTRY.format(405)),
        (httpx.Response(403, html="<html>go away"), Forbidden, NOT_A_REGISTRY.format(403)),
        (
            httpx.Response(302, headers={"Location": "https://evil.example"}),
            Rejected,
            "unexpected error code 302: it sends on to another address, and the token goes to none but the one that was named",
        ),
    ],
)
def test_an_answer_is_final(answer: httpx.Response, class_: type[AtlasError], text: str) -> None:
    registry = script(answer)
    error = registry.fails()
    assert type(error) is class_
    assert str(error) == text
    assert registry.waits == []


def test_a_redirect_is_not_followed_with_the_token() -> None:
    registry = script(httpx.Response(307, headers={"Location": "https://evil.example/query"}), FINE)
    registry.fails()
    assert [request.url.host for request in registry.requests] == ["registry.example"]


def test_a_page_in_the_place_of_an_answer_is_no_registry_and_an_outage_all_the_same() -> None:
    error = script(httpx.Response(200, html="\n<!doctype html><html>")).fails()
    assert type(error) is Unavailable
    assert str(error) == NOT_A_REGISTRY.format(200)


@pytest.mark.parametrize("body", ["{", "<html>", '{"data": {"me"'])
def test_a_damaged_answer_is_an_outage(body: str) -> None:
    assert isinstance(script(httpx.Response(200, text=body)).fails(), Unavailable)


@pytest.mark.parametrize(
    "make", [lambda: httpx.ConnectError("x"), lambda: httpx.Response(500, text="secret?")]
)
def test_a_message_never_holds_the_token(make: Callable[[], Answer]) -> None:
    with pytest.raises(Unavailable) as caught:
        script(make()).ask(token="tok-1234")
    assert "tok-1234" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "registry.example", "ftp://registry.example", "https://"])
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(SpecError, match="no registry address"):
        script(FINE).ask(url)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text=f"{'x' * 190} cannot handle Bearer t0ken-of-mine"),
        httpx.Response(422, text="Authorization: Bearer t0ken-of-mine"),
        errors(403, "t0ken-of-mine may not do this"),
        errors(200, "no t0ken-of-mine"),
    ],
)
def test_an_answer_that_repeats_the_token_is_told_without_it(answer: httpx.Response) -> None:
    with pytest.raises(AtlasError) as caught:
        script(answer).ask(token="t0ken-of-mine")
    assert "t0ken" not in str(caught.value)


def test_a_peer_that_is_gone_before_it_is_looked_at_is_an_outage() -> None:
    with pytest.raises(Unavailable, match="broke the connection: Transport endpoint is not connected"):
        script(OSError(107, "Transport endpoint is not connected")).ask()


def test_a_digit_that_is_no_number_is_no_time_to_wait() -> None:
    registry = script(httpx.Response(429, headers=[(b"Retry-After", b"\xb2")]), FINE)
    assert registry.ask() == {"org": "acme"}
    assert registry.waits == [1]
