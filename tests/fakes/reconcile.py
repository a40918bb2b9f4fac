"""The ports of a pass in memory: objects, a registry, targets, and what a pass says while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from atlas.engine.backups import Target
from atlas.engine.database_url import DatabaseURL
from atlas.engine.directory import Directory
from atlas.engine.lint import Analyzer
from atlas.engine.lint.checks.destructive import destructive
from atlas.engine.migrate_plan.row_checks import RowProbe
from atlas.engine.plan_file import PlanFile, Transition
from atlas.engine.ports import Database
from atlas.engine.schema_ports import SchemaDriver
from atlas.errors import AtlasError, NotFound
from atlas.reconcile.config_ports import ConfigPorts
from atlas.reconcile.passing import Pass
from atlas.reconcile.ports import (
    CONFIG_MAP,
    NO_REGISTRY,
    SECRET,
    BackupRules,
    DevPorts,
    NamespaceTokens,
    Ports,
    PushedSchema,
    RegistryPlan,
    SchemaText,
    Stored,
    TargetRules,
)
from atlas.reconcile.resource import Resource
from atlas.schema import Key
from atlas.wire.contract import RegistryAddress, ReportMigrationInput
from atlas.wire.reference import Reference

from tests.fakes.backups import backup
from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeServer
from tests.fakes.schema_driver import FakeSchemaDriver

_OF_DEV = frozenset({"", "dev", "postgres"})
TARGET = "postgres://app:s3cret-word@127.0.0.1:5432/app?search_path=public"


@dataclass
class FakeReferences:
    """Secrets and ConfigMaps by name; every namespace has the same."""

    secrets: dict[str, Stored] = field(default_factory=dict)
    config_maps: dict[str, Stored] = field(default_factory=dict)
    error: AtlasError | None = None

    def put_secret(self, name: str, data: Mapping[str, str], version: str = "1") -> None:
        values = {key: text.encode() for key, text in data.items()}
        self.secrets[name] = Stored(SECRET, name, f"uid-{name}", version, values)

    def put_config_map(self, name: str, data: Mapping[str, bytes], version: str = "1") -> None:
        self.config_maps[name] = Stored(CONFIG_MAP, name, f"uid-{name}", version, data)

    def secret(self, namespace: str, name: str) -> Stored | None:
        if self.error:
            raise self.error
        return self.secrets.get(name)

    def config_map(self, namespace: str, name: str) -> Stored | None:
        if self.error:
            raise self.error
        return self.config_maps.get(name)


@dataclass
class FakeRegistry:
    """Directories by the text of their reference; remembers who was asked and what was reported."""

    directories: dict[str, Directory] = field(default_factory=dict)
    schemas: dict[str, SchemaText] = field(default_factory=dict)
    asked: list[RegistryAddress] = field(default_factory=list)
    reports: list[ReportMigrationInput] = field(default_factory=list)
    stored_plans: dict[str, RegistryPlan] = field(default_factory=dict)
    pushed: list[PushedSchema] = field(default_factory=list)
    error: AtlasError | None = None

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        self.asked.append(address)
        if self.error:
            raise self.error
        if str(reference) not in self.directories:
            raise NotFound(f'"{reference}" not found: the nearest tags are v1, v2')
        return self.directories[str(reference)]

    def pull_schema(self, address: RegistryAddress, reference: Reference) -> SchemaText:
        self.asked.append(address)
        if self.error:
            raise self.error
        if str(reference) not in self.schemas:
            raise NotFound(f'"{reference}" not found: the nearest tags are v1, v2')
        return self.schemas[str(reference)]

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        self.asked.append(address)
        self.reports.append(report)
        if self.error:
            raise self.error
        return f"{address.url}/deployments/{len(self.reports)}"

    def plans(
        self, address: RegistryAddress, repository: str, transition: Transition
    ) -> tuple[RegistryPlan, ...]:
        self.asked.append(address)
        if self.error:
            raise self.error
        return tuple(
            plan
            for plan in self.stored_plans.values()
            if plan.url.startswith(f"atlas://{repository}/")
            and (plan.file.current_hash, plan.file.desired_hash) == transition
        )

    def propose(self, address: RegistryAddress, repository: str, file: PlanFile) -> RegistryPlan:
        self.asked.append(address)
        if self.error:
            raise self.error
        url = f"atlas://{repository}/plans/{file.name}"
        link = f"{address.url}/schemas/1/plans/{len(self.stored_plans) + 1}"
        return self.stored_plans.setdefault(url, RegistryPlan(file, False, url, link))

    def push_schema(self, address: RegistryAddress, schema: PushedSchema) -> None:
        self.asked.append(address)
        self.pushed.append(schema)
        if self.error:
            raise self.error

    def approve(self, url: str, migration: str = "") -> None:
        """What a person does; ``migration`` is what the plan was edited to before it was stored."""
        plan = self.stored_plans[url]
        file = replace(plan.file, migration=migration or plan.file.migration)
        self.stored_plans[url] = replace(plan, file=file, is_approved=True)


@dataclass
class FakeBackups:
    """Backups in memory by their URLs; remembers the credentials that each was opened with."""

    targets: dict[str, Target] = field(default_factory=dict)
    opened: list[tuple[str, Mapping[str, str] | None, str]] = field(default_factory=list)

    def open(self, url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
        self.opened.append((url, credentials, project))
        if url not in self.targets:
            self.targets[url] = backup(url=url.partition("?")[0])
        return replace(self.targets[url], project=project)


@dataclass
class FakeTargets:
    """One server behind every URL, another one behind those of dev databases; remembers which were opened."""

    server: FakeServer = field(default_factory=FakeServer)
    dev_server: FakeServer = field(default_factory=FakeServer)
    opened: list[DatabaseURL] = field(default_factory=list)
    error: AtlasError | None = None
    on_open: Callable[[], None] = lambda: None

    def open(self, url: DatabaseURL) -> Database:
        self.opened.append(url)
        self.on_open()
        if self.error:
            raise self.error
        if url.database not in _OF_DEV:
            return self.server.connect()
        self.dev_server.dialect = self.server.dialect
        return self.dev_server.connect()


@dataclass
class FakeProgress:
    """What a pass said while it ran."""

    announced: int = 0
    details: list[str] = field(default_factory=list)
    counted: list[tuple[int, int]] = field(default_factory=list)
    stop_asked: Callable[[], bool] = lambda: False

    def announce(self, detail: str = "") -> None:
        self.announced += 1
        self.details.append(detail)

    def statements(self, done: int, total: int) -> None:
        self.counted.append((done, total))

    def files(self, done: int, total: int) -> None:
        self.counted.append((done, total))

    def should_stop(self) -> bool:
        return self.stop_asked()


@dataclass
class FakeWorkloads:
    """Deployments and Pods by name, and what was asked for in order."""

    deployments: dict[str, Mapping[str, object]] = field(default_factory=dict)
    running: list[Mapping[str, object]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def deployment(self, namespace: str, name: str) -> Mapping[str, object] | None:
        return self.deployments.get(name)

    def create(self, namespace: str, deployment: Mapping[str, object]) -> None:
        metadata = deployment["metadata"]
        assert isinstance(metadata, Mapping)
        self.requests.append(f"create {metadata['name']}")
        self.deployments[metadata["name"]] = deployment

    def scale(self, namespace: str, name: str, replicas: int) -> None:
        self.requests.append(f"scale {name} {replicas}")
        spec = self.deployments[name]["spec"]
        assert isinstance(spec, dict)
        self.deployments[name] = {**self.deployments[name], "spec": {**spec, "replicas": replicas}}

    def pods(self, namespace: str, instance: str) -> tuple[Mapping[str, object], ...]:
        return tuple(self.running)


@dataclass
class FakeDirectoryStates:
    """Archives by the name of their resource."""

    kept: dict[str, bytes] = field(default_factory=dict)
    error: AtlasError | None = None

    def load(self, resource: Resource) -> bytes | None:
        return self.kept.get(resource.name)

    def store(self, resource: Resource, archive: bytes) -> None:
        if self.error:
            raise self.error
        self.kept[resource.name] = archive


@dataclass
class FakeProbe:
    """Tables that hold rows, by name."""

    full: set[str] = field(default_factory=set)

    def question(self, key: Key) -> str:
        return f"SELECT 1 FROM {key.name}"

    def is_empty(self, key: Key) -> bool:
        return key.name not in self.full

    def hold(self, key: Key) -> None:
        pass


@dataclass
class FakeDialects:
    """Every dialect is the one of the fake server."""

    driver: FakeSchemaDriver = field(default_factory=FakeSchemaDriver)
    probe: FakeProbe = field(default_factory=FakeProbe)

    def schema_driver(self, dialect: str) -> SchemaDriver:
        return self.driver

    def analyzers(self, dialect: str) -> tuple[Analyzer, ...]:
        return (destructive(),)

    def row_probe(self, database: Database) -> RowProbe:
        return self.probe


@dataclass
class World:
    """All ports of a pass."""

    references: FakeReferences = field(default_factory=FakeReferences)
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    backups: FakeBackups = field(default_factory=FakeBackups)
    targets: FakeTargets = field(default_factory=FakeTargets)
    progress: FakeProgress = field(default_factory=FakeProgress)
    clock: FakeClock = field(default_factory=FakeClock)
    own_registry: RegistryAddress = NO_REGISTRY
    namespace_tokens: NamespaceTokens = field(default_factory=NamespaceTokens)
    rules: TargetRules = field(default_factory=TargetRules)
    backup_rules: BackupRules = field(default_factory=BackupRules)
    dialects: FakeDialects = field(default_factory=FakeDialects)
    dev: DevPorts = field(default_factory=DevPorts)
    directory_states: FakeDirectoryStates = field(default_factory=FakeDirectoryStates)
    config: ConfigPorts | None = None
    warnings: list[str] = field(default_factory=list)

    def ports(self) -> Ports:
        return Ports(
            references=self.references,
            registry=self.registry,
            backups=self.backups,
            targets=self.targets,
            clock=self.clock,
            own_registry=self.own_registry,
            namespace_tokens=self.namespace_tokens,
            target_rules=self.rules,
            backup_rules=self.backup_rules,
            dialects=self.dialects,
            dev=self.dev,
            directory_states=self.directory_states,
            config=self.config,
            operator_version="Atlas CLI v1.3.0",
            warn=self.warnings.append,
        )

    def begin(self, resource: Resource) -> Pass:
        """A pass over this resource that nothing has been done for."""
        return Pass(resource, self.ports(), self.progress)

    @property
    def tables(self) -> set[str]:
        """Tables of the server."""
        return set(self.targets.server.state.tables)


def resource_with(
    spec: Mapping[str, object], status: Mapping[str, object] | None = None, generation: int = 1
) -> Resource:
    """An AtlasMigration named ``shop``."""
    return Resource(
        kind="AtlasMigration",
        namespace="prod",
        name="shop",
        uid="uid-shop",
        generation=generation,
        spec=spec,
        status=status or {},
    )
