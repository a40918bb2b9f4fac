"""One pass over an AtlasMigration: what it has been given, and what its steps have found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from atlas.project.data import Memory
from atlas.reconcile.reading import config_map, secret_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.backups import Fallback, Target
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory
    from atlas.engine.history.status import StatusReport
    from atlas.engine.ports import Database, Session
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports, Progress, Stored
    from atlas.reconcile.references import SecretKey
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.spec import CloudSpec, MigrationSpec, TargetSpec
    from atlas.wire.contract import RegistryAddress
    from atlas.wire.reference import Reference


class NamesTarget(Protocol):
    """A spec of either kind."""

    @property
    def target(self) -> TargetSpec: ...

    @property
    def cloud(self) -> CloudSpec: ...


class Resolving(Protocol):
    """A pass of either kind, to the steps that both kinds take."""

    resource: Resource
    ports: Ports
    target: DatabaseURL
    registry: RegistryAddress
    is_tenant: bool
    no_token: str
    backups: tuple[Callable[[], Target], ...]
    read: list[Stored]
    secrets: list[str]

    @property
    def spec(self) -> NamesTarget: ...

    def secret(self, key: SecretKey) -> str: ...


@dataclass(slots=True)
class Pass:
    """A step reads what the steps before it have found, and adds its own. Nothing outlives the pass.

    Attributes:
        spec … observed_hash: Found by the steps of ``resolve``, in this order.
        is_tenant: The operator lends it neither its token nor, unasked, its credentials; see ``tenants``.
        no_token: Why there is no token for the registry, where that is a matter of namespaces.
        backups: What may be read while the registry cannot be reached, in this order.
        fallback: Which of them gave the directory; None where the registry did, or where it is no remote one.
        reference: The repository and tag of a remote directory, None for the others.
        memory: States that data sources of a project file made.
        secrets: Values that no message may hold.
        database, status: Found by the steps of ``deploy``.
        dev, uses_pod: Where files are tried out before going down; it may be a Deployment of ours.
        session: The one that works at this moment, of the target or of the dev database.
        is_cancelled: The operator ended the statement itself, which says nothing about the resource.
    """

    resource: Resource
    ports: Ports
    progress: Progress
    read: list[Stored] = field(default_factory=list)
    spec: MigrationSpec = field(init=False)
    target: DatabaseURL = field(init=False)
    registry: RegistryAddress = field(init=False)
    is_tenant: bool = False
    no_token: str = ""
    backups: tuple[Callable[[], Target], ...] = ()
    directory: Directory = field(init=False)
    source: str = ""
    fallback: Fallback | None = None
    reference: Reference | None = None
    memory: Memory = field(default_factory=Memory)
    observed_hash: str = ""
    has_announced: bool = False
    database: Database = field(init=False)
    dev: DatabaseURL = field(init=False)
    uses_pod: bool = False
    session: Session | None = None
    is_cancelled: bool = False
    status: StatusReport = field(init=False)
    secrets: list[str] = field(default_factory=list, repr=False)

    @property
    def is_unchanged(self) -> bool:
        """Ready before, and as far as is known made from the same input."""
        known = self.observed_hash in ("", self.resource.observed.observed_hash)
        return self.resource.is_settled and known

    @property
    def directory_name(self) -> str:
        """Where the files come from, for a message; '' before that is known."""
        return str(self.reference or self.source)

    def cancel(self) -> None:
        """Ask the server, from another thread, to end the running statement."""
        if session := self.session:
            self.is_cancelled = True
            session.cancel()

    def secret(self, key: SecretKey) -> str:
        """The text behind a ``secretKeyRef``; the Secret is remembered as read.

        Raises:
            SpecError: The Secret or the key is missing, or holds no text.
        """
        return secret_text(self, key)

    def config_map(self, name: str) -> Stored:
        """The ConfigMap, remembered as read.

        Raises:
            SpecError: It is missing.
        """
        return config_map(self, name)


if TYPE_CHECKING:
    Step = Callable[[Pass], Outcome | None]
