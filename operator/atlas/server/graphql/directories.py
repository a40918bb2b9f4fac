"""Migration directories on the wire: ``dirState``, ``dirs``, ``pushDir`` and ``diffSyncDir``."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from atlas.engine.directory import from_entries, to_entries, validate
from atlas.errors import ChecksumMismatch, NotFound
from atlas.server.graphql.inputs import archive, input_of, items, needed, text
from atlas.server.store.creating import NewRepository
from atlas.server.store.pushing import Content, push
from atlas.server.store.reading import FoundVersion, archive_of, entries_of, find_version, moved_at
from atlas.server.store.repositories import list_repositories
from atlas.wire.archive import SUM_FILE, Entry, unpack
from atlas.wire.contract import DIRECTORY, driver_name
from atlas.wire.reference import LATEST, Reference, checked_tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.engine.directory import Directory
    from atlas.server.store.registry import Principal, Registry


def dir_state(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The content of one version of a directory."""
    fields = input_of(arguments)
    reference = Reference(needed(fields, "slug", "name"), text(fields, "tag"), text(fields, "version"))
    found = find_version(registry, principal, reference, type_=DIRECTORY)
    return {
        "content": lambda: _encoded(registry, found),
        "digest": found.record.digest,
        "version": found.record.name,
        "tag": reference.tag or LATEST,
        "movedAt": moved_at(registry, found, reference),
    }


def dirs(registry: Registry, principal: Principal, _arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every directory of the project that holds a version, each with its latest content."""
    found, _ = list_repositories(registry, principal)
    listed = [repository for repository in found if repository.type == DIRECTORY]
    states = []
    for repository in listed:
        try:
            version = find_version(registry, principal, Reference(repository.slug), type_=DIRECTORY)
        except NotFound:
            continue  # created and never pushed to
        states.append(_listed(registry, version))
    return states


def push_dir(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A push with a tag: ``dir`` is the whole directory."""
    fields = input_of(arguments)
    new = _repository(fields)
    entries = unpack(archive(fields, "dir"), registry.limits)
    return _pushed(registry, principal, new, _content(entries, checked_tag(text(fields, "tag"))))


def diff_sync_dir(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A push without a tag: the whole directory in ``dir``, or ``add`` and ``delete`` to the latest content."""
    fields = input_of(arguments)
    new = _repository(fields)
    whole = archive(fields, "dir")
    entries = unpack(whole, registry.limits) if whole else _patched(registry, principal, fields)
    return _pushed(registry, principal, new, _content(entries, ""))


def _repository(fields: Mapping[str, Any]) -> NewRepository:
    return NewRepository(DIRECTORY, needed(fields, "slug", "name"), driver_name(text(fields, "driver")))


def _content(entries: Sequence[Entry], tag: str) -> Content:
    directory = _validated(entries)
    return Content(
        entries=[Entry(*entry) for entry in to_entries(directory)],
        name=directory.files[-1].version if directory.files else "",
        tag=tag,
    )


def _pushed(registry: Registry, principal: Principal, new: NewRepository, content: Content) -> dict[str, Any]:
    repository = push(registry, principal, new, content)
    return {"url": registry.link(DIRECTORY, repository.id), "slug": repository.slug}


def _validated(entries: Sequence[Entry]) -> Directory:
    directory = from_entries(entries)
    try:
        validate(directory)
    except ChecksumMismatch as error:
        if not error.detail:
            raise
        raise ChecksumMismatch(f"{error}: {error.detail}", detail=error.detail) from error
    return directory


def _patched(registry: Registry, principal: Principal, fields: Mapping[str, Any]) -> tuple[Entry, ...]:
    reference = Reference(needed(fields, "slug", "name"))
    found = find_version(registry, principal, reference, type_=DIRECTORY)
    files = dict(entries_of(registry, found))
    for name in items(fields, "delete"):
        files.pop(str(name), None)
    if added := archive(fields, "add"):
        files.update(unpack(added, registry.limits))
    ordered = sorted(files, key=lambda name: (name != SUM_FILE, name.encode()))
    return tuple(Entry(name, files[name]) for name in ordered)


def _listed(registry: Registry, found: FoundVersion) -> dict[str, Any]:
    return {
        "name": found.repository.title,
        "slug": found.repository.slug,
        "content": lambda: _encoded(registry, found),
    }


def _encoded(registry: Registry, found: FoundVersion) -> str:
    return b64encode(archive_of(registry, found)).decode()
