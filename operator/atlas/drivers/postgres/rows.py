"""Looking for rows in tables that are about to be dropped, while nobody can write any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.migrate_plan.row_probe import SessionRows

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.schema import Key


class PostgresRows(SessionRows):
    """See ``engine.migrate_plan.row_checks.RowProbe``."""

    def __init__(self, session: PostgresSession) -> None:
        super().__init__(session)
        self._locking = session

    def hold(self, key: Key) -> None:
        """The lock that the DROP takes: with a weaker one, two sessions could wait for each other."""
        self._locking.execute(f"LOCK TABLE {self.table(key)} IN ACCESS EXCLUSIVE MODE")
