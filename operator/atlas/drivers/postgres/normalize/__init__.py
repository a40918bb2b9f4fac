"""Dev databases: a desired state is tried in a room, and read back from there.

A room is a scratch database beside the given one, which may then hold anything (``scratch``). Where the server
makes none for this role, it is the given database itself, which has to be clean (``in_place``).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect import inspect
from atlas.drivers.postgres.normalize.in_place import in_place
from atlas.drivers.postgres.normalize.scratch import NoScratchError, scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres import PostgresDatabase
    from atlas.engine.scope import Scope
    from atlas.schema import Realm


@dataclass(frozen=True, slots=True)
class PostgresRoom:
    """See ``engine.schema_ports.DevRoom``."""

    database: PostgresDatabase
    scope: Scope

    def inspect(self) -> Realm:
        return inspect(self.database.session, self.scope)


@dataclass(frozen=True, slots=True)
class PostgresDev:
    """See ``engine.schema_ports.DevDatabase``. The session of ``database`` has no transaction open."""

    database: PostgresDatabase

    @contextmanager
    def room(self, scope: Scope) -> Iterator[PostgresRoom]:
        """A room with ``public`` and the schema that ``scope`` is bound to.

        Raises:
            PlanError: There is neither the right to make a database, nor a clean one.
        """
        with ExitStack() as stack:
            try:
                room = stack.enter_context(scratch(self.database, scope.bound))
            except NoScratchError as refused:
                room = stack.enter_context(in_place(self.database, scope.bound, str(refused)))
            yield PostgresRoom(room, scope)
