"""Dev databases: a desired state is tried in a room, and read back from there.

A room is a scratch database beside the given one, which may then hold anything (``scratch``). Where the server
makes none for this role, it is the given database itself, which has to be clean (``in_place``).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.postgres.catalog import catalog_sql
from atlas.drivers.postgres.inspect import inspect
from atlas.drivers.postgres.normalize.in_place import in_place
from atlas.drivers.postgres.normalize.scratch import NoScratchError, scratch
from atlas.engine.rooms.beside import Beside, watched, watched_history
from atlas.errors import PlanError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.scope import Scope
    from atlas.schema import Realm


@dataclass(frozen=True, slots=True)
class PostgresRoom:
    """See ``engine.schema_ports.DevRoom``."""

    database: PostgresDatabase
    scope: Scope

    def enter(self, schema: str) -> None:
        name = self.database.session.identifier(schema)
        self.database.session.run(f"CREATE SCHEMA IF NOT EXISTS {name}; SET search_path = {name}")

    def inspect(self) -> Realm:
        return inspect(self.database.session, self.scope)


@dataclass(frozen=True, slots=True)
class PostgresDev:
    """See ``engine.schema_ports.DevDatabase``. The session of ``database`` has no transaction open.

    ``may_be_room`` is False where the database itself must not change.
    """

    database: PostgresDatabase
    may_be_room: bool = True

    @contextmanager
    def room(self, scope: Scope, *, said: str = "", replayed: str = "") -> Iterator[PostgresRoom]:
        """A room with ``public`` and the schema that ``scope`` is bound to.

        Raises:
            PlanError: There is neither the right to make a database, nor a clean one.
            PolicyRefused: What a text would change beside the room.
            Unsupported: What ``said`` makes beside the room.
        """
        session = self.database.session
        with ExitStack() as stack:
            # First in, last out: a role goes when nothing of a room is granted to it any more.
            stack.enter_context(watched(said, lambda: _beside(session), session.run))
            stack.enter_context(watched_history(replayed, lambda: _beside(session), session.run))
            try:
                room = stack.enter_context(scratch(self.database, scope.bound))
            except NoScratchError as refused:
                if not self.may_be_room:
                    raise PlanError(
                        f"no scratch database on the server of the target: {refused}"
                    ) from refused
                room = stack.enter_context(
                    in_place(self.database, scope.bound, str(refused), said=f"{said};\n{replayed}")
                )
            if scope.comment is not None:
                _comment(room.session, scope.bound or "public", scope.comment)
            yield PostgresRoom(room, scope)


def _comment(session: PostgresSession, schema: str, comment: str) -> None:
    """Let the schema have the comment of the target; somebody else's schema keeps its own."""
    rows = session.query(catalog_sql(session, "room_schemas")) or []
    if any(name == schema and (found or "") != comment for name, found in rows):
        text = session.literal(comment) if comment else "NULL"
        with suppress(StatementFailed):
            session.run(f"COMMENT ON SCHEMA {session.identifier(schema)} IS {text}")


def _beside(session: PostgresSession) -> list[Beside]:
    rows = session.query(catalog_sql(session, "room_beside")) or []
    return [
        Beside(
            kind or "",
            name or "",
            name or "",
            f"DROP {(kind or '').upper()} {session.identifier(name or '')}",
        )
        for kind, name in rows
    ]
