"""Reads of a registry that backups may answer in its place: which backups a resource has, and who answered.

What may be read from a backup is a directory or a schema, each proved against its digest before it is used. Approvals
are another matter, see ``schema.approval``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from atlas.engine.backups import Fallback, Primary, Served, read_or_fall_back
from atlas.engine.directory import from_entries
from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, SpecError
from atlas.reconcile.backup_spec import check_backup
from atlas.reconcile.outcome import Source
from atlas.reconcile.reading import secret_texts
from atlas.reconcile.registry import is_same_address
from atlas.reconcile.tenants import lent_project
from atlas.wire.contract import DEFAULT_PROJECT, DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.backups import Target
    from atlas.engine.directory import Directory
    from atlas.reconcile.backup_spec import BackupSpec
    from atlas.reconcile.passing import Resolving
    from atlas.reconcile.ports import Ports
    from atlas.reconcile.resource import Resource
    from atlas.wire.contract import RegistryAddress, RepositoryType
    from atlas.wire.reference import Reference

    T = TypeVar("T")

_NO_SECRETS: Final = frozenset({"AWS_REGION", "AWS_DEFAULT_REGION", "AZURE_STORAGE_ACCOUNT"})
"""Names whose values are parts of addresses that people are shown."""


class Asks(Protocol):
    """A pass of either kind that has found its registry and backups."""

    resource: Resource
    ports: Ports
    registry: RegistryAddress
    is_tenant: bool
    backups: tuple[Callable[[], Target], ...]
    secrets: list[str]


class Pulled(NamedTuple):
    """One pushed state: its digest, '' for a directory, and the backup that gave it, None for the registry."""

    slug: str
    digest: str
    fallback: Fallback | None
    is_behind: bool = False


def find_backups(run: Resolving) -> None:
    """Find the backups of a resource: its own, else those that the operator has of its own registry.

    Secrets are read on every pass, for the registry may be away or not and the inputs are the same.

    Raises:
        SpecError: One is refused, or its Secret is missing.
        Unsupported: One has a key that is not served.
    """
    given = run.spec.cloud.backups
    if given:
        run.backups = tuple(_always(opened(run, one)) for one in given)
        return
    project = lent_project(run)
    is_own_machine = run.ports.target_rules.folders is None
    if is_own_machine or is_same_address(run.registry.url, run.ports.own_registry.url):
        # NB: of its own alone. Whoever names another registry could name one that never answers, and read these.
        own = run.ports.backup_rules.default if project else ()
        run.backups = tuple(partial(run.ports.backups.open, url, None, project) for url in own)


def pulled_directory(run: Asks, reference: Reference) -> tuple[Directory, Fallback | None]:
    """The directory at a reference, and which backup gave it. Raises ``RegistryError``."""
    primary = Primary(run.registry.url, lambda: run.ports.registry.pull(run.registry, reference))
    found, fallback = read(run, primary, DIRECTORY, reference)
    return (from_entries(found.entries) if isinstance(found, Served) else found), fallback


def read(
    run: Asks, primary: Primary[T], type_: RepositoryType, reference: Reference
) -> tuple[T | Served, Fallback | None]:
    """What the registry, or the storage in its place, answers; or else the first backup that can prove its own. Raises ``RegistryError``."""

    def passed_over(url: str, error: AtlasError) -> None:
        told = mask_text(str(error), run.secrets)
        run.ports.warn(f"{run.resource.namespace}/{run.resource.name}: {url} was passed over: {told}")

    backups = backups_with(run, type_, reference.slug)
    return read_or_fall_back(primary, backups, type_, reference, passed_over=passed_over)


def backups_with(run: Asks, type_: RepositoryType, slug: str) -> tuple[Callable[[], Target], ...]:
    """The backups of a resource, each with the folder in which it has this repository."""
    if run.is_tenant:
        return run.backups  # of the default project others are the owners
    return tuple(partial(_in_its_project, one, run.backups, type_, slug) for one in run.backups)


def source_of(url: str, fallback: Fallback | None) -> Source:
    """Where a state came from: the backup that gave it, else ``url``."""
    return Source(fallback.source, fallback.created_at, fallback.reason) if fallback else Source(url)


def opened(run: Resolving, spec: BackupSpec) -> Target:
    """A bucket that a resource names; its credentials are remembered as read, and as secrets.

    Raises:
        SpecError: It is refused, or its Secret is missing.
        Unsupported: It has a key that is not served.
    """
    check_backup(spec, run.ports.backup_rules, run.ports.target_rules)
    if not spec.secret:
        project = lent_project(run)
        if not project:
            raise SpecError(
                f"{spec.place} would be read with the operator's own credentials, and namespace {run.resource.namespace} has "
                "no project there: give credentialsFrom, or ask for one to be named by --namespace-project"
            )
        return run.ports.backups.open(spec.url, None, project)
    credentials = secret_texts(run, spec.secret)
    run.secrets.extend(value.strip() for name, value in credentials.items() if name not in _NO_SECRETS)
    return run.ports.backups.open(spec.url, credentials, run.registry.project)


def _in_its_project(
    opened: Callable[[], Target],
    backups: tuple[Callable[[], Target], ...],
    type_: RepositoryType,
    slug: str,
) -> Target:
    """A backup, with the folder of the default project where that of ``spec.cloud.project`` has no such repository.

    In a registry the token fixes the project, and the name in a spec is a label of reports. Whoever pushes without
    ``cloud { project }`` pushes to the default one, and is to be found under any label. NB: where any backup has it under
    the label, what others have in the default project is another repository.
    """
    target = opened()
    plain = replace(target, project=DEFAULT_PROJECT)
    if target.project == DEFAULT_PROJECT or _has(lambda: target, type_, slug) is not False:
        return target  # whoever reads it is told what is wrong with it
    if not _has(lambda: plain, type_, slug):
        return target
    is_elsewhere = any(_has(other, type_, slug) for other in backups if other is not opened)
    return target if is_elsewhere else plain


def _has(opened: Callable[[], Target], type_: RepositoryType, slug: str) -> bool | None:
    """Whether a backup has a repository, None where it cannot say."""
    try:
        target = opened()
        return target.content.load_index(target.key(type_, slug)) is not None
    except AtlasError:
        return None


def _always(target: Target) -> Callable[[], Target]:
    return lambda: target
