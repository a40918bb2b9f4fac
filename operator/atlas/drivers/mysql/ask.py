"""Questions of a person to MySQL and MariaDB, which change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.results import sets_of
from atlas.engine.answer import answer_of
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.engine.answer import Answer

_TO_SAVEPOINT = ("ROLLBACK TO SAVEPOINT atlas_check", "RELEASE SAVEPOINT atlas_check")


def ask(session: MySQLSession, question: str) -> Answer:
    """See ``engine.ports.Database``. A transaction that is open cannot be made read-only: what was written is undone."""
    is_inside = session.is_open
    session.run("SAVEPOINT atlas_check" if is_inside else "START TRANSACTION READ ONLY")
    end = _TO_SAVEPOINT if is_inside else ("ROLLBACK",)
    try:
        results = sets_of(session.answers_of_one(question))
    except StatementFailed:  # after an interrupt nothing can be said to the server but to kill
        _end(session, end)
        raise
    _end(session, end)
    return answer_of([result.rows for result in results])


def _end(session: MySQLSession, statements: tuple[str, ...]) -> None:
    if session.is_open:  # some errors end a transaction by themselves
        for statement in statements:
            session.run(statement)
