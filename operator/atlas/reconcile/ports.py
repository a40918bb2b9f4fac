"""What a pass needs of the world. Implementations live in ``wiring`` and in the doors; nothing here does I/O."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from atlas.wire.contract import RegistryAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from atlas.engine.backups import Target
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory
    from atlas.engine.lint import Analyzer
    from atlas.engine.migrate_plan.row_checks import RowProbe
    from atlas.engine.plan_file import PlanFile, Transition
    from atlas.engine.ports import Clock, Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.reconcile.config_ports import ConfigPorts
    from atlas.reconcile.resource import Resource
    from atlas.wire.contract import ReportMigrationInput
    from atlas.wire.reference import Reference

NO_REGISTRY = RegistryAddress("")
SECRET = "Secret"  # noqa: S105 - the name of a kind
CONFIG_MAP = "ConfigMap"


@dataclass(frozen=True, slots=True)
class Stored:
    """A Secret or ConfigMap as it was read; ``uid`` and ``version`` tell one state of it from another."""

    kind: str
    name: str
    uid: str
    version: str
    data: Mapping[str, bytes] = field(repr=False)


class References(Protocol):
    """Reads what a resource refers to, in its own namespace."""

    def secret(self, namespace: str, name: str) -> Stored | None:
        """The Secret, None when there is none. Raises ``Unavailable``, ``AccessDenied``."""

    def config_map(self, namespace: str, name: str) -> Stored | None: ...


@dataclass(frozen=True, slots=True)
class SchemaText:
    """A schema of a registry: its text, the digest of it, and the driver of its repository."""

    hcl: str = field(repr=False)
    digest: str
    driver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedSchema:
    """A schema that goes to a registry: its text, the hash of it, and the tag of this version."""

    slug: str
    hcl: str = field(repr=False)
    hash: str
    driver: str
    tag: str


@dataclass(frozen=True, slots=True)
class RegistryPlan:
    """A plan of a registry; ``url`` is its ``atlas://`` address, ``link`` opens in a browser."""

    file: PlanFile
    is_approved: bool
    url: str
    link: str


class Registry(Protocol):
    """Directories, schemas and plans of a registry."""

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        """The directory at a tag, or the latest. Raises ``RegistryError``; an unknown tag names its neighbours."""

    def pull_schema(self, address: RegistryAddress, reference: Reference) -> SchemaText:
        """The schema at a tag or version, or the latest. Raises ``RegistryError``, as ``pull`` does."""

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        """Tell the registry of a run; returns the page of it, '' when it has none. Raises ``RegistryError``."""

    def plans(
        self, address: RegistryAddress, repository: str, transition: Transition
    ) -> tuple[RegistryPlan, ...]:
        """The plans of a schema for a transition; () for an unknown schema. Raises ``RegistryError``."""

    def propose(self, address: RegistryAddress, repository: str, file: PlanFile) -> RegistryPlan:
        """Store a plan for somebody to approve; twice is once. Raises ``RegistryError``."""

    def push_schema(self, address: RegistryAddress, schema: PushedSchema) -> None:
        """Store a version of a schema; twice is once. Raises ``RegistryError``."""


class Backups(Protocol):
    """Opens backups of registries."""

    def open(self, url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
        """The backup at a bucket's URL; nothing is asked of it yet.

        ``credentials`` are values by the usual names of variables; None means the operator's own, or none for a folder.
        Raises ``SpecError`` or ``Unsupported`` for what cannot be served.
        """


class Targets(Protocol):
    """Opens the databases that resources name."""

    def open(self, url: DatabaseURL) -> Database:
        """Connect within 5 s. Raises ``TargetError``."""


class Workloads(Protocol):
    """Deployments of dev databases in the namespace of a resource. All raise ``Unavailable``, ``AccessDenied``."""

    def deployment(self, namespace: str, name: str) -> Mapping[str, object] | None:
        """The object, None when there is none."""

    def create(self, namespace: str, deployment: Mapping[str, object]) -> None: ...

    def scale(self, namespace: str, name: str, replicas: int) -> None: ...

    def pods(self, namespace: str, instance: str) -> tuple[Mapping[str, object], ...]:
        """The Pods with this value of ``app.kubernetes.io/instance``."""


class DirectoryStates(Protocol):
    """Keeps the directory that was applied last, for the way back."""

    def load(self, resource: Resource) -> bytes | None:
        """The archive, None when none is kept."""

    def store(self, resource: Resource, archive: bytes) -> None:
        """Keep this one; an equal one is not written again. It goes with its resource."""


class Dialects(Protocol):
    """What is known of a kind of database; names are those of ``Dialect``."""

    def schema_driver(self, dialect: str) -> SchemaDriver: ...

    def analyzers(self, dialect: str) -> tuple[Analyzer, ...]:
        """What lint looks for."""

    def row_probe(self, database: Database) -> RowProbe:
        """Looks for rows in an open database."""


class Progress(Protocol):
    """The pass, as seen from outside while it runs."""

    def announce(self, detail: str = "") -> None:
        """Make Ready=False/Reconciling visible; returns once it is stored. May be called twice."""

    def statements(self, done: int, total: int) -> None:
        """So many statements of this run are done. Cheap, may be called often."""

    def files(self, done: int, total: int) -> None:
        """So many files of this run are complete. Cheap, may be called often."""

    def should_stop(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class TargetRules:
    """Which targets a manifest may name.

    Attributes:
        folders: Folders below which SQLite files may lie; None allows every path (a person's own machine).
    """

    folders: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class BackupRules:
    """Which backups are read with the operator's own credentials.

    Attributes:
        default: For resources that name none, of the operator's own registry.
        allowed: What a resource may name besides these; whatever is below one of them is allowed too.
    """

    default: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceTokens:
    """Tokens for the operator's own registry that lie in the namespaces of resources.

    Attributes:
        secret, key: Where a namespace has its token; '' means that none is looked for.
        is_required: The operator's own token and credentials are lent to no resource.
        projects: By namespace, the project under which backups are read with the operator's own credentials for resources
            that are not lent its token.
    """

    secret: str = ""
    key: str = "token"
    is_required: bool = False
    projects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DevPorts:
    """Where dev databases can come from, besides what a resource names.

    Attributes:
        servers: Those that the operator was given, by dialect.
        workloads: None where there is no cluster to run one in.
        stays: A Deployment of ours is kept running between passes.
        room_on: Keeps room on the server of a dev database for a block. Raises ``NoRoom``.
    """

    servers: Mapping[str, DatabaseURL] = field(default_factory=dict)
    workloads: Workloads | None = None
    stays: bool = True
    room_on: Callable[[DatabaseURL], AbstractContextManager[None]] = lambda _: nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything a pass may touch.

    Attributes:
        directory_states: None where nothing is kept.
        config: None where resources may not bring project files.
        own_registry: The operator's own registry and token; its ``url`` is '' when it has none.
        warn: Where a mishap goes that does not change the outcome.
    """

    references: References
    registry: Registry
    backups: Backups
    targets: Targets
    clock: Clock
    own_registry: RegistryAddress = NO_REGISTRY
    namespace_tokens: NamespaceTokens = NamespaceTokens()
    target_rules: TargetRules = TargetRules()
    backup_rules: BackupRules = BackupRules()
    dialects: Dialects
    dev: DevPorts = DevPorts()
    directory_states: DirectoryStates | None = None
    config: ConfigPorts | None = None
    operator_version: str
    warn: Callable[[str], None]
