"""Questions of a person to PostgreSQL, which are read-only whatever they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.results import sets_of
from atlas.engine.answer import answer_of
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.answer import Answer


def ask(session: PostgresSession, question: str) -> Answer:
    """See ``engine.ports.Database``. The end of a subtransaction takes back that it is read-only."""
    if session.is_idle and not session.in_transaction:
        session.run("BEGIN READ ONLY")
        end = "ROLLBACK"
    else:
        session.flush()
        session.execute("SAVEPOINT atlas_check")  # which also sends a BEGIN that was kept back
        session.run("SET LOCAL transaction_read_only = on")
        end = "ROLLBACK TO SAVEPOINT atlas_check; RELEASE SAVEPOINT atlas_check"
    try:
        results = sets_of(session.run_one(question))
    except StatementFailed:  # after an interrupt nothing can be said to the server but to cancel
        session.run(end)
        raise
    session.run(end)
    return answer_of([result.rows for result in results])
