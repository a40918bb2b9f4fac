"""How the operator was asked to run: plain values, so that a command line and a test can make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.handlers.healing.servers import AT_ONCE
from atlas.reconcile.ports import NO_REGISTRY, BackupRules, NamespaceTokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.database_url import DatabaseURL
    from atlas.wire.contract import RegistryAddress

DEFAULT_LEASE_ID = "5220c287.atlasgo.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorOptions:
    """Everything the command line and the environment may say.

    Attributes:
        kubeconfig: '' means the service account of the pod.
        namespaces: () means all of them.
        probes, metrics: ``host:port``, ``:port``, or ``0`` for none.
        lease_namespace: '' means the operator's own.
        threads: How many passes work at the same moment.
        on_one_server: How many of them on one database server.
        runbook: Where messages send people, see ``reconcile.runbook``.
        grace_s: How long a pass may go on after the operator was asked to end, in seconds.
        allowed_folders: Where SQLite files of resources may lie.
        registry: The operator's own registry and token.
        namespace_tokens: Tokens for it that lie in the namespaces of resources.
        dev_servers: Dev databases for resources that name none, by driver.
        dev_stays: A dev database of a resource keeps running between passes.
        allow_custom_config: Resources may bring project files.
        backups: Which backups are read with the operator's own credentials.
    """

    kubeconfig: str = ""
    namespaces: tuple[str, ...] = ()
    label_selector: str = ""
    probes: str = ":8081"
    metrics: str = ":8080"
    leader_elect: bool = False
    lease_id: str = DEFAULT_LEASE_ID
    lease_namespace: str = ""
    threads: int = 64
    on_one_server: int = AT_ONCE
    runbook: str = ""
    grace_s: float = 25.0
    allowed_folders: tuple[str, ...] = ()
    registry: RegistryAddress = NO_REGISTRY
    namespace_tokens: NamespaceTokens = field(default_factory=NamespaceTokens)
    dev_servers: Mapping[str, DatabaseURL] = field(default_factory=dict)
    dev_stays: bool = True
    allow_custom_config: bool = False
    backups: BackupRules = field(default_factory=BackupRules)
    log_level: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneOptions:
    """The mode without a cluster.

    Attributes:
        folder: Where the manifests are.
        status_folder: Where statuses go; '' means ``folder``.
        allowed_folders: Where SQLite files of resources may lie; () means anywhere, for a person's own manifests.
        once: Make one pass over every resource and end.
        on_one_server, runbook, namespace_tokens: As in a cluster.
        allow_custom_config: Resources may bring project files.
        backups: Which backups are read with the process's own credentials.
    """

    folder: str
    status_folder: str = ""
    once: bool = False
    threads: int = 64
    on_one_server: int = AT_ONCE
    runbook: str = ""
    allowed_folders: tuple[str, ...] = ()
    registry: RegistryAddress = NO_REGISTRY
    namespace_tokens: NamespaceTokens = field(default_factory=NamespaceTokens)
    dev_servers: Mapping[str, DatabaseURL] = field(default_factory=dict)
    allow_custom_config: bool = False
    backups: BackupRules = field(default_factory=BackupRules)
    log_level: str = "warning"
