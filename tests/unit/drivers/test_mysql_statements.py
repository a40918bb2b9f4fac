"""Which MySQL statements may end a transaction: rather one too many than one too few."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.statements import commits_implicitly


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (1);",
        "-- c\n/* c */ # c\n update t SET x = 1",
        "DELETE FROM t",
        "REPLACE t VALUES (1)",
        "(SELECT 1) UNION (SELECT 2)",
        "with a AS (SELECT 1) SELECT * FROM a",
        "SET @x = 1",
        "SET NAMES utf8mb4",
        "SET foreign_key_checks = 0",
        "DO SLEEP(0)",
        "ROLLBACK TO SAVEPOINT s",
        "ROLLBACK",
        "/*+ hint */ SELECT 1;\n",
    ],
)
def test_plain_data_manipulation_stays_in_the_transaction(statement: str) -> None:
    assert not commits_implicitly(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (x int)",
        "ALTER TABLE t ADD y int",
        "DROP TABLE t",
        "TRUNCATE t",
        "COMMIT",
        "BEGIN",
        "START TRANSACTION",
        "CALL p()",
        "LOCK TABLES t WRITE",
        "SET PASSWORD = 'x'",
        "SET autocommit = 1",
        "SET @@session.autocommit = 1",
        "SET STATEMENT max_statement_time = 1 FOR CREATE TABLE t (x int)",
        "GRANT SELECT ON t TO u",
        "/*! CREATE TABLE t (x int) */",
        "/*!50100 SELECT 1 */",
        "/*M! DROP TABLE t */",
        "INSERT INTO t VALUES (1); DROP TABLE t",
        "INSERT INTO t VALUES (1) /*!; DROP TABLE t */",
        "--x\nDROP TABLE t",
        "",
        "/* open",
        "INSERTED",
    ],
)
def test_all_else_may_end_it(statement: str) -> None:
    assert commits_implicitly(statement)
