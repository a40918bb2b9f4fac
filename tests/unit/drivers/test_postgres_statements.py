"""Which PostgreSQL statements end the transaction that they run in, and which set nothing but their session."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.statements import ends_transaction, sets_session, settings_of


@pytest.mark.parametrize(
    "statement",
    [
        "COMMIT;",
        "-- c\n/* c */ commit work and chain",
        "END;",
        "ABORT",
        "ROLLBACK AND CHAIN",
        "PREPARE /* c */ TRANSACTION 'x'",
        "INSERT INTO t VALUES (1); COMMIT; BEGIN",
        "SELECT ';'; ROLLBACK",
    ],
)
def test_the_end_of_a_transaction_is_known_before_it_is_sent(statement: str) -> None:
    assert ends_transaction(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ROLLBACK TO s",
        "ROLLBACK /* c */ WORK TO SAVEPOINT s;",
        "COMMIT PREPARED 'x'",
        "PREPARE p AS SELECT 1",
        "PREPARE transaction AS SELECT 1",
        "PREPARE transaction /* c */ (int) AS SELECT $1",
        "INSERT INTO t VALUES ('; COMMIT;')",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END; $$",
        "DO $a$ BEGIN DELETE FROM t; COMMIT; END $a$; SELECT 1",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; SELECT 2",
        "SELECT CASE WHEN true THEN 1 END; SELECT 2",
        "CREATE TABLE commit (x int)",
        "SELECT 1; -- and then; COMMIT;",
    ],
)
def test_what_only_looks_like_an_end_is_sent(statement: str) -> None:
    assert not ends_transaction(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET search_path = a, b;",
        "-- c\nset SESSION authorization x",
        "SET ROLE r",
        "RESET ALL;",
        "SELECT pg_catalog.set_config('search_path', '', false);",
    ],
)
def test_settings_of_a_session_are_sent_again_to_the_next(statement: str) -> None:
    assert sets_session(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL search_path = a",
        "SET TRANSACTION READ ONLY",
        "SET CONSTRAINTS ALL DEFERRED",
        "SET search_path = a; DELETE FROM t",
        "SELECT set_config('a.b', f(), false)",
        "SELECT set_config('a.b', 'x', true)",
        "UPDATE t SET x = 1",
        "DISCARD ALL",
    ],
)
def test_what_is_more_than_a_setting_runs_once(statement: str) -> None:
    assert not sets_session(statement)


@pytest.mark.parametrize(
    ("ran", "again"),
    [
        (("SET a.b = 1", "DISCARD ALL", "SET a.c = 1"), ("SET a.c = 1",)),
        (("SET a.b = 1", "BEGIN", "SET a.c = 1", "ROLLBACK", "SET a.d = 1"), ("SET a.b = 1", "SET a.d = 1")),
        (("START TRANSACTION", "SET a.b = 1", "COMMIT", "ROLLBACK"), ("SET a.b = 1",)),
        (("BEGIN", "SAVEPOINT s", "SET a.b = 1", "ROLLBACK TO s", "COMMIT"), ()),
        (("SET ROLE r", "RESET ROLE", "DROP ROLE r"), ("RESET ROLE",)),
        (("SET SESSION AUTHORIZATION a", "SET ROLE b"),) * 2,
        (("SET search_path = a", "RESET search_path"),) * 2,
    ],
)
def test_what_was_undone_is_not_sent_again(ran: tuple[str, ...], again: tuple[str, ...]) -> None:
    assert settings_of(ran) == again
