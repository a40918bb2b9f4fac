"""What client and server say to each other: the inputs of operations, and the words in them.

Names of inputs and fields are those that existing clients of Atlas use; ``docs/reference/wire.md`` lists them. A server
must accept more than this (unknown input). The operations themselves are in ``operations``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NotRequired, TypedDict

QUERY_PATH = "/query"
CONTENT_PATH = "/v1/content/"
DEFAULT_PROJECT = "default"

RepositoryType = Literal["MIGRATION_DIRECTORY", "SCHEMA"]
DIRECTORY: RepositoryType = "MIGRATION_DIRECTORY"
SCHEMA: RepositoryType = "SCHEMA"

SyncStatus = Literal["SYNCED", "PENDING", "FAILED"]

PlanStatus = Literal["PENDING", "APPROVED"]
PENDING: PlanStatus = "PENDING"
APPROVED: PlanStatus = "APPROVED"
DeploymentStatus = Literal["PASSED", "FAILED", "NO_ACTION", "DRY_RUN"]

_DRIVERS = {
    "postgres": "POSTGRESQL",
    "mysql": "MYSQL",
    "mariadb": "MARIADB",
    "sqlite": "SQLITE",
    "sqlserver": "SQLSERVER",
    "clickhouse": "CLICKHOUSE",
    "cockroach": "COCKROACHDB",
    "redshift": "REDSHIFT",
    "spanner": "SPANNER",
}
_DRIVER_ALIASES = {
    "postgresql": "postgres",
    "sqlite3": "sqlite",
    "mssql": "sqlserver",
    "cockroachdb": "cockroach",
}


@dataclass(frozen=True, slots=True)
class RegistryAddress:
    """Where a registry answers, as whom, and the project that reports are labelled with."""

    url: str
    token: str | None = field(default=None, repr=False)
    project: str = DEFAULT_PROJECT


class DirStateInput(TypedDict, total=False):
    """Which directory to read; ``name`` is the older spelling of ``slug``."""

    slug: str
    name: str
    tag: str
    version: str


class PushDirInput(TypedDict, total=False):
    """A tagged push; ``dir`` is the base64 text of an archive, ``driver`` a name of ``wire_driver``."""

    slug: str
    tag: str
    driver: str
    dir: str
    context: dict[str, object]


class DiffSyncDirInput(TypedDict, total=False):
    """An untagged push; ``add`` and ``delete`` are the delta to what the registry holds."""

    slug: str
    driver: str
    dir: str
    add: str
    delete: list[str]
    context: dict[str, object]


class SchemaStateInput(TypedDict, total=False):
    """Which schema to read."""

    slug: str
    tag: str
    version: str


class PushSchemaInput(TypedDict, total=False):
    """A push of a schema; ``hash`` is of the HCL text, ``version`` what ``?version=`` will match."""

    slug: str
    hcl: str
    hash: str
    tag: str
    version: str
    description: str
    driver: str
    context: dict[str, object]


class CreateDeclarativePlanInput(TypedDict, total=False):
    """A plan for a transition of a schema; ``status`` is a ``PlanStatus``, hashes are of ``engine.plan_file``."""

    schemaSlug: str
    name: str
    status: str
    fromHash: str
    toHash: str
    migration: str
    context: dict[str, object]


class DeclarativePlansInput(TypedDict, total=False):
    """Which plans of a schema; what is left out does not matter."""

    schemaSlug: str
    status: str
    fromHash: str
    toHash: str


class DeclarativePlanInput(TypedDict):
    """One plan by its name; ``digest`` is of the file that is approved."""

    schemaSlug: str
    name: str
    digest: NotRequired[str]


class CreateRepoInput(TypedDict, total=False):
    """A new, empty repository; ``type`` is a ``RepositoryType``."""

    type: str
    name: str
    title: str
    driver: str
    description: str


class ReportMigrationInput(TypedDict, total=False):
    """What happened to one database; times are RFC 3339. ``tag`` is ours: the tag that the database follows."""

    projectName: str
    envName: str
    dirName: str
    tag: str
    atlasVersion: str
    target: dict[str, str]
    startTime: str
    endTime: str
    fromVersion: str
    toVersion: str
    currentVersion: str
    error: str | None
    files: list[dict[str, object]]
    log: str
    context: dict[str, object]
    dryRun: bool


class ReportMigrationSetInput(TypedDict, total=False):
    """What happened to the databases of one run, which ``id`` (a UUID) names; ``planned`` counts those not reached too."""

    id: str
    planned: int
    startTime: str
    endTime: str
    error: str | None
    log: list[dict[str, object]]
    completed: list[ReportMigrationInput]
    context: dict[str, object]


class DatabasesInput(TypedDict, total=False):
    """Which databases to list; ``repo`` is a slug."""

    repo: str
    env: str
    page: int
    pageSize: int


class DeploymentsInput(TypedDict, total=False):
    """Which deployments to list; ``name`` is a part of a database's name, ``status`` any of some."""

    status: list[DeploymentStatus]
    repo: str
    env: str
    name: str
    page: int
    pageSize: int


def driver_name(text: str) -> str:
    """The one spelling we store and print, from any that clients use: ``POSTGRESQL`` → ``postgres``."""
    lower = text.lower()
    return _DRIVER_ALIASES.get(lower, lower)


def driver_names() -> tuple[str, ...]:
    """What ``is_driver`` says yes to, the ones this version connects to first."""
    return tuple(_DRIVERS)


def is_driver(name: str) -> bool:
    """Whether ``name`` (of ``driver_name``) can be the driver of a repository."""
    return name in _DRIVERS


def wire_driver(name: str) -> str:
    """The spelling on the wire, upper case: ``postgres`` → ``POSTGRESQL``."""
    return _DRIVERS.get(driver_name(name), name.upper())
