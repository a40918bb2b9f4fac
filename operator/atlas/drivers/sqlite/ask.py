"""Questions of a person to SQLite, which the library does not let write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.results import results_of
from atlas.engine.answer import answer_of

if TYPE_CHECKING:
    from atlas.drivers.sqlite.session import SqliteSession
    from atlas.engine.answer import Answer


def ask(session: SqliteSession, question: str) -> Answer:
    """See ``engine.ports.Database``."""
    before = session.query("PRAGMA query_only")[0][0]
    session.query("PRAGMA query_only = on")
    try:
        return answer_of([result.rows for result in results_of(session, question)])
    finally:
        session.query(f"PRAGMA query_only = {int(bool(before))}")
