"""The passes of both kinds behind one protocol, so that a door need not know which kind it has before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from atlas.reconcile import migration, schema
from atlas.reconcile.passing import Pass
from atlas.reconcile.schema.passing import SchemaPass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.database_url import DatabaseURL
    from atlas.errors import AtlasError
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports, Progress, Stored
    from atlas.reconcile.resource import Resource


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
        return _SchemaWork(SchemaPass(resource, ports, progress))
    return _MigrationWork(Pass(resource, ports, progress))


@dataclass(frozen=True, slots=True)
class _MigrationWork:
    run: Pass

    @property
    def read(self) -> Sequence[Stored]:
        return self.run.read

    @property
    def target(self) -> DatabaseURL:
        return self.run.target

    @property
    def fell_back(self) -> bool:
        return self.run.fallback is not None

    def resolve(self) -> Outcome | None:
        return migration.resolve_migration(self.run)

    def deploy(self) -> Outcome:
        return migration.deploy_migration(self.run)

    def ended_by(self, error: AtlasError) -> Outcome:
        return migration.ended_by(error, self.run)

    def cancel(self) -> None:
        self.run.cancel()


@dataclass(frozen=True, slots=True)
class _SchemaWork:
    run: SchemaPass

    @property
    def read(self) -> Sequence[Stored]:
        return self.run.read

    @property
    def target(self) -> DatabaseURL:
        return self.run.target

    @property
    def fell_back(self) -> bool:
        return any(pulled.fallback for pulled in self.run.pulled)

    def resolve(self) -> Outcome | None:
        return schema.resolve_schema(self.run)

    def deploy(self) -> Outcome:
        return schema.deploy_schema(self.run)

    def ended_by(self, error: AtlasError) -> Outcome:
        return schema.ended_by(error, self.run)

    def cancel(self) -> None:
        self.run.cancel()
