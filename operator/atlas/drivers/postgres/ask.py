"""Questions of a person to PostgreSQL, which are read-only whatever they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.results import results_of
from atlas.engine.answer import answer_of

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.answer import Answer

_READ_ONLY = "SET LOCAL transaction_read_only = on"
_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT atlas_check; RELEASE SAVEPOINT atlas_check"


def ask(session: PostgresSession, question: str) -> Answer:
    """See ``engine.ports.Database``. The end of a subtransaction takes back that it is read-only."""
    if session.is_idle and not session.in_transaction:
        return _answered(session, question, begin="BEGIN READ ONLY", end="ROLLBACK")
    session.flush()
    session.execute("SAVEPOINT atlas_check")  # which also sends a BEGIN that was kept back
    session.run(_READ_ONLY)
    return _answered(session, question, begin="", end=_TO_SAVEPOINT)


def _answered(session: PostgresSession, question: str, *, begin: str, end: str) -> Answer:
    if begin:
        session.run(begin)
    try:
        return answer_of([result.rows for result in results_of(session, question)])
    finally:
        if not session.is_idle:
            session.run(end)
