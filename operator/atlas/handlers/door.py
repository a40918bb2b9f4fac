"""What the command line may ask of this package, in plain values: it is loaded by name, and imports no options."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from atlas.handlers.options import OperatorOptions, StandaloneOptions
from atlas.wire.contract import DEFAULT_PROJECT, RegistryAddress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.engine.database_url import DatabaseURL
    from atlas.reconcile.ports import BackupRules, NamespaceTokens


def run_in_cluster(
    flags: Mapping[str, str],
    *,
    lists: Mapping[str, Sequence[str]],
    leader_elect: bool,
    registry_token: str,
    dev_urls: Mapping[str, str],
    allow_custom_config: bool = False,
) -> int:
    """Run until a signal.

    ``flags`` are those of ``atlas operator run``, by name with underscores; ``lists`` those that may be given repeatedly.
    """
    from atlas.handlers.life.run import run_operator

    options = OperatorOptions(
        kubeconfig=flags["kubeconfig"],
        namespaces=tuple(name.strip() for name in flags["namespace"].split(",") if name.strip()),
        label_selector=flags["label_selector"],
        probes=flags["health_probe_bind_address"],
        metrics=flags["metrics_bind_address"],
        leader_elect=leader_elect,
        lease_id=flags["leader_election_id"],
        lease_namespace=flags["leader_election_namespace"],
        threads=int(flags["concurrency"]),
        on_one_server=int(flags["connections_per_server"]),
        namespace_tokens=_namespace_tokens(flags, lists["namespace_project"]),
        runbook=flags["runbook_url"],
        grace_s=float(flags["grace_period"]),
        allowed_folders=_absolute(lists["allow_path"]),
        registry=RegistryAddress(flags["cloud_url"], registry_token or None),
        dev_servers=_dev_servers(dev_urls),
        allow_custom_config=allow_custom_config,
        backups=_backups(lists["backup"], lists["allow_backup"]),
        dev_stays=flags["prewarm_devdb"] != "false",
        log_level=flags["log_level"],
    )
    return run_operator(options)


def run_on_folder(
    flags: Mapping[str, str],
    *,
    lists: Mapping[str, Sequence[str]],
    once: bool,
    registry_token: str,
    dev_urls: Mapping[str, str],
    allow_custom_config: bool = False,
) -> int:
    """Reconcile a folder of manifests, once or until a signal."""
    from atlas.handlers.folder.standalone import run_standalone

    options = StandaloneOptions(
        folder=flags["standalone"],
        status_folder=flags["status_dir"],
        once=once,
        allowed_folders=_absolute(lists["allow_path"]),
        threads=int(flags["concurrency"]),
        on_one_server=int(flags["connections_per_server"]),
        namespace_tokens=_namespace_tokens(flags, lists["namespace_project"]),
        runbook=flags["runbook_url"],
        registry=RegistryAddress(flags["cloud_url"], registry_token or None),
        dev_servers=_dev_servers(dev_urls),
        allow_custom_config=allow_custom_config,
        backups=_backups(lists["backup"], lists["allow_backup"]),
        log_level=flags["log_level"] or "error",
    )
    return run_standalone(options)


def _absolute(folders: Sequence[str]) -> tuple[str, ...]:
    """Paths of manifests are absolute, so folders are too: a relative one is meant from where the operator starts."""
    return tuple(os.path.abspath(folder) for folder in folders)  # noqa: PTH100 - links are followed later


def _namespace_tokens(flags: Mapping[str, str], projects: Sequence[str]) -> NamespaceTokens:
    from atlas.reconcile.ports import NamespaceTokens

    return NamespaceTokens(
        secret=flags["namespace_token_secret"],
        key=flags["namespace_token_key"],
        is_required=bool(flags["namespace_token_required"]),
        projects=dict(pair.split("=", 1) for pair in projects),
    )


def _backups(default: Sequence[str], allowed: Sequence[str]) -> BackupRules:
    """Those of the operator are opened once now, though not asked: a wrong address is told before anything else."""
    from atlas import wiring
    from atlas.reconcile.ports import BackupRules

    for url in default:
        wiring.BackupConnections().open(url, None, DEFAULT_PROJECT)
    return BackupRules(tuple(default), tuple(allowed))


def _dev_servers(urls: Mapping[str, str]) -> dict[str, DatabaseURL]:
    from atlas.engine.database_url import parse_database_url
    from atlas.errors import UsageError

    servers = {}
    for driver, text in urls.items():
        url = parse_database_url(text)
        if url.driver != driver:
            raise UsageError(f"the dev database for {driver} is one of {url.driver}: give one of its kind")
        servers[driver] = url
    return servers
