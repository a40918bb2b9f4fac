"""The ports of a pass, put together of what ``wiring`` knows."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from atlas import wiring
from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address
from atlas.reconcile.backup_spec import is_chosen
from atlas.reconcile.ports import BackupRules, DevPorts, NamespaceTokens, Ports, TargetRules
from atlas.reconcile.registry import is_same_address
from atlas.reconcile.target import FILE_KEYS, SYSTEM_TRUST, is_in_memory
from atlas.settings import OPERATOR_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.engine.backups import Target
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database
    from atlas.reconcile.ports import DirectoryStates, References, Targets
    from atlas.wire.contract import RegistryAddress


ONE_TOKEN: Final = 32
MANY_TOKENS: Final = 128
"""Connections to registries that are kept, each for one token: a new one costs more than most calls."""


class Rules(NamedTuple):
    """What a manifest may name, and as whom it is served."""

    targets: TargetRules
    backups: BackupRules
    namespace_tokens: NamespaceTokens = NamespaceTokens()


class WiredBackups:
    """Real buckets. A folder that a resource names is checked again here, where links can be followed."""

    def __init__(self, rules: Rules) -> None:
        self._connections = wiring.BackupConnections()
        self._folders = rules.targets.folders
        self._chosen = (*rules.backups.default, *rules.backups.allowed)

    def open(self, url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
        parts = urlsplit(url)
        if parts.scheme == "file" and self._folders is not None and not is_chosen(url, self._chosen):
            self._check_links(unquote(parts.path))
        return self._connections.open(url, credentials, project)

    def _check_links(self, path: str) -> None:
        real = os.path.realpath(path)
        folders = [os.path.realpath(folder).rstrip(os.sep) for folder in self._folders or ()]
        if not any(real == folder or real.startswith(folder + os.sep) for folder in folders):
            raise SpecError(
                f'the folder "{path}" leads outside the folders that this operator allows: see --allow-path'
            )


class WiredTargets:
    """Real databases. A file is checked again here, where links can be followed, and confined to itself."""

    def __init__(self, rules: TargetRules) -> None:
        self._rules = rules

    def open(self, url: DatabaseURL) -> Database:
        if self._rules.folders is None:
            return wiring.open_target(url)
        if url.driver == "sqlite" and not is_in_memory(url):
            self._check_links(url.database.removeprefix("file:"))
        for key in FILE_KEYS:
            if (path := url.parameter(key)) and (key, path) != SYSTEM_TRUST:
                self._check_links(path)
        return wiring.open_confined_target(url)

    def _check_links(self, path: str) -> None:
        real = os.path.realpath(path)
        folders = [os.path.realpath(folder).rstrip(os.sep) + os.sep for folder in self._rules.folders or ()]
        if not any(real.startswith(folder) for folder in folders):
            raise SpecError(
                f'the file "{path}" leads outside the folders that this operator allows: see --allow-path'
            )


def ports_for(
    references: References,
    targets: Targets,
    *,
    registry: RegistryAddress,
    rules: Rules,
    dev: DevPorts,
    directory_states: DirectoryStates,
    warn: Callable[[str], None],
) -> Ports:
    """Everything a pass may touch."""
    return Ports(
        references=references,
        registry=wiring.RegistryConnections(
            MANY_TOKENS if rules.namespace_tokens.secret else ONE_TOKEN, partial(_check_peer, registry)
        ),
        backups=WiredBackups(rules),
        targets=targets,
        clock=wiring.SystemClock(),
        own_registry=registry,
        namespace_tokens=rules.namespace_tokens,
        target_rules=rules.targets,
        backup_rules=rules.backups,
        dialects=wiring.WiredDialects(),
        dev=dev,
        directory_states=directory_states,
        operator_version=OPERATOR_VERSION,
        warn=warn,
    )


def _check_peer(own: RegistryAddress, address: RegistryAddress, peer: str) -> None:
    """Of a registry that a manifest names: a name that leads to the metadata of a cloud is known by who answers."""
    if not is_same_address(address.url, own.url):
        check_address(peer)
