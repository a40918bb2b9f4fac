"""Looks at a server: who answers, who does not yet, and that nobody is logged in by them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from atlas import wiring
from atlas.drivers import open_driver
from atlas.engine.apply import LOCK_NAME
from atlas.engine.database_url import DatabaseURL, parse_database_url

from tests.daemon import free_port
from tests.servers.postgres import PostgresServer

KINDS = ["postgres", "mariadb"]
WRONG = "no-such-password"


def url_of(request: pytest.FixtureRequest, kind: str) -> DatabaseURL:
    return parse_database_url(str(request.getfixturevalue(f"{kind}_url")))


def postgres_error(code: str) -> bytes:
    body = b"SFATAL\0C" + code.encode() + b"\0Mno\0\0"
    return b"E" + (len(body) + 4).to_bytes(4, "big") + body


def mariadb_error(code: int) -> bytes:
    body = b"\xff" + code.to_bytes(2, "little") + b"#08004no"
    return len(body).to_bytes(3, "little") + b"\0" + body


@contextmanager
def saying(words: bytes) -> Iterator[int]:
    """A server that says this to everybody, and hangs up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(words)
                connection.settimeout(5)
                while connection.recv(4096):
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            thread.join(10)


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_answers_whatever_the_password_for_it_is_not_shown(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = url_of(request, kind)
    assert wiring.server_answers(replace(url, password=WRONG, user="no_such_user"))
    assert wiring.server_answers(url.with_database("no_such_database"))


def test_a_look_is_no_failed_login_to_postgres() -> None:
    server = PostgresServer.start(fsync=False, settings=("log_connections = on",))
    try:
        assert server.daemon is not None
        before = server.daemon.log.read_text()
        assert wiring.server_answers(parse_database_url(server.url().replace(server.password, WRONG)))
        after = server.daemon.log.read_text()
        assert after.count("connection received") > before.count("connection received")
        assert after.count("FATAL") == before.count("FATAL")
        server.kill9()
        assert not wiring.server_answers(parse_database_url(server.url()))
    finally:
        server.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_answers_where_nobody_listens(kind: str, request: pytest.FixtureRequest) -> None:
    url = url_of(request, kind)
    assert not wiring.server_answers(replace(url, port=free_port()))
    assert not wiring.server_answers(replace(url, host="no-such-host.invalid"))


@pytest.mark.parametrize(
    ("scheme", "words", "answers"),
    [
        ("postgres", postgres_error("57P03"), False),  # the database system is starting up
        ("postgres", postgres_error("53300"), False),  # too many clients
        ("postgres", postgres_error("28000"), True),  # no entry in pg_hba.conf without TLS
        ("postgres", b"", False),
        ("postgres", b"HTTP/1.1 400 Bad Request\r\n", False),
        ("mysql", mariadb_error(1040), False),  # too many connections
        ("mysql", mariadb_error(1053), False),  # server shutdown in progress
        ("mysql", mariadb_error(1130), True),  # this host may not connect
        ("mysql", b"", False),
    ],
)
def test_a_server_that_says_not_yet_is_not_back_and_one_that_refuses_is(
    scheme: str,
    words: bytes,
    answers: bool,  # noqa: FBT001 - a column of the table
) -> None:
    with saying(words) as port:
        found = wiring.server_answers(parse_database_url(f"{scheme}://app:x@127.0.0.1:{port}/app"))
    assert found is answers


def test_one_host_of_several_is_enough(postgres_url: str) -> None:
    url = parse_database_url(postgres_url)
    hosts = f"127.0.0.1:{free_port()},{url.host}:{url.port}"
    assert wiring.server_answers(parse_database_url(f"postgres://app:x@{hosts}/app"))


@pytest.mark.parametrize("kind", [*KINDS, "sqlite"])
def test_the_lock_of_runs_is_free_only_while_nobody_holds_it(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = url_of(request, kind)
    assert wiring.run_lock_is_free(url, open_driver)
    holder = open_driver(url)
    try:
        assert holder.try_lock(LOCK_NAME)
        assert not wiring.run_lock_is_free(url, open_driver)
    finally:
        holder.session.close()
    assert wiring.run_lock_is_free(url, open_driver)
    other = open_driver(url)
    try:
        assert other.try_lock(LOCK_NAME)  # a look keeps nothing
    finally:
        other.session.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_look_for_a_lock_waits_for_its_server_and_lets_a_refusal_be_found_out(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = url_of(request, kind)
    assert not wiring.run_lock_is_free(replace(url, port=free_port()), open_driver)
    assert wiring.run_lock_is_free(replace(url, password=WRONG), open_driver)
