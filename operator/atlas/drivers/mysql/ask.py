"""Questions of a person to MySQL and MariaDB, which change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.results import results_of
from atlas.engine.answer import answer_of

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.engine.answer import Answer

_TO_SAVEPOINT = ("ROLLBACK TO SAVEPOINT atlas_check", "RELEASE SAVEPOINT atlas_check")


def ask(session: MySQLSession, question: str) -> Answer:
    """See ``engine.ports.Database``. A transaction that is open cannot be made read-only: what was written is undone."""
    is_inside = session.is_open
    session.run("SAVEPOINT atlas_check" if is_inside else "START TRANSACTION READ ONLY")
    try:
        return answer_of([result.rows for result in results_of(session, question)])
    finally:
        if session.is_open:
            for statement in _TO_SAVEPOINT if is_inside else ("ROLLBACK",):
                session.run(statement)
