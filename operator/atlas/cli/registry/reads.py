"""Reads of ``atlas://`` by commands: from the registry, or from a backup while it cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.cli.registry.access import registry_address
from atlas.cli.registry.backups import backups_of, spared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.cli.context import Context
    from atlas.engine.backups import Fallback, Primary, Served, Target
    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.errors import Unavailable
    from atlas.project import Project
    from atlas.wire.contract import RepositoryType
    from atlas.wire.reference import Reference

T = TypeVar("T")


def read_directory(text: str, context: Context, project: Project | None) -> tuple[Directory, Fallback | None]:
    """The directory at ``file://path`` or ``atlas://name``, and which backup answered, if one did.

    The sum of a directory that a backup gave was checked, that of any other is not.
    """
    from atlas.wiring import Effort, read_directory_url

    if not text.startswith("atlas:") or not backups_of(project).directories:
        return read_directory_url(text, lambda: registry_address(context, project)), None

    def ask() -> Directory:
        effort = Effort.BRIEF
        return read_directory_url(text, lambda: registry_address(context, project, effort), effort=effort)

    return _directory(text, context, project, ask)


def _directory(
    text: str, context: Context, project: Project | None, ask: Callable[[], Directory]
) -> tuple[Directory, Fallback | None]:
    from atlas.engine.backups import Primary, Served
    from atlas.engine.directory import from_entries
    from atlas.wire.contract import DIRECTORY
    from atlas.wire.reference import parse_reference

    primary = Primary(registry_name(context, project), ask)
    reader = _Reader(context, project, backups_of(project).directories)
    found, fallback = reader.read(primary, DIRECTORY, parse_reference(text))
    return (from_entries(found.entries) if isinstance(found, Served) else found), fallback


def pulled_state(
    text: str, variables: Mapping[str, str | list[str]], context: Context, project: Project | None
) -> tuple[DesiredState, Fallback | None]:
    """The state at ``atlas://name``: a schema of this name, or else a directory, for a slug may mean either.

    Returns also which backup answered, if one did.
    """
    from atlas.engine.backups import raising, schema_or_directory
    from atlas.engine.desired_state import DirectoryState, HclState
    from atlas.engine.directory import validate

    def schema() -> tuple[DesiredState, Fallback | None]:
        found, fallback = _schema_text(text, context, project)
        return HclState(((text, found),), variables, is_pushed=True), fallback

    def directory() -> tuple[DesiredState, Fallback | None]:
        return of_files(read_directory(text, context, project))

    def backed_up(outage: Unavailable) -> tuple[DesiredState, Fallback | None]:
        return of_files(_directory(text, context, project, raising(outage)))

    def of_files(read: tuple[Directory, Fallback | None]) -> tuple[DesiredState, Fallback | None]:
        validate(read[0])
        return DirectoryState(read[0]), read[1]

    if backups_of(project).schema_url:
        return schema()
    return schema_or_directory(schema, directory, backed_up if backups_of(project).directories else None)


def _schema_text(text: str, context: Context, project: Project | None) -> tuple[str, Fallback | None]:
    from atlas.engine.backups import Primary, Served, read_version
    from atlas.wire.contract import SCHEMA
    from atlas.wire.reference import parse_reference
    from atlas.wiring import Effort, open_backup, pull_schema

    reference, backups = parse_reference(text), backups_of(project)
    primary: Primary[str | Served]
    if backups.schema_url:
        storage = open_backup(backups.schema_url, backups.project)
        primary = Primary(storage.url, lambda: read_version(storage, SCHEMA, reference))
    elif backups.schemas:
        effort = Effort.BRIEF
        primary = Primary(
            registry_name(context, project),
            lambda: pull_schema(registry_address(context, project, effort), reference, effort).hcl,
        )
    else:
        return pull_schema(registry_address(context, project), reference).hcl, None
    found, fallback = _Reader(context, project, backups.schemas).read(primary, SCHEMA, reference)
    return (found.entries[0].content.decode() if isinstance(found, Served) else found), fallback


class _Reader:
    """Reads with a list of backups, and tells a person when one answered."""

    def __init__(self, context: Context, project: Project | None, urls: Sequence[str]) -> None:
        from atlas.wiring import open_backups_later

        self._context = context
        self._backups: tuple[Callable[[], Target], ...] = open_backups_later(
            urls, backups_of(project).project
        )

    def read(
        self, primary: Primary[T], type_: RepositoryType, reference: Reference
    ) -> tuple[T | Served, Fallback | None]:
        from atlas.engine.backups import read_or_fall_back
        from atlas.wiring import SystemClock

        asked = spared(primary, self._context)
        found, fallback = read_or_fall_back(asked, self._backups, type_, reference)
        if fallback:
            self._context.err(fallback.told(SystemClock().now()))
        return found, fallback


def registry_name(context: Context, project: Project | None) -> str:
    """The address of the registry that is meant; raises ``LoginRequired`` where none is."""
    from atlas.wiring import resolve_registry

    return resolve_registry(project.cloud if project else None, context.environ, context.settings.home).url
