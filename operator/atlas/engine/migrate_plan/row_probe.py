"""Asking an open target for rows, in SQL that every server of ours understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from atlas.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.schema import Key


class AsksQueries(Protocol):
    """A session that answers queries of ours; it knows how its server quotes names."""

    def query(self, sql: str, /) -> Sequence[Sequence[object]] | None: ...

    def identifier(self, name: str) -> str: ...


class SessionRows:
    """A ``RowProbe`` through the session of the target."""

    def __init__(self, session: AsksQueries) -> None:
        self._session = session

    def question(self, key: Key) -> str:
        if key.kind is Kind.COLUMN:
            where = f" WHERE {self._session.identifier(key.name)} IS NOT NULL"
            return f"SELECT NOT EXISTS (SELECT 1 FROM {self._table(key, key.relation)}{where}) AS is_empty"
        return f"SELECT NOT EXISTS (SELECT 1 FROM {self._table(key, key.name)}) AS is_empty"

    def is_empty(self, key: Key) -> bool:
        rows = self._session.query(self.question(key)) or [("0",)]
        return str(rows[0][0]) in {"1", "t"}

    def hold(self, key: Key) -> None:
        """A transaction of SQLite keeps other writers away; MySQL has no lock that a DROP would not end."""

    def table(self, key: Key) -> str:
        """The table of a key, in SQL."""
        return self._table(key, key.relation or key.name)

    def _table(self, key: Key, name: str) -> str:
        names = [key.schema, name] if key.schema else [name]
        return ".".join(map(self._session.identifier, names))
