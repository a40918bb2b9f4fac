"""Which MySQL statements may end a transaction: rather one too many than one too few."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.settings import settings_of
from atlas.drivers.mysql.statements import commits_implicitly, rolls_back, sets_session


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
        "RELEASE SAVEPOINT s",
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


@pytest.mark.parametrize(
    "statement",
    ["ROLLBACK TO s", "ROLLBACK /* c */ WORK # c\n TO SAVEPOINT s", "INSERT INTO t VALUES ('ROLLBACK')"],
)
def test_a_rollback_to_a_savepoint_leaves_the_transaction_open(statement: str) -> None:
    assert not rolls_back(statement)


@pytest.mark.parametrize("statement", ["ROLLBACK", "-- c\nrollback work and chain;"])
def test_a_rollback_undoes_the_transaction_also_where_another_follows(statement: str) -> None:
    assert rolls_back(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "USE other;",
        "# c\nset names latin1;",
        "SET @a = 1, @b = 'x';",
        "SET SESSION sql_mode = '';",
        "SET foreign_key_checks = 0",
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;",
        "SET ROLE r",
    ],
)
def test_a_session_that_goes_on_needs_its_settings_again(statement: str) -> None:
    assert sets_session(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET GLOBAL max_connections = 9",
        "SET @@global.x = 1",
        "SET @a = 1, GLOBAL x = 2",
        "SET PERSIST x = 1",
        "SET PASSWORD = 'x'",
        "SET DEFAULT ROLE r",
        "SET STATEMENT x = 1 FOR DELETE FROM t",
        "SET @a = (SELECT max(x) FROM t)",
        "SET @a = 1; DELETE FROM t",
        "SET @n = next_order()",
        "SET @n = shop.concat('x')",
        "SET @n = NEXT VALUE FOR s",
        "SET @id = LAST_INSERT_ID()",
        "SET @id = @@last_insert_id",
        "SET @t = CURRENT_TIMESTAMP",
        "SET insert_id = 7",
        "UPDATE t SET x = 1",
        "INSERT INTO t VALUES (1)",
        "/*!40101 DROP TABLE t */",
    ],
)
def test_what_reaches_beyond_the_session_is_not_sent_again(statement: str) -> None:
    assert not sets_session(statement)


@pytest.mark.parametrize(
    ("ran", "again"),
    [
        (("SET @old = @@sql_mode, sql_mode = ''", "SET sql_mode = @old"),) * 2,
        (("SET sql_mode = CONCAT(@@sql_mode, ',ANSI')",),) * 2,
        (("SET SESSION sql_mode = ''", "SET GLOBAL sql_mode = 'ANSI'"), ("SET SESSION sql_mode = ''",)),
        (
            (
                "SELECT @@foreign_key_checks INTO @f",
                "SET foreign_key_checks = 0",
                "SET foreign_key_checks = @f",
            ),
            (),
        ),
        (("SET @n = 1", "SELECT 2 INTO @n", "SET @@session.sql_mode = @n"), ()),
        (("USE a", "CREATE TABLE t (x int)", "USE b", "DROP DATABASE a"), ("USE b",)),
        (("USE a", "DROP DATABASE IF EXISTS `a`;"), ()),
        (("SET ROLE a", "SET ROLE NONE"), ("SET ROLE NONE",)),
    ],
)
def test_a_session_that_goes_on_is_set_as_the_one_before_was(
    ran: tuple[str, ...], again: tuple[str, ...]
) -> None:
    assert settings_of(ran) == again
