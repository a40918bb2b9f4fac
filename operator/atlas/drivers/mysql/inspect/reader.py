"""Asking the catalogs: one query a kind of object, whatever the number of objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from atlas.drivers.mysql.catalog import schemas_sql
from atlas.drivers.mysql.inspect.dialect import query_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.session import MySQLSession

Cells: TypeAlias = tuple[str, ...]
"""A row as texts; NULL is ''."""

_NOT_ALLOWED = (1044, 1142, 1143, 1146, 1227, 1356, 1370)
"""What a server says to an account that may not look: denied, or a table that is not there."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """The schemas to read, and the session to ask.

    Attributes:
        schemas: Their names on the server.
        room: The name of a room and the name that it stands for, or None. The first is random, so that wherever it
            occurs (views qualify every name) it means the room.
        queries: How many were sent, and ``single`` how many of them for one object alone.
    """

    session: MySQLSession
    schemas: tuple[str, ...]
    room: tuple[str, str] | None = None
    queries: int = 0
    single: int = field(default=0)

    def rows(self, kind: str) -> list[Cells]:
        """The rows of ``sql/inspect_<kind>.sql``; () without schemas."""
        if not self.schemas:
            return []
        name = f"inspect_{query_name(kind, is_mariadb=self.session.is_mariadb)}"
        return self.ask(schemas_sql(self.session, name, self.schemas)) or []

    def ask(self, sql: str, *, absent: Iterable[int] = ()) -> list[Cells] | None:
        """The rows of any query; None for one of the errors ``absent``."""
        self.queries += 1
        rows = self.session.query(sql, absent=absent)
        if rows is None:
            return None
        if self.room is None:
            return [tuple(cell or "" for cell in row) for row in rows]
        name, meant = self.room
        return [tuple((cell or "").replace(name, meant) for cell in row) for row in rows]

    def ask_if_allowed(self, sql: str) -> list[Cells] | None:
        """As ``ask``; None when this account may not look there."""
        return self.ask(sql, absent=_NOT_ALLOWED)

    def of_one(self, sql: str) -> list[Cells]:
        """As ``ask``, for one object: only where the bulk catalogs do not say enough. () when it is not allowed."""
        self.single += 1
        return self.ask_if_allowed(sql) or []

    def on_server(self, schema: str, name: str) -> str:
        """The quoted name of an object as the server has it."""
        real = self.room[0] if self.room and schema == self.room[1] else schema
        return f"{self.session.identifier(real)}.{self.session.identifier(name)}"
