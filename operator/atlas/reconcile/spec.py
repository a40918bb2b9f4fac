"""The body of an AtlasMigration as typed values: what it asks for, and nothing of how it is done.

The API server has checked types and enums; a manifest of the standalone mode has met nobody yet, so every
value is checked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.engine.apply.options import ExecOrder, TxMode
from atlas.errors import SpecError, Unsupported
from atlas.reconcile.backup_spec import BackupSpec, read_backups
from atlas.reconcile.config_spec import ConfigSpec, read_config
from atlas.reconcile.fields import Fields
from atlas.reconcile.references import SecretKey, secret_key

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BACKOFF_LIMIT = 20
DEFAULT_ENVIRONMENT = "kubernetes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A target in parts; a ``…_from`` wins over the value beside it."""

    scheme: str = ""
    user: str = ""
    user_from: SecretKey | None = None
    password: str = field(default="", repr=False)
    password_from: SecretKey | None = None
    host: str = ""
    host_from: SecretKey | None = None
    port: int = 0
    database: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSpec:
    """Three ways to name a database, as written; ``target`` knows which one wins."""

    url: str = field(default="", repr=False)
    url_from: SecretKey | None = None
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorySpec:
    """Three places a directory can come from, as written; '' and None mean not given.

    Attributes:
        url: What a project file says; it wins over all of them.
        tool: Whose files they are by ``migration.format`` of a project file; '' leaves it to the URL.
    """

    url: str = ""
    tool: str = ""
    local: Mapping[str, str] | None = field(default=None, repr=False)
    config_map: str = ""
    remote_name: str = ""
    remote_tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSpec:
    """The registry of ``dir.remote``.

    Attributes:
        repo: Of an AtlasSchema: the repository of its plans.
        token: What a project file says; it wins over ``token_from``.
        backups: Those of the resource; () leaves it to the operator's own.
        storage: Of a project file: the bucket that holds schemas in the place of a registry.
    """

    url: str = ""
    project: str = ""
    repo: str = ""
    token: str = field(default="", repr=False)
    token_from: SecretKey | None = None
    backups: tuple[BackupSpec, ...] = field(default=(), repr=False)
    storage: BackupSpec | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DevSpec:
    """What the resource says of its dev database.

    Attributes:
        pod: The PodSpec of ``devDB.spec``, None when absent.
        on_target: A scratch database on the target's own server may be used.
    """

    url: str = field(default="", repr=False)
    url_from: SecretKey | None = None
    pod: Mapping[str, object] | None = field(default=None, repr=False)
    on_target: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DownSpec:
    """``protectedFlows.migrateDown``."""

    allow: bool = False
    auto_approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationSpec:
    """``spec`` of an AtlasMigration.

    Attributes:
        repository: Where runs of a directory that came from nowhere are reported, from a project file; '' for nowhere.
    """

    target: TargetSpec
    directory: DirectorySpec
    cloud: CloudSpec
    dev: DevSpec = field(default_factory=DevSpec)
    down: DownSpec = field(default_factory=DownSpec)
    environment: str = DEFAULT_ENVIRONMENT
    repository: str = ""
    revisions_schema: str = ""
    baseline: str = ""
    exec_order: ExecOrder = ExecOrder.LINEAR
    allow_dirty: bool = False
    tx_mode: TxMode = TxMode.FILE
    config: ConfigSpec = field(default_factory=ConfigSpec)


def read_migration(spec: Mapping[str, object]) -> MigrationSpec:
    """Read ``spec``.

    Raises:
        SpecError: A value of the wrong type, named by its path.
        Unsupported: A field that this version does not serve, named by its path.
    """
    fields = Fields(spec, "spec")
    _refuse_unserved(fields)
    order = fields.text("execOrder") or ExecOrder.LINEAR.value
    if order not in {known.value for known in ExecOrder}:
        raise SpecError(f'spec.execOrder is "{order}": expected linear, linear-skip or non-linear')
    return MigrationSpec(
        target=read_target(fields),
        directory=_directory(fields.fields("dir")),
        cloud=read_cloud(fields.fields("cloud")),
        dev=read_dev(fields),
        down=_down(fields.fields("protectedFlows").fields("migrateDown")),
        environment=fields.text("envName") or DEFAULT_ENVIRONMENT,
        revisions_schema=fields.text("revisionsSchema"),
        baseline=fields.text("baseline"),
        exec_order=ExecOrder(order),
        allow_dirty=fields.flag("allowDirty"),
        config=read_config(fields),
    )


def backoff_limit(spec: Mapping[str, object]) -> int:
    """``spec.backoffLimit``, readable also where the rest of the spec is not."""
    limit = spec.get("backoffLimit")
    return (
        limit
        if isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0
        else DEFAULT_BACKOFF_LIMIT
    )


def _refuse_unserved(fields: Fields) -> None:
    if fields.fields("policy").given("drift"):
        raise Unsupported("spec.policy.drift is not served: remove the field")


def read_target(fields: Fields) -> TargetSpec:
    """The fields that name a database."""
    return TargetSpec(
        url=fields.text("url"),
        url_from=secret_key(fields, "urlFrom"),
        credentials=_credentials(fields.fields("credentials")) if fields.given("credentials") else None,
    )


def _credentials(fields: Fields) -> Credentials:
    return Credentials(
        scheme=fields.text("scheme"),
        user=fields.text("user"),
        user_from=secret_key(fields, "userFrom"),
        password=fields.text("password"),
        password_from=secret_key(fields, "passwordFrom"),
        host=fields.text("host"),
        host_from=secret_key(fields, "hostFrom"),
        port=fields.number("port"),
        database=fields.text("database"),
        parameters=fields.texts("parameters") or {},
    )


def _directory(fields: Fields) -> DirectorySpec:
    remote = fields.fields("remote")
    return DirectorySpec(
        local=fields.texts("local"),
        config_map=fields.fields("configMapRef").text("name"),
        remote_name=remote.text("name"),
        remote_tag=remote.text("tag"),
    )


def read_cloud(fields: Fields) -> CloudSpec:
    """The fields of ``spec.cloud``; an AtlasSchema has no ``url``."""
    return CloudSpec(
        url=fields.text("url"),
        project=fields.text("project"),
        repo=fields.text("repo"),
        token_from=secret_key(fields, "tokenFrom"),
        backups=read_backups(fields),
    )


def read_dev(fields: Fields) -> DevSpec:
    """The fields that name a dev database."""
    pod = fields.fields("devDB").fields("spec")
    return DevSpec(
        url=fields.text("devURL"),
        url_from=secret_key(fields, "devURLFrom"),
        pod=pod.values if fields.fields("devDB").given("spec") else None,
        on_target=fields.fields("devDatabase").flag("onTarget"),
    )


def _down(fields: Fields) -> DownSpec:
    return DownSpec(allow=fields.flag("allow"), auto_approve=fields.flag("autoApprove"))
