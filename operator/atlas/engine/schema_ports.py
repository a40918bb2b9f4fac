"""What declarative schemas need of a kind of database: reading it, an empty room to try things in, and plans.

Each driver has one ``SchemaDriver``; ``drivers.schema_driver`` finds it. The versioned engine's ports are in ``ports``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from atlas.engine.plan.options import PlanTask
    from atlas.engine.plan.statement import PlannedStatement
    from atlas.engine.ports import Database
    from atlas.engine.scope import Scope
    from atlas.schema import Realm
    from atlas.schema.walk import Object


class TypeNames(Protocol):
    """Column types in the notation of HCL schemas."""

    def to_hcl(self, type_text: str) -> str | None:
        """``character varying(20)`` as ``character_varying(20)``; None when only ``sql("…")`` can say it."""

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        """The SQL of ``varchar(20)``.

        Raises:
            ValueError: No type has this name (``There is no type named "x".``), or it takes other arguments.
        """


class DevRoom(Protocol):
    """An empty part of a dev database; it is thrown away, or emptied again, when its context ends."""

    @property
    def database(self) -> Database:
        """Where statements are run, and revisions kept. Bare names mean the bound schema of the scope."""

    def enter(self, schema: str) -> None:
        """Let bare names mean ``schema`` from here on; it is made where it is missing. Not for a bound scope."""

    def inspect(self) -> Realm:
        """As ``SchemaDriver.inspect``, with the names that the scope has, whatever the room is called."""


class DevDatabase(Protocol):
    """A database to try things in."""

    def room(self, scope: Scope, *, said: str = "", replayed: str = "") -> AbstractContextManager[DevRoom]:
        """An empty room in which the schemas of the scope have their names.

        ``said`` are the texts that will run in it. What they make beside it, as users, is dropped at its end.
        ``replayed`` are those of files that run elsewhere too: they may make users, and databases that are dropped at
        its end in silence.

        Raises:
            Unsupported: At the end, where ``said`` made something beside the room.
            PolicyRefused: A text would change what is beside the room; nothing was run.
            PlanError: ``connected database is not clean: …``, where rooms cannot be made beside what is there.
        """


class SchemaDriver(Protocol):
    """Declarative schemas of one dialect."""

    @property
    def types(self) -> TypeNames: ...

    def inspect(self, database: Database, scope: Scope) -> Realm:
        """Read the schemas of ``scope`` in a fixed number of queries. Patterns are not applied here.

        Raises:
            TargetError, StatementFailed: As the session does.
        """

    def dev(self, database: Database) -> DevDatabase:
        """Use an open database as a dev database; the caller closes it."""

    def scratch(self, database: Database) -> DevDatabase:
        """As ``dev``, with rooms beside the open database and never in it: it is one that must not change.

        Its rooms raise ``PlanError`` where this account may make none.
        """

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        """Names of the fields in which two objects of one class and key differ, in the eyes of this dialect."""

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        """What makes ``task.desired`` of ``task.current``, in an order in which it runs. No I/O.

        Raises:
            Unsupported: A change that this dialect cannot make; the object and the change are named.
        """
