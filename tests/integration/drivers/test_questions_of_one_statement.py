"""Checks as servers are asked them: one statement a message, and no longer than a dry run waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.drivers import open_driver, run_for_results
from atlas.engine.answer import Answer
from atlas.engine.apply.rehearsal import limited
from atlas.engine.database_url import parse_database_url
from atlas.errors import StatementFailed
from atlas.wiring.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.ports import Database

SLEEP = {"postgres": "SELECT pg_sleep(60) IS NULL", "mariadb": "SELECT SLEEP(60)"}
LIMITS = {
    "postgres": "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')",
    "mariadb": "SELECT @@max_statement_time, @@lock_wait_timeout",
}
TABLE = "SELECT count(*) FROM information_schema.tables WHERE table_name = 'smuggled'"


@pytest.fixture(params=["postgres", "mariadb"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    opened = open_driver(parse_database_url(str(request.getfixturevalue(f"{request.param}_url"))))
    yield opened
    opened.session.close()


def values(database: Database, query: str) -> list[str]:
    return [str(value) for each in run_for_results(database, query) for row in each.rows for value in row]


@pytest.mark.parametrize("is_inside", [True, False])
@pytest.mark.parametrize("end", ["ROLLBACK", "COMMIT"])
def test_a_question_that_is_several_statements_is_refused_by_the_server(
    database: Database, end: str, *, is_inside: bool
) -> None:
    if is_inside:
        database.session.begin()
        database.session.execute("SELECT 1")
    with pytest.raises(StatementFailed, match=r"multiple commands|syntax"):
        database.ask(f"SELECT 1; {end}; CREATE TABLE smuggled (id int)")
    assert database.ask("SELECT 1 = 1") is Answer.TRUE
    if is_inside:
        database.session.rollback()
    assert values(database, TABLE) == ["0"]
    database.session.execute(
        "SET @a = 1; SET @b = 2" if database.dialect.name == "mariadb" else "SELECT 1; SELECT 2"
    )


def test_in_a_dry_run_a_check_that_takes_too_long_is_ended_and_told(database: Database) -> None:
    before = values(database, LIMITS[database.dialect.name])
    ask = limited(database, SystemClock(), limit_s=1)
    with pytest.raises(StatementFailed, match="in a dry run a check has 1 s to answer"):
        ask(SLEEP[database.dialect.name])
    assert ask("SELECT 1 = 1") is Answer.TRUE
    with pytest.raises(StatementFailed) as refused:
        ask("SELECT lost FROM nowhere")
    assert "dry run" not in str(refused.value)
    assert values(database, LIMITS[database.dialect.name]) == before
