"""What a pass must have so that a dev database can be found for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database, Session
    from atlas.reconcile.ports import Ports
    from atlas.reconcile.references import SecretKey
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.spec import DevSpec


class NamesDev(Protocol):
    """A spec of either kind."""

    @property
    def dev(self) -> DevSpec: ...


class NeedsDev(Protocol):
    """A pass of either kind whose target is open."""

    resource: Resource
    ports: Ports
    target: DatabaseURL
    database: Database
    dev: DatabaseURL
    uses_pod: bool
    session: Session | None
    secrets: list[str]

    @property
    def spec(self) -> NamesDev: ...

    def secret(self, key: SecretKey) -> str: ...
