"""Looking into the shop's SQLite file from outside, read-only: what the demo's claims are checked against."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

REVISIONS = (
    "SELECT version, executed_at FROM atlas_schema_revisions WHERE applied = total AND version NOT LIKE '.%'"
)
INCOMPLETE = "SELECT count(*) FROM atlas_schema_revisions WHERE applied <> total"


class ShopDatabase:
    """The file of the demo's target."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def tables(self) -> list[str]:
        return [
            str(row[0])
            for row in self._rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]

    def complete(self) -> dict[str, str]:
        """Versions that are complete, with the time they were executed; {} while there is nothing to read."""
        try:
            return {str(version): str(at) for version, at in self._rows(REVISIONS)}
        except sqlite3.OperationalError:
            return {}

    def incomplete(self) -> int:
        return int(str(self._rows(INCOMPLETE)[0][0]))

    def count(self, table: str) -> int:
        return int(str(self._rows(f"SELECT count(*) FROM {table}")[0][0]))

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=0.5)) as connection:
            return connection.execute(query).fetchall()
