"""The passes of both kinds behind one protocol, so that a door need not know which kind it has before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from atlas.reconcile import migration, schema
from atlas.reconcile.outcome import Failed, Stopped
from atlas.reconcile.passing import Pass
from atlas.reconcile.schema.passing import SchemaPass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.database_url import DatabaseURL
    from atlas.errors import AtlasError
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports, Progress, Stored
    from atlas.reconcile.resource import Resource

P = TypeVar("P", Pass, SchemaPass)


class Work(Protocol):
    """One pass over one resource, in two halves."""

    @property
    def read(self) -> Sequence[Stored]:
        """The Secrets and ConfigMaps read so far."""

    @property
    def target(self) -> DatabaseURL:
        """The target; known after ``resolve`` had no outcome."""

    @property
    def fell_back(self) -> bool:
        """A backup gave what is asked for, or a part of it."""

    def resolve(self) -> Outcome | None:
        """What is asked for; no database is touched."""

    def deploy(self) -> Outcome:
        """Bring the target there."""

    def ended_by(self, error: AtlasError) -> Outcome: ...

    def cancel(self) -> None:
        """Ask the server, from another thread, to end the running statement."""


def begin(resource: Resource, ports: Ports, progress: Progress) -> Work:
    """A pass over a resource of either kind."""
    if resource.kind == "AtlasSchema":
        return _Work(SchemaPass(resource, ports, progress), _OF_SCHEMAS)
    return _Work(Pass(resource, ports, progress), _OF_MIGRATIONS)


class _Kind(NamedTuple, Generic[P]):
    """What is done with the passes of one kind."""

    resolve: Callable[[P], Outcome | None]
    deploy: Callable[[P], Outcome]
    ended_by: Callable[[AtlasError, P], Outcome]
    fell_back: Callable[[P], bool]


@dataclass(frozen=True, slots=True)
class _Work(Generic[P]):
    run: P
    kind: _Kind[P]

    @property
    def read(self) -> Sequence[Stored]:
        return self.run.read

    @property
    def target(self) -> DatabaseURL:
        return self.run.target

    @property
    def fell_back(self) -> bool:
        return self.kind.fell_back(self.run)

    def resolve(self) -> Outcome | None:
        return self.kind.resolve(self.run)

    def deploy(self) -> Outcome:
        outcome = self.kind.deploy(self.run)
        # What was ended from here is no failure of the resource: the next operator begins with what the database says.
        return Stopped() if isinstance(outcome, Failed) and self.run.is_cancelled else outcome

    def ended_by(self, error: AtlasError) -> Outcome:
        return self.kind.ended_by(error, self.run)

    def cancel(self) -> None:
        self.run.cancel()


_OF_MIGRATIONS = _Kind[Pass](
    migration.resolve_migration,
    migration.deploy_migration,
    migration.ended_by,
    lambda run: run.fallback is not None,
)
_OF_SCHEMAS = _Kind[SchemaPass](
    schema.resolve_schema,
    schema.deploy_schema,
    schema.ended_by,
    lambda run: any(pulled.fallback for pulled in run.pulled),
)
