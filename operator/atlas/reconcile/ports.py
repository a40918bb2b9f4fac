"""What a pass needs of the world. Implementations live in ``wiring`` and in the doors; nothing here does I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from atlas.wire.contract import RegistryAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory
    from atlas.engine.ports import Clock, Database
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


class Registry(Protocol):
    """Directories of a registry."""

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        """The directory at a tag, or the latest. Raises ``RegistryError``; an unknown tag names its neighbours."""

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        """Tell the registry of a run; returns the page of it, '' when it has none. Raises ``RegistryError``."""


class Targets(Protocol):
    """Opens the databases that resources name."""

    def open(self, url: DatabaseURL) -> Database:
        """Connect within 5 s. Raises ``TargetError``."""


class Progress(Protocol):
    """The pass, as seen from outside while it runs."""

    def announce(self) -> None:
        """Make Ready=False/Reconciling visible; returns once it is stored. May be called twice."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything a pass may touch.

    Attributes:
        own_registry: The operator's own registry and token; its ``url`` is '' when it has none.
        warn: Where a mishap goes that does not change the outcome.
    """

    references: References
    registry: Registry
    targets: Targets
    clock: Clock
    own_registry: RegistryAddress = NO_REGISTRY
    target_rules: TargetRules = TargetRules()
    operator_version: str
    warn: Callable[[str], None]
