"""Declarative schemas of the database in memory: tables without columns, which are there or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, PlanTask, SqlText
from atlas.engine.ports import Database
from atlas.engine.scope import Scope
from atlas.schema import Add, Change, Drop, Realm, Schema
from atlas.schema.table import Table
from atlas.schema.walk import Object

from tests.fakes.database import FakeDatabase, FakeServer


def realm_of(*names: str) -> Realm:
    """Tables of these names in ``public``."""
    tables = tuple(Table(schema="public", name=name, columns=()) for name in sorted(names))
    return Realm(dialect="postgres", schemas=(Schema(name="public"),), objects=tables)


class FakeTypes:
    """Every type is its own name."""

    def to_hcl(self, type_text: str) -> str | None:
        return type_text

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        return f"{name}({', '.join(map(str, arguments))})" if arguments else name


class FakeRoom:
    """A server of its own."""

    def __init__(self) -> None:
        self._database = FakeServer().connect()

    @property
    def database(self) -> Database:
        return self._database

    def enter(self, schema: str) -> None:
        raise NotImplementedError(schema)

    def inspect(self) -> Realm:
        return realm_of(*self._database.session.state.tables)


@dataclass
class FakeDev:
    """Rooms that a test may look into afterwards."""

    rooms: list[FakeRoom] = field(default_factory=list)

    @contextmanager
    def room(self, scope: Scope, *, said: str = "", replayed: str = "") -> Iterator[FakeRoom]:
        assert scope.bound in {"", "public"}
        self.rooms.append(FakeRoom())
        yield self.rooms[-1]


@dataclass
class FakeSchemaDriver:
    """Plans a statement a table. ``alone`` are the tables whose statements run outside of transactions."""

    alone: frozenset[str] = frozenset()
    seen: list[Scope] = field(default_factory=list)
    scratched: list[Database] = field(default_factory=list)
    before_inspect: Callable[[], None] = lambda: None

    @property
    def types(self) -> FakeTypes:
        return FakeTypes()

    def inspect(self, database: Database, scope: Scope) -> Realm:
        assert isinstance(database, FakeDatabase)
        self.before_inspect()
        self.seen.append(scope)
        return realm_of(*database.session.state.tables)

    def dev(self, database: Database) -> FakeDev:
        assert isinstance(database, FakeDatabase)
        return FakeDev()

    def scratch(self, database: Database) -> FakeDev:
        self.scratched.append(database)
        return self.dev(database)

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        assert type(current) is type(desired)
        return frozenset()

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        return tuple(self._statement(change) for change in task.changes)

    def _statement(self, change: Change) -> PlannedStatement:
        name = change.key.name
        hazards: tuple[Hazard, ...] = ()
        reverse: tuple[SqlText, ...] = ()
        match change:
            case Add():
                words, reverse = "CREATE TABLE", (SqlText(f"DROP TABLE {name}"),)
            case Drop():
                words, hazards = "DROP TABLE", (Hazard(HazardKind.DELETES_DATA, change.key, "Rows go."),)
            case _:
                raise AssertionError(change)
        return PlannedStatement(
            sql=SqlText(f"{words} {name}"),
            comment=f'{words.split()[0].lower()} "{name}" table',
            changes=(change,),
            hazards=hazards,
            reverse=reverse,
            in_transaction=name not in self.alone,
        )
