"""Opening a MariaDB database on a real server: what is wrong is named, and no password is."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from atlas.drivers.mysql import open_database
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.errors import AccessDenied, AtlasError, ConnectFailed, SpecError, TargetError

from tests.daemon import free_port
from tests.servers.mariadb import MariaDBServer

CANARY = "c4n4ry-p@ss/w#rd"


def refused(url: DatabaseURL, kind: type[AtlasError]) -> str:
    with pytest.raises(kind) as error:
        open_database(url)
    assert type(error.value) is kind
    texts = [str(error.value)]
    cause: BaseException | None = error.value.__cause__
    while cause is not None:
        texts.append(str(cause))
        cause = cause.__cause__
    assert not any(CANARY in text for text in texts)
    return texts[0]


@pytest.fixture
def url(mariadb_url: str) -> DatabaseURL:
    return parse_database_url(mariadb_url)


def keyed(url: DatabaseURL, **keys: str) -> DatabaseURL:
    return replace(url, query=(*url.query, *keys.items()))


def test_a_wrong_password_is_denied(url: DatabaseURL) -> None:
    message = refused(replace(url, password=CANARY), AccessDenied)
    assert message.startswith(
        "mysql: query system variables: Error 1045 (28000): Access denied for user 'atlas'@"
    )


def test_an_unknown_database_is_named(url: DatabaseURL) -> None:
    message = refused(url.with_database("nodb"), TargetError)
    assert message == "mysql: query system variables: Error 1049 (42000): Unknown database 'nodb'"


def test_a_database_without_rights_is_denied(url: DatabaseURL, mariadb: MariaDBServer) -> None:
    name = url.database
    mariadb.query("", f"CREATE USER '{name}'@'%' IDENTIFIED BY '{CANARY}'")
    try:
        message = refused(replace(url, user=name, password=CANARY), AccessDenied)
    finally:
        mariadb.query("", f"DROP USER '{name}'@'%'")
    assert "Error 1044 (42000)" in message


def test_an_unreachable_port_is_named(url: DatabaseURL) -> None:
    port = free_port()
    message = refused(replace(url, port=port, password=CANARY), ConnectFailed)
    assert message == f"mysql: dial tcp 127.0.0.1:{port}: connect: connection refused"


def test_an_unknown_host_is_named(url: DatabaseURL) -> None:
    message = refused(replace(url, host="no-such-host.invalid", password=CANARY), ConnectFailed)
    assert message == "mysql: dial tcp: lookup no-such-host.invalid: no such host"


def test_a_host_that_does_not_answer_times_out(url: DatabaseURL) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        message = refused(keyed(replace(url, port=port), timeout="500ms"), ConnectFailed)
    assert message == f"mysql: dial tcp 127.0.0.1:{port}: i/o timeout"


def test_an_unknown_key_is_named(url: DatabaseURL) -> None:
    message = refused(keyed(url, nosuchvar="1"), SpecError)
    assert message.startswith("Error 1193 (HY000): Unknown system variable 'nosuchvar'")


def test_a_key_cannot_smuggle_a_statement(url: DatabaseURL) -> None:
    refused(keyed(url, **{"x = 1; DROP TABLE t; SET y": "1"}), SpecError)


def test_every_other_key_is_a_session_variable(url: DatabaseURL) -> None:
    database = open_database(keyed(url, foreign_key_checks="0", time_zone="'+02:00'", parseTime="true"))
    try:
        assert database.session.query("SELECT @@foreign_key_checks, @@time_zone") == [("0", "+02:00")]
    finally:
        database.session.close()


def test_tls_that_the_server_lacks_is_refused(url: DatabaseURL) -> None:
    refused(keyed(url, tls="true"), ConnectFailed)
    refused(keyed(url, tls="skip-verify"), ConnectFailed)
    assert refused(keyed(url, tls="foo"), SpecError).startswith("invalid value / unknown config name: foo")
    open_database(keyed(url, tls="preferred")).session.close()


def test_a_bad_duration_is_named(url: DatabaseURL) -> None:
    assert refused(keyed(url, timeout="x"), SpecError) == 'time: invalid duration "x"'


def test_a_path_of_two_parts_is_refused(url: DatabaseURL) -> None:
    message = refused(replace(url, path="/a/b"), SpecError)
    assert message == "invalid DSN: did you forget to escape a param value?"


def test_a_socket_is_reached(mariadb: MariaDBServer, url: DatabaseURL) -> None:
    if mariadb.daemon is None:
        pytest.skip("the server's socket is on another machine")
    at = DatabaseURL(
        "maria+unix",
        user=url.user,
        password=url.password,
        path=str(mariadb.daemon.directory / "server.sock"),
        query=(("database", url.database),),
    )
    database = open_database(at)
    try:
        assert database.session.query("SELECT DATABASE()") == [(url.database,)]
    finally:
        database.session.close()
