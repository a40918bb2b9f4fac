"""A PostgreSQL URL in the words of libpq."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.lock import lock_key
from atlas.drivers.postgres.url import connection_arguments
from atlas.engine.database_url import parse_database_url
from atlas.errors import SpecError, Unsupported


def arguments(text: str) -> dict[str, str]:
    return connection_arguments(parse_database_url(text))


def test_the_parts_of_a_url_become_arguments() -> None:
    given = arguments("postgres://u:p%40w@h:5433/d?sslmode=disable&connect_timeout=9")
    expected = {
        "host": "h",
        "port": "5433",
        "dbname": "d",
        "user": "u",
        "password": "p@w",
        "sslmode": "disable",
        "connect_timeout": "9",
    }
    assert expected.items() <= given.items()
    assert "options" not in given


def test_a_url_without_a_timeout_waits_five_seconds_and_watches_its_connection() -> None:
    given = arguments("postgres://h/d")
    assert (given["connect_timeout"], given["keepalives"], given["fallback_application_name"]) == (
        "5",
        "1",
        "atlas",
    )


def test_an_empty_host_is_localhost_over_tcp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGHOST", raising=False)
    assert arguments("postgres:///d")["host"] == "localhost"
    assert arguments("postgres:///d?host=/run/pg&port=3")["host"] == "/run/pg"


def test_several_hosts_are_two_lists() -> None:
    given = arguments("postgres://a:1,b:2/d")
    assert (given["host"], given["port"]) == ("a,b", "1,2")


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("search_path=public", '-c search_path="public"'),
        ("search_path=a+b", '-c search_path="a\\ b"'),
        ("search_path=a%5Cb", '-c search_path="a\\\\b"'),
        ("search_path=a%22b", '-c search_path="a""b"'),
        ("search_path=", "-c search_path="),
        ("tz=UTC&work_mem=1MB", "-c timezone=UTC -c work_mem=1MB"),
        ("options=-c+a%3Db&x=y", "-c a=b -c x=y"),
    ],
)
def test_every_other_key_is_a_server_setting(query: str, options: str) -> None:
    assert arguments(f"postgres://h/d?{query}")["options"] == options


def test_keys_of_the_go_driver_that_mean_nothing_here_are_dropped() -> None:
    given = arguments("postgres://h/d?binary_parameters=yes&disable_prepared_binary_result=yes&krbspn=x")
    assert not {"binary_parameters", "disable_prepared_binary_result", "krbspn", "options"} & given.keys()


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(SpecError, match='wrong value for "sslmode": "bogus"'):
        arguments("postgres://h/d?sslmode=bogus")
    with pytest.raises(SpecError, match="client_encoding"):
        arguments("postgres://h/d?client_encoding=latin1")
    with pytest.raises(Unsupported, match="sslinline"):
        arguments("postgres://h/d?sslinline=true")


def test_the_lock_has_the_key_of_the_go_tools() -> None:
    assert lock_key("atlas_migrate_execute") == 2686470616
