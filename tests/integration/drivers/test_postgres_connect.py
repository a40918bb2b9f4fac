"""Opening a PostgreSQL database on a real server: what is wrong is named, and no password is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers.postgres import open_database
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.errors import AccessDenied, AtlasError, ConnectFailed, SpecError, TargetError

from tests.daemon import free_port

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
def url(postgres_url: str) -> DatabaseURL:
    return parse_database_url(postgres_url)


def keyed(url: DatabaseURL, **keys: str) -> DatabaseURL:
    return replace(url, query=(*url.query, *keys.items()))


def test_a_wrong_password_is_denied(url: DatabaseURL) -> None:
    message = refused(replace(url, password=CANARY), AccessDenied)
    assert message == 'pq: password authentication failed for user "atlas"'


def test_an_unknown_role_is_denied(url: DatabaseURL) -> None:
    refused(replace(url, user="nobody", password=CANARY), AccessDenied)


def test_an_unknown_database_is_named(url: DatabaseURL) -> None:
    message = refused(url.with_database("nodb"), TargetError)
    assert message == 'postgres: scanning system variables: pq: database "nodb" does not exist (3D000)'


def test_an_unreachable_port_is_named(url: DatabaseURL) -> None:
    port = free_port()
    message = refused(replace(url, port=port, password=CANARY), ConnectFailed)
    assert message == f"postgres: dial tcp 127.0.0.1:{port}: connect: connection refused"


def test_an_unknown_host_is_named(url: DatabaseURL) -> None:
    message = refused(replace(url, host="no-such-host.invalid", password=CANARY), ConnectFailed)
    assert message == "postgres: dial tcp: lookup no-such-host.invalid: no such host"


def test_a_host_that_does_not_answer_times_out(url: DatabaseURL) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        message = refused(keyed(replace(url, port=port), connect_timeout="2"), ConnectFailed)
    assert message == f"postgres: dial tcp 127.0.0.1:{port}: i/o timeout"


def test_an_unknown_key_is_named(url: DatabaseURL) -> None:
    message = refused(keyed(replace(url), currentSchema="x"), SpecError)
    assert message.startswith('pq: unrecognized configuration parameter "currentSchema" (42704)')


def test_a_bad_value_of_a_server_setting_is_named(url: DatabaseURL) -> None:
    assert 'parameter "statement_timeout"' in refused(keyed(url, statement_timeout="soon"), SpecError)


def test_a_bad_sslmode_is_named(url: DatabaseURL) -> None:
    bad = replace(url, query=(("sslmode", "bogus"),))
    assert refused(bad, SpecError).startswith('pq: wrong value for "sslmode": "bogus" is not supported')


@pytest.mark.parametrize("schema", ["nosuch", "public,pg_catalog", '"public"', "Public"])
def test_a_missing_schema_is_named_as_written(url: DatabaseURL, schema: str) -> None:
    assert (
        refused(keyed(url, search_path=schema), TargetError) == f'postgres: schema "{schema}" was not found'
    )


@pytest.mark.parametrize("schema", ["public", "with space", "Ca,ps", "back\\slash", 'quo"te', "dash-ed"])
def test_a_bound_schema_is_where_unqualified_names_go(url: DatabaseURL, schema: str) -> None:
    quoted = schema.replace('"', '""')
    first = open_database(url)
    first.session.execute(f'CREATE SCHEMA IF NOT EXISTS "{quoted}"')
    first.session.close()
    bound = open_database(keyed(url, search_path=schema))
    try:
        bound.session.execute("CREATE TABLE t (x int)")
        assert bound.session.query("SELECT schemaname FROM pg_tables WHERE tablename = 't'") == [(schema,)]
    finally:
        bound.session.close()


def test_every_other_key_is_a_server_setting(url: DatabaseURL) -> None:
    database = open_database(
        keyed(url, work_mem="7MB", timezone="Asia/Tokyo", application_name="me", options="-c lock_timeout=5s")
    )
    try:
        shown = [
            database.session.query(f"SHOW {name}")
            for name in ("work_mem", "timezone", "application_name", "lock_timeout")
        ]
    finally:
        database.session.close()
    assert shown == [[("7MB",)], [("Asia/Tokyo",)], [("me",)], [("5s",)]]


def test_a_session_says_who_it_is(url: DatabaseURL) -> None:
    database = open_database(url)
    try:
        assert database.session.query("SHOW application_name") == [("atlas",)]
        assert database.session.query("SHOW client_encoding") == [("UTF8",)]
    finally:
        database.session.close()


def test_keys_of_the_go_driver_are_accepted(url: DatabaseURL) -> None:
    open_database(keyed(url, binary_parameters="yes", disable_prepared_binary_result="yes")).session.close()


def test_an_empty_host_takes_its_parts_from_the_query(url: DatabaseURL) -> None:
    keys = (("host", url.host), ("port", str(url.port)), ("user", url.user), ("password", url.password))
    database = open_database(DatabaseURL("postgres", path=url.path, query=keys))
    database.session.close()
    assert url.password not in str(database.url)
