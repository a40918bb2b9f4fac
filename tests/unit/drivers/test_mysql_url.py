"""A MySQL URL in the words of PyMySQL."""

from __future__ import annotations

import ssl

import pytest
from atlas.drivers.mysql.errors import refusal_text
from atlas.drivers.mysql.url import connection_plan, seconds, session_variables
from atlas.engine.database_url import parse_database_url
from atlas.errors import SpecError


def arguments(text: str) -> dict[str, object]:
    return connection_plan(parse_database_url(text)).arguments


def test_the_parts_of_a_url_become_arguments() -> None:
    given = arguments(
        "mysql://u:p%40w@h:3307/d?charset=utf8mb4,utf8&collation=utf8mb4_bin&timeout=1m30s&readTimeout=2s"
    )
    expected = {
        "host": "h",
        "port": 3307,
        "user": "u",
        "password": "p@w",
        "database": "d",
        "charset": "utf8mb4",
        "collation": "utf8mb4_bin",
        "connect_timeout": 90.0,
        "read_timeout": 2.0,
        "write_timeout": None,
        "ssl_disabled": True,
    }
    assert given == expected


def test_what_is_left_out_has_the_defaults_of_the_go_driver() -> None:
    given = arguments("mysql://")
    assert (given["host"], given["port"], given["user"], given["database"]) == ("localhost", 3306, "", None)
    assert given["connect_timeout"] == 5.0


def test_a_socket_replaces_host_and_port() -> None:
    given = arguments("mysql+unix://u@/run/m.sock?database=d")
    assert (given["unix_socket"], given["database"], "host" in given) == ("/run/m.sock", "d", False)


def test_tls_modes_are_contexts() -> None:
    verifying = arguments("mysql://h?tls=true")["ssl"]
    trusting = arguments("mysql://h?tls=skip-verify")["ssl"]
    assert isinstance(verifying, ssl.SSLContext)
    assert isinstance(trusting, ssl.SSLContext)
    assert (verifying.verify_mode, trusting.verify_mode) == (ssl.CERT_REQUIRED, ssl.CERT_NONE)
    assert connection_plan(parse_database_url("mysql://h?tls=preferred")).plain_too


def test_other_keys_are_one_set() -> None:
    url = parse_database_url("mysql://h/d?parseTime=true&foreign_key_checks=0&sql_mode=%27ANSI%27&tls=false")
    assert session_variables(url) == "SET foreign_key_checks = 0, sql_mode = 'ANSI'"
    assert session_variables(parse_database_url("mysql://h/d?parseTime=true")) == ""


@pytest.mark.parametrize(
    ("text", "value"), [("3s", 3.0), ("1h1m1s", 3661.0), ("1.5s", 1.5), ("500ms", 0.5), ("0", 0.0)]
)
def test_a_go_duration_is_read(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["x", "3", "3 s", "-1s", "1s1", ""])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match=f'time: invalid duration "{text}"'):
        seconds(text)


@pytest.mark.parametrize(
    ("code", "message", "shown"),
    [
        (
            1062,
            "Duplicate entry 'bob' for key 'mail'",
            "Error 1062 (23000): Duplicate entry 'xxxxx' for key 'mail'",
        ),
        (
            1062,
            "Duplicate entry 'b'b' for key 'x' for key 'mail'",
            "Error 1062 (23000): Duplicate entry 'xxxxx' for key 'mail'",
        ),
        (
            1366,
            "Incorrect integer value: 'bob' for column `d`.`t`.`x` at row 1",
            "Error 1366 (HY000): Incorrect integer value: 'xxxxx' for column `d`.`t`.`x` at row 1",
        ),
        (
            1292,
            "Truncated incorrect DOUBLE value: 'bob'",
            "Error 1292 (22007): Truncated incorrect DOUBLE value: 'xxxxx'",
        ),
        (1146, "Table 'a.b' doesn't exist", "Error 1146 (42S02): Table 'a.b' doesn't exist"),
        (9999, "odd", "Error 9999: odd"),
    ],
)
def test_values_of_rows_stay_out_of_messages(code: int, message: str, shown: str) -> None:
    assert refusal_text(Exception(code, message), parse_database_url("mysql://h/d")) == shown
