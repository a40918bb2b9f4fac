"""A check in the definition of a column of MariaDB is not taken while rows break it: the plan fails, and rows stay."""

from __future__ import annotations

import pytest

from tests.integration.schema_safety.stage import Stage

TABLE = "CREATE TABLE t (id int PRIMARY KEY, {})"


@pytest.mark.parametrize(
    ("current", "desired"),
    [
        ("a int", "a int CHECK (a > 0)"),
        ("a int CHECK (a > -9)", "a int CHECK (a > 0)"),
        ("a int", "a int NOT NULL CHECK (a > 0)"),
        ("a text", "a json"),
        ("a int", "a int, b int DEFAULT -3 CHECK (b > 0)"),
        ("a int", "a int, b int NOT NULL CHECK (b > 0)"),
        ("a int", "a int, b int AS (a) STORED CHECK (b > 0)"),
    ],
)
def test_rows_are_checked(mariadb_stage: Stage, current: str, desired: str) -> None:
    value = "'{'" if "json" in desired else "-1"
    mariadb_stage.run(f"{TABLE.format(current)}; INSERT INTO t VALUES (1, {value});")
    before = mariadb_stage.rows("SELECT * FROM t")
    report = mariadb_stage.apply(TABLE.format(desired) + ";")
    assert "4025" in str(report.error)
    assert report.applied == ()
    assert mariadb_stage.rows("SELECT * FROM t") == before


def test_a_check_that_all_rows_keep_is_taken(mariadb_stage: Stage) -> None:
    mariadb_stage.run(f"{TABLE.format('a int')}; INSERT INTO t VALUES (1, 1), (2, NULL);")
    assert (
        mariadb_stage.apply(TABLE.format("a int CHECK (a > 0), b int DEFAULT 2 CHECK (b > 1)") + ";").error
        is None
    )
    assert mariadb_stage.rows("SELECT id, a, b FROM t ORDER BY id") == [("1", "1", "2"), ("2", None, "2")]
