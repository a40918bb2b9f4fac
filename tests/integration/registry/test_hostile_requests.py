"""Requests that are made to cost the registry more than they cost who sends them."""

from __future__ import annotations

import json
import socket
import time
from urllib.parse import urlsplit

import pytest
from atlas.server import body
from atlas.server.patience import PatientProtocol

from tests.integration.registry.conftest import A, Served


@pytest.mark.parametrize("piece", [b"[],", b'{"a":0},', b'"",'], ids=bytes.decode)
def test_a_body_of_many_values_is_refused_before_they_are_made(served: Served, piece: bytes) -> None:
    body = b'{"query": "{ me { name } }", "variables": {"input": [' + piece * 8_000_001 + b"0]}}"
    status, answer = served.send("/query", body)
    assert status == 413
    assert answer["errors"][0]["message"] == (
        "the request is larger than any of a client: it holds more than 8000000 values"
    )


def test_a_body_that_is_too_deep_is_refused(served: Served) -> None:
    status, answer = served.send("/query", b'{"query": "{ me { name } }", "variables": ' + b"[" * 100_000)
    assert status == 413
    assert answer["errors"][0]["message"].endswith("its values are nested too deeply")


def test_a_report_of_ten_thousand_files_is_taken(served: Served) -> None:
    query = (
        "mutation ReportMigration($input: ReportMigrationInput!) { reportMigration(input: $input) { url } }"
    )
    files = [
        {
            "name": f"{number}.sql",
            "content": "[,]" * 20,
            "applied": 9,
            "checks": [{"name": "a", "checks": []}],
        }
        for number in range(10_000)
    ]
    body = {"query": query, "variables": {"input": {"dirName": "app", "target": {"id": "a"}, "files": files}}}
    status, answer = served.send("/query", json.dumps(body).encode())
    assert (status, list(answer)) == (200, ["data"])


def test_a_report_of_five_thousand_databases_is_taken(served: Served) -> None:
    query = "mutation ReportMigrationSet($input: ReportMigrationSetInput!) { reportMigrationSet(input: $input) { url } }"
    moment = "2026-11-26T13:04:27Z"
    file = {
        "name": "1_a.sql",
        "content": "",
        "startTime": moment,
        "endTime": moment,
        "applied": 1,
        "skipped": 0,
        "checks": [],
    }
    completed = [
        {"dirName": "app", "target": {"id": f"{number}", "schema": "a"}, "files": [file] * 10}
        for number in range(5_000)
    ]
    report = {"id": "s", "planned": 5_000, "startTime": moment, "endTime": moment, "completed": completed}
    status, answer = served.post(query, {"input": report})
    assert (status, list(answer)) == (200, ["data"])


CREATE = "mutation createRepo($input: CreateRepoInput!) { createRepo(input: $input) { title } }"
PUSH_SCHEMA = "mutation pushSchema($input: PushSchemaInput!) { pushSchema(input: $input) { version } }"
FITS = "use at most"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "t" * 129, f"{FITS} 128 printable characters"),
        ("title", "two\nlines", f"{FITS} 128 printable characters"),
        ("title", "\x1b[2J", f"{FITS} 128 printable characters"),
        ("title", "\u202egpj.exe", f"{FITS} 128 printable characters"),
        ("description", "d" * 4_097, "has 4097 characters: expected at most 4096"),
        ("name", "n" * 5_000, "has 5000 characters: expected at most 4096"),
    ],
)
def test_a_name_that_would_spoil_every_list_is_refused(
    served: Served, field: str, value: str, told: str
) -> None:
    wanted = {"name": "app", "type": "SCHEMA", "driver": "SQLITE", field: value}
    status, answer = served.post(CREATE, {"input": wanted})
    assert status == 422
    assert told in answer["errors"][0]["message"]


@pytest.mark.parametrize("version", ["v" * 256, "a\nb", "\x9b2J", "v" * 5_000_000])
def test_a_version_that_would_spoil_every_list_is_refused(served: Served, version: str) -> None:
    wanted = {"slug": "app", "hcl": 'schema "main" {}', "driver": "SQLITE", "version": version}
    status, answer = served.post(PUSH_SCHEMA, {"input": wanted})
    assert status == 422
    assert "expected at most 4096" in (told := answer["errors"][0]["message"]) or FITS in told


def test_names_of_a_report_stay_on_their_line(served: Served) -> None:
    report = (
        "mutation ReportMigration($input: ReportMigrationInput!) { reportMigration(input: $input) { url } }"
    )
    served.push(A)
    target = {"id": "8a1b", "schema": "main", "url": "sqlite://prod\x1b2J.db"}
    served.post(report, {"input": {"dirName": "app", "envName": "prod\n\x1b[2J", "target": target}})
    _, answer = served.post("query { databases { databases { name env } } }")
    assert answer["data"]["databases"]["databases"] == [{"name": r"prod\x1b2J.db", "env": r"prod\n\x1b[2J"}]


@pytest.mark.parametrize("path", ["/dirs/{}", "/schemas/{}", "/schemas/1/plans/{}"])
@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 19, "%C2%B2", "1%0A", "-1", "0x1"])
def test_a_number_that_is_none_is_a_page_that_is_not_there(served: Served, path: str, number: str) -> None:
    status, answer = served.send(path.format(number))
    assert status == 404
    assert answer["errors"][0]["message"].endswith("not found")


def test_the_same_file_a_thousand_times_is_refused(served: Served) -> None:
    fields = " ".join(f"a{number}: content" for number in range(1_500))
    status, answer = served.post(f"{{ dirs {{ {fields} }} }}")
    assert (status, answer["errors"][0]["message"]) == (422, "the query asks for more than 1000 fields")


def connected(served: Served) -> socket.socket:
    parts = urlsplit(served.url)
    return socket.create_connection((str(parts.hostname), parts.port or 0), timeout=60)


@pytest.mark.parametrize("begun", [b"", b"GET /healthz HT", b"POST /query HTTP/1.1\r\nHost: a\r\nX-A: "])
def test_who_does_not_end_its_headers_is_hung_up_on(
    served: Served, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(PatientProtocol, "head_s", 0.3)
    with connected(served) as client:
        client.sendall(begun)
        assert client.recv(1000) == b""


def test_a_later_request_of_a_connection_has_no_more_time(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(served) as client:
        _is_well(client)
        monkeypatch.setattr(PatientProtocol, "head_s", 0.3)
        client.sendall(b"GET /hea")
        assert client.recv(1000) == b""


def test_a_body_that_nobody_reads_has_no_more_time(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_s", 0.3)
    with connected(served) as client:
        client.sendall(b"POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
        assert b" 401 " in _received(client, b"]}")
        client.settimeout(0.05)
        assert _is_hung_up_on(client)


def test_a_body_that_nobody_reads_may_come_to_its_end(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientProtocol, "head_s", 0.1)
    piece, count = b" " * 10_000, 10
    with connected(served) as client:
        length = str(len(piece) * count).encode()
        client.sendall(b"POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + b"\r\n\r\n")
        for _ in range(count):
            time.sleep(0.05)
            client.sendall(piece)
        assert b" 401 " in _received(client, b"]}")
        _is_well(client)


def test_a_connection_is_kept_after_a_body_that_nobody_read(served: Served) -> None:
    with connected(served) as client:
        client.sendall(b"POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n{")
        assert b" 401 " in _received(client, b"]}")
        client.sendall(b"   ")
        _is_well(client)


def test_a_connection_that_idles_is_kept(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_s", 0.1)
    with connected(served) as client:
        _is_well(client)
        time.sleep(0.3)
        _is_well(client)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_proxy_may_ask_whether_to_go_on_and_send_in_pieces(served: Served, version: str) -> None:
    body = b'{"query": "{ me { name } }"}'
    length = f"Content-Length: {len(body)}" if version == "1.0" else "Transfer-Encoding: chunked"
    head = f"POST / HTTP/{version}\r\nHost: a\r\nAuthorization: Bearer {served.token}\r\nExpect: 100-continue\r\n{length}\r\n\r\n"
    with connected(served) as client:
        client.sendall(head.encode())
        if version == "1.1":
            assert client.recv(10_000).startswith(b"HTTP/1.1 100")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        client.sendall(body)
        assert client.recv(10_000).startswith(b"HTTP/1.1 200")


def test_a_body_that_drips_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_SILENCE_S", 1)
    with connected(served) as client:
        head = f"POST /query HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {served.token}\r\nContent-Length: 9999999\r\n\r\n"
        client.sendall(head.encode())
        client.settimeout(0.05)
        assert _answer(client).startswith(b"HTTP/1.1 422")


def _answer(client: socket.socket) -> bytes:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at:
        client.sendall(b" ")
        try:
            return client.recv(10_000)
        except TimeoutError:
            continue
    pytest.fail("it goes on to listen")


def _received(client: socket.socket, end: bytes) -> bytes:
    received = b""
    while not received.endswith(end):
        piece = client.recv(10_000)
        assert piece, received
        received += piece
    return received


def _is_well(client: socket.socket) -> None:
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert _received(client, b"ok\n").startswith(b"HTTP/1.1 200")


def _is_hung_up_on(client: socket.socket) -> bool:
    try:
        return _answer(client) == b""
    except ConnectionError:
        return True
