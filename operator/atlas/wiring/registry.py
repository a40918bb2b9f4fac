"""Registries: what is pulled, pushed and reported, each call with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.record import dataclass
from atlas.wiring.effort import Effort, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.client.plans import StoredPlan
    from atlas.client.schemas import PulledSchema, PushedSchema, SchemaPush
    from atlas.client.transport import Transport
    from atlas.engine.directory import Directory
    from atlas.engine.plan_file import PlanFile, Transition
    from atlas.project import CloudSettings
    from atlas.reconcile.ports import PushedSchema as PushedSchemaText
    from atlas.reconcile.ports import RegistryPlan, SchemaText
    from atlas.wire.contract import RegistryAddress, ReportMigrationInput, ReportMigrationSetInput
    from atlas.wire.reference import Reference


@dataclass(frozen=True, slots=True)
class PushOrder:
    """What to call a directory in the registry; ``driver`` '' leaves it to a repository that exists."""

    name: str
    driver: str
    tag: str
    context: Mapping[str, object]


def read_directory_url(
    text: str, address: Callable[[], RegistryAddress], *, effort: Effort = Effort.FULL
) -> Directory:
    """The directory at ``file://path[?format=TOOL]``, a folder or an archive, or ``atlas://name``; its sum is not checked here.

    ``address`` is asked only when a registry is needed.
    """
    from atlas.engine.directory import ATLAS_FORMAT, parse_directory_url
    from atlas.errors import DirectoryError

    url = parse_directory_url(text)
    if url.scheme == "atlas":
        return _pulled(text, address(), effort)
    from pathlib import Path

    if url.scheme != "file":
        raise DirectoryError(
            f"{url.scheme}://{url.path}: expected a directory at file://path or atlas://name"
        )
    if url.format == ATLAS_FORMAT:
        from atlas.sources.archives import read_folder_or_archive

        return read_folder_or_archive(Path(url.path))
    from atlas.sources.tool_folders import read_directory_as

    return read_directory_as(Path(url.path), url.format)


def resolve_registry(cloud: CloudSettings | None, environ: Mapping[str, str], home: str) -> RegistryAddress:
    """The registry that a project file, the environment or ``atlas login`` names, in this order.

    Raises:
        LoginRequired: None of them does.
    """
    from atlas.client.address import ProjectCloud, resolve_address
    from atlas.client.auth import LoginStore

    named = ProjectCloud(cloud.url, cloud.token, cloud.project) if cloud else None
    return resolve_address(named, environ, LoginStore(home).read())


def organization_of(address: RegistryAddress, effort: Effort = Effort.FULL) -> str:
    """The organization (a project of the registry) that the token of an address belongs to."""
    from atlas.client.auth import whoami

    with connected(address, effort) as transport:
        return whoami(transport).org


def _pulled(text: str, address: RegistryAddress, effort: Effort) -> Directory:
    from atlas.client.pull import pull_directory
    from atlas.engine.directory import from_entries
    from atlas.wire.reference import parse_reference

    with connected(address, effort) as transport:
        pulled = pull_directory(transport, parse_reference(text))
    return from_entries((entry.name, entry.content) for entry in pulled.entries)


def push_directory(
    address: RegistryAddress, directory: Directory, push: PushOrder, effort: Effort = Effort.FULL
) -> str:
    """Store a directory in the registry; returns the URL to look at it."""
    from atlas.client.push import DirectoryPush
    from atlas.client.push import push_directory as send
    from atlas.engine.directory import to_entries
    from atlas.wire.archive import Entry, pack

    archive = pack(Entry(name, content) for name, content in to_entries(directory))
    with connected(address, effort) as transport:
        return send(transport, DirectoryPush(push.name, push.driver, archive, push.tag, push.context))


def report_migration(
    address: RegistryAddress, report: ReportMigrationInput, effort: Effort = Effort.FULL
) -> str:
    """Tell the registry about a run; returns the URL to look at it, '' when it gives none."""
    from atlas.client.report import report_migration as send

    with connected(address, effort) as transport:
        return send(transport, report)


def report_migration_set(
    address: RegistryAddress, report: ReportMigrationSetInput, effort: Effort = Effort.FULL
) -> str:
    """Tell the registry about a run on several databases; returns the URL to look at it, '' when it gives none."""
    from atlas.client.report import report_migration_set as send

    with connected(address, effort) as transport:
        return send(transport, report)


def migrate_down_is_protected(address: RegistryAddress, slug: str, effort: Effort = Effort.FULL) -> bool:
    """Whether the registry wants an approval before a database goes down from this directory."""
    from atlas.client.protected import migrate_down_is_protected as is_protected

    with connected(address, effort) as transport:
        return is_protected(transport, slug)


def push_schema(address: RegistryAddress, push: SchemaPush, effort: Effort = Effort.FULL) -> PushedSchema:
    """Store a schema in the registry; returns where it can be looked at."""
    from atlas.client.schemas import push_schema as send

    with connected(address, effort) as transport:
        return send(transport, push)


def pull_schema(address: RegistryAddress, reference: Reference, effort: Effort = Effort.FULL) -> PulledSchema:
    """The schema at a reference. Raises ``RegistryError``."""
    from atlas.client.schemas import pull_schema as read

    with connected(address, effort) as transport:
        return read(transport, reference)


class RegistryConnections:
    """Connections to registries that outlive a call, for programs that call often; safe to use from threads.

    A new one reads the trust store of the system, which costs more than most calls. They are for callers that come back by
    themselves, so a registry that does not answer is given up soon.
    """

    def __init__(
        self, limit: int = 32, check_peer: Callable[[RegistryAddress, str], None] | None = None
    ) -> None:
        """``limit`` is how many are kept; the one that was not used for longest is let go first.

        ``check_peer`` raises where a registry at this IP address is to be told nothing.
        """
        self._limit = limit
        self._check_peer = check_peer
        import threading

        self._lock = threading.Lock()
        self._open: dict[RegistryAddress, Transport] = {}

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        """The directory at a reference; its sum is not checked here. Raises ``RegistryError``."""
        from atlas.client.pull import pull_directory
        from atlas.engine.directory import from_entries

        pulled = pull_directory(self._to(address), reference)
        return from_entries((entry.name, entry.content) for entry in pulled.entries)

    def pull_schema(self, address: RegistryAddress, reference: Reference) -> SchemaText:
        """The schema at a reference. Raises ``RegistryError``."""
        from atlas.client.schemas import pull_schema as read
        from atlas.reconcile.ports import SchemaText

        pulled = read(self._to(address), reference)
        return SchemaText(pulled.hcl, pulled.digest, pulled.driver)

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        """Tell the registry about a run; returns the URL to look at it, '' when it gives none."""
        from atlas.client.report import report_migration as send

        return send(self._to(address), report)

    def plans(
        self, address: RegistryAddress, repository: str, transition: Transition
    ) -> tuple[RegistryPlan, ...]:
        """The plans of a schema for a transition; () for an unknown schema. Raises ``RegistryError``."""
        from atlas.client.plans import plans_of_transition

        return tuple(map(_registry_plan, plans_of_transition(self._to(address), repository, *transition)))

    def propose(self, address: RegistryAddress, repository: str, file: PlanFile) -> RegistryPlan:
        """Store a plan for somebody to approve. Raises ``RegistryError``."""
        from atlas.client.plans import PlanPush, push_plan
        from atlas.wire.contract import PENDING

        push = PlanPush(
            slug=repository,
            name=file.name,
            status=PENDING,
            current_hash=file.current_hash,
            desired_hash=file.desired_hash,
            migration=file.migration,
        )
        return _registry_plan(push_plan(self._to(address), push))

    def push_schema(self, address: RegistryAddress, schema: PushedSchemaText) -> None:
        """Store a version of a schema. Raises ``RegistryError``."""
        from atlas.client.schemas import SchemaPush
        from atlas.client.schemas import push_schema as send

        push = SchemaPush(
            name=schema.slug, hcl=schema.hcl, hash=schema.hash, driver=schema.driver, tag=schema.tag
        )
        send(self._to(address), push)

    def _to(self, address: RegistryAddress) -> Transport:
        with self._lock:
            # NB: one that is let go is not closed here, another thread may be using it; it ends with its last user.
            transport = self._open.pop(address, None) or self._connected(address)
            self._open[address] = transport
            if len(self._open) > self._limit:
                del self._open[next(iter(self._open))]
            return transport

    def _connected(self, address: RegistryAddress) -> Transport:
        check = self._check_peer
        return connected(
            address, Effort.PASS, check_peer=(lambda peer: check(address, peer)) if check else None
        )


def _registry_plan(stored: StoredPlan) -> RegistryPlan:
    from atlas.reconcile.ports import RegistryPlan
    from atlas.wire.contract import APPROVED

    return RegistryPlan(stored.file, stored.status == APPROVED, stored.url, stored.link)
