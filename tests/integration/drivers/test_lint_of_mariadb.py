"""What lint says of copies, checked against what MariaDB refuses to do in place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from atlas.drivers.mysql.lint.value_lists import value_list_changes
from atlas.drivers.mysql.lint.widths import is_in_place

from tests.servers.mariadb import MariaDBServer

NOT_IN_PLACE = 1846
NOT_SUPPORTED = 1845


@dataclass(frozen=True, slots=True)
class Sandbox:
    server: MariaDBServer
    name: str

    def copies(self, setup: str, change: str) -> bool:
        """Whether the server makes this change by no algorithm but COPY."""
        import pymysql

        self.server.query(self.name, f"SET sql_mode = ''; DROP TABLE IF EXISTS t; {setup}")
        try:
            words = change.replace("ALTER TABLE t ", "ALTER TABLE t ALGORITHM=INPLACE, ", 1)
            self.server.query(self.name, f"SET sql_mode = ''; {words}")
        except pymysql.MySQLError as error:
            if error.args[0] not in {NOT_IN_PLACE, NOT_SUPPORTED}:
                raise
            return True
        return False


@pytest.fixture
def sandbox(mariadb: MariaDBServer) -> Sandbox:
    return Sandbox(mariadb, mariadb.create_database())


VALUES = "".join(f"'v{number}'," for number in range(255))
SET = ",".join(f"'{letter}'" for letter in "abcdefgh")


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("enum('a','b')", "enum('a','b','c')"),
        ("enum('a','b')", "enum('a')"),
        ("enum('a','b')", "enum('b','a')"),
        ("enum('a','b')", "enum('a','c','b')"),
        (f"enum({VALUES[:-1]})", f"enum({VALUES}'more')"),
        ("set('a','b')", "set('a','b','c')"),
        ("set('a','b')", "set('a')"),
        ("set('a','b')", "set('b','a')"),
        (f"set({SET})", f"set({SET},'i')"),
    ],
)
def test_lists_of_values_are_told_right(sandbox: Sandbox, current: str, desired: str) -> None:
    copied = sandbox.copies(
        f"CREATE TABLE t (c {current}) ENGINE=InnoDB", f"ALTER TABLE t MODIFY c {desired}"
    )
    sandbox.server.drop_database(sandbox.name)

    assert bool(value_list_changes(current, desired)) is copied


TYPES = (
    "int(11)",
    "int(10)",
    "bigint(20)",
    "varchar(20)",
    "varchar(40)",
    "varchar(60)",
    "varchar(100)",
    "varchar(200)",
    "char(20)",
    "varbinary(100)",
    "varbinary(200)",
    "varbinary(300)",
    "decimal(10,2)",
    "decimal(12,2)",
    "text",
    "datetime",
    "date",
)


def test_what_is_called_in_place_is(sandbox: Sandbox) -> None:
    """The other way round the server may know more than we say: a warning too many is no loss."""
    wrong, seen = [], set()
    for current in TYPES:
        for desired in TYPES:
            if current == desired or not is_in_place(current, desired):
                continue
            copied = sandbox.copies(
                f"CREATE TABLE t (c {current}) ENGINE=InnoDB CHARSET=utf8mb4",
                f"ALTER TABLE t MODIFY c {desired}",
            )
            seen.add((current, desired))
            if copied:
                wrong.append(f"{current} -> {desired}")
    sandbox.server.drop_database(sandbox.name)

    assert len(seen) >= 5
    assert wrong == []


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("int(11)", "bigint(20)"),
        ("varchar(20)", "text"),
        ("decimal(10,2)", "decimal(12,2)"),
        ("date", "datetime"),
    ],
)
def test_what_is_called_a_copy_is(sandbox: Sandbox, current: str, desired: str) -> None:
    assert not is_in_place(current, desired)
    assert sandbox.copies(f"CREATE TABLE t (c {current}) ENGINE=InnoDB", f"ALTER TABLE t MODIFY c {desired}")
    sandbox.server.drop_database(sandbox.name)


@pytest.mark.parametrize(
    ("change", "copied"),
    [
        ("DROP PRIMARY KEY", True),
        ("ADD c int AS (id + 1) STORED", True),
        ("ADD c int", False),
        ("ADD c int AS (id + 1) VIRTUAL", False),
    ],
)
def test_other_changes_are_told_right(sandbox: Sandbox, change: str, *, copied: bool) -> None:
    found = sandbox.copies("CREATE TABLE t (id int PRIMARY KEY) ENGINE=InnoDB", f"ALTER TABLE t {change}")
    sandbox.server.drop_database(sandbox.name)

    assert found is copied
