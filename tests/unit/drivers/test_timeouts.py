"""The statements that give one statement a timeout."""

from __future__ import annotations

from atlas.drivers.mysql.timeouts import timeouts_of
from atlas.drivers.postgres.timeouts import timeouts
from atlas.engine.ports import Timeout


def test_postgresql_takes_milliseconds_and_never_none() -> None:
    assert timeouts(1.5, None) == (Timeout("SET lock_timeout = 1500", "RESET lock_timeout"),)
    assert timeouts(None, 0.0001) == (Timeout("SET statement_timeout = 1", "RESET statement_timeout"),)
    assert timeouts(None, None) == ()


def test_mysql_and_mariadb_differ_in_what_they_can_end() -> None:
    locks = Timeout("SET SESSION lock_wait_timeout = 2", "SET SESSION lock_wait_timeout = DEFAULT")
    assert timeouts_of("mysql")(1.5, 5) == (locks,)
    assert timeouts_of("mariadb")(1.5, 5) == (
        locks,
        Timeout("SET SESSION max_statement_time = 5.000", "SET SESSION max_statement_time = DEFAULT"),
    )
