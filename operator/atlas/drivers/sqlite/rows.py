"""Whether a table holds rows and a column values: see ``engine.migrate_plan.row_checks.RowProbe``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema import Kind

if TYPE_CHECKING:
    from atlas.drivers.sqlite.session import SqliteSession
    from atlas.schema import Key


class SqliteRows:
    """Asks through the session of the target."""

    def __init__(self, session: SqliteSession) -> None:
        self._session = session

    def question(self, key: Key) -> str:
        if key.kind is Kind.COLUMN:
            where = f" WHERE {self._name(key.name)} IS NOT NULL"
            return f"SELECT NOT EXISTS (SELECT 1 FROM {self._table(key, key.relation)}{where}) AS is_empty"
        return f"SELECT NOT EXISTS (SELECT 1 FROM {self._table(key, key.name)}) AS is_empty"

    def is_empty(self, key: Key) -> bool:
        rows = self._session.query(self.question(key)) or [("0",)]
        return str(rows[0][0]) in {"1", "t"}

    def _table(self, key: Key, name: str) -> str:
        return f"{self._name(key.schema)}.{self._name(name)}" if key.schema else self._name(name)

    def _name(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"
