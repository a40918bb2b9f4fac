"""One pass over an AtlasSchema: what it has been given, and what its steps have found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.engine.scope import Scope
from atlas.project.data import Memory
from atlas.reconcile.reading import config_map, secret_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.backups import BackedUpPlans, Target
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.desired_state import DesiredState, Normalized
    from atlas.engine.plan import Plan
    from atlas.engine.ports import Database, Session
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.reconcile.backups import Pulled
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports, Progress, RegistryPlan, Stored
    from atlas.reconcile.references import SecretKey
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.schema.spec import SchemaSpec
    from atlas.schema import Realm
    from atlas.wire.contract import RegistryAddress


@dataclass(slots=True)
class SchemaPass:
    """A step reads what the steps before it have found, and adds its own. Nothing outlives the pass.

    Attributes:
        spec … observed_hash: Found by the steps of the first half, in this order.
        source: Where the desired state came from, for a message.
        is_registry_state: It came from a registry, or from a backup of one.
        is_tenant, no_token: As in ``reconcile.passing``.
        backups: What may be read while the registry cannot be reached, in this order.
        storage: What holds schemas in the place of a registry.
        pulled: Its parts that were pushed; a composite state has several.
        memory: States that data sources of a project file made.
        secrets: Values that no message may hold.
        database … plan: Found by the steps of the second half, in this order.
        approved: The plan of the registry that is run in the place of our own.
        plans_from: The backup that was asked for plans, while the registry cannot be reached.
        uses_pod: The dev database is a Deployment of ours.
        session: The one that works at this moment, of the target or of the dev database.
        is_cancelled: As in ``reconcile.passing``.
    """

    resource: Resource
    ports: Ports
    progress: Progress
    read: list[Stored] = field(default_factory=list)
    spec: SchemaSpec = field(init=False)
    target: DatabaseURL = field(init=False)
    registry: RegistryAddress = field(init=False)
    is_tenant: bool = False
    no_token: str = ""
    backups: tuple[Callable[[], Target], ...] = ()
    storage: Target | None = None
    state: DesiredState = field(init=False)
    source: str = ""
    is_registry_state: bool = False
    pulled: list[Pulled] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    observed_hash: str = ""
    has_announced: bool = False
    database: Database = field(init=False)
    driver: SchemaDriver = field(init=False)
    current: Realm = field(init=False)
    dev: DatabaseURL = field(init=False)
    uses_pod: bool = False
    desired: Normalized = field(init=False)
    plan: Plan = field(init=False)
    approved: RegistryPlan | None = None
    plans_from: BackedUpPlans | None = None
    session: Session | None = None
    is_cancelled: bool = False
    secrets: list[str] = field(default_factory=list, repr=False)

    @property
    def scope(self) -> Scope:
        """What of the target is looked at."""
        spec = self.spec
        return Scope(
            bound=self.target.schema, schemas=spec.schemas, exclude=spec.exclude, include=spec.include
        )

    @property
    def is_unchanged(self) -> bool:
        """Ready before, and as far as is known made from the same input."""
        known = self.observed_hash in ("", self.resource.observed.observed_hash)
        return self.resource.is_settled and known

    @property
    def has_drifted(self) -> bool:
        """The input is the one of the last success, so whatever differs was changed by somebody else."""
        return self.resource.is_settled and self.observed_hash == self.resource.observed.observed_hash

    def cancel(self) -> None:
        """Ask the server, from another thread, to end the running statement."""
        if session := self.session:
            self.is_cancelled = True
            session.cancel()

    def secret(self, key: SecretKey) -> str:
        """The text behind a ``secretKeyRef``; the Secret is remembered as read. Raises ``SpecError``."""
        return secret_text(self, key)

    def config_map(self, name: str) -> Stored:
        """The ConfigMap, remembered as read. Raises ``SpecError``."""
        return config_map(self, name)


if TYPE_CHECKING:
    Step = Callable[[SchemaPass], Outcome | None]
