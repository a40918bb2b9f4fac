"""What lint says of rewrites, checked against what PostgreSQL does to the file of a table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from atlas.drivers.postgres.lint.rewrites import keeps_rows

from tests.servers.postgres import PostgresServer

TYPES = (
    "character varying(20)",
    "character varying(40)",
    "character varying",
    "text",
    "character(5)",
    "character(8)",
    "integer",
    "bigint",
    "numeric",
    "numeric(10,2)",
    "numeric(12,2)",
    "numeric(12,3)",
    "numeric(8,2)",
    "timestamp without time zone",
    "timestamp(3) without time zone",
    "timestamp(6) without time zone",
    "timestamp(3) with time zone",
    "timestamp with time zone",
    "time(3) without time zone",
    "time without time zone",
    "interval",
    "interval(3)",
    "bit varying",
    "bit varying(4)",
    "bit varying(8)",
    "bit(4)",
    "cidr",
    "inet",
    "boolean",
    "jsonb",
)


@dataclass(frozen=True, slots=True)
class Sandbox:
    server: PostgresServer
    name: str

    def rewrites(self, setup: str, change: str) -> bool:
        """Whether a change writes the table into a new file."""
        (((_, before), after),) = [
            (
                self._file(f"DROP TABLE IF EXISTS t; {setup}"),
                self._file(change)[1],
            )
        ]
        return before != after

    def _file(self, sql: str) -> tuple[str, object]:
        (row,) = self.server.query(self.name, f"{sql}; SELECT pg_relation_filenode('t')")
        return sql, row[0]

    def can_convert(self, current: str, desired: str) -> bool:
        query = f"SELECT NULL::{current}::{desired}"
        try:
            self.server.query(self.name, query)
        except Exception:  # noqa: BLE001  the driver's own, whatever it is
            return False
        return True


@pytest.fixture
def sandbox(postgres: PostgresServer) -> Sandbox:
    return Sandbox(postgres, postgres.create_database())


def test_every_change_of_type_is_told_right(sandbox: Sandbox) -> None:
    wrong, seen = [], set()
    for current in TYPES:
        for desired in TYPES:
            if current == desired or not sandbox.can_convert(current, desired):
                continue
            is_rewritten = sandbox.rewrites(
                f"CREATE TABLE t (c {current}); INSERT INTO t VALUES (NULL)",
                f"SET timezone = 'Europe/Berlin'; ALTER TABLE t ALTER c TYPE {desired} USING c::{desired}",
            )
            seen.add(is_rewritten)
            if keeps_rows(current, desired) is is_rewritten:
                wrong.append(f"{current} -> {desired}: rewritten {is_rewritten}")
    sandbox.server.drop_database(sandbox.name)

    assert seen == {True, False}
    assert wrong == []


@pytest.mark.parametrize(
    ("column", "is_rewritten"),
    [
        ("c uuid DEFAULT gen_random_uuid()", True),
        ("c bigserial", True),
        ("c timestamptz DEFAULT clock_timestamp()", True),
        ("c integer GENERATED ALWAYS AS (n * 2) STORED", True),
        ("c integer GENERATED ALWAYS AS IDENTITY", True),
        ("c timestamptz DEFAULT now()", False),
        ("c integer DEFAULT 7", False),
        ("c integer", False),
    ],
)
def test_new_columns_that_are_called_a_rewrite_are_one(
    sandbox: Sandbox, column: str, *, is_rewritten: bool
) -> None:
    found = sandbox.rewrites("CREATE TABLE t (n integer)", f"ALTER TABLE t ADD COLUMN {column}")
    sandbox.server.drop_database(sandbox.name)

    assert found is is_rewritten


def test_a_change_of_logging_is_a_rewrite(sandbox: Sandbox) -> None:
    assert sandbox.rewrites("CREATE TABLE t (n integer)", "ALTER TABLE t SET UNLOGGED")
    sandbox.server.drop_database(sandbox.name)
