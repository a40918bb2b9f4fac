"""What only backups took, brought to the registry when it is back; its marks are cleared one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.engine.backups.fallback import index_of, proved_entries
from atlas.engine.backups.plans import BackedUpPlan, proved_plan
from atlas.engine.backups.resync import without_mark
from atlas.engine.backups.target import change_index
from atlas.errors import AtlasError, NotFound
from atlas.wire.reference import PlanReference, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.backups.target import Pace, Target
    from atlas.wire.archive import Entry
    from atlas.wire.digest import Digest
    from atlas.wire.index import RepositoryIndex, UnsyncedPush, VersionRecord
    from atlas.wire.layout import RepositoryKey


class RegistryOfPushes(Protocol):
    """The registry, as far as it is needed here."""

    def digest_of(self, key: RepositoryKey, reference: Reference) -> Digest:
        """The digest of what a reference means; raises ``NotFound``."""

    def push(
        self, index: RepositoryIndex, version: VersionRecord, tag: str, entries: tuple[Entry, ...]
    ) -> None:
        """Store a version under a tag, '' for none."""

    def push_plan(self, slug: str, plan: BackedUpPlan) -> None:
        """Store a plan of a schema."""


class Brought(NamedTuple):
    """A push, and why the registry does not have it, '' where it has now."""

    reference: Reference | PlanReference
    error: str


def bring_back(target: Target, registry: RegistryOfPushes, pace: Pace) -> Iterator[Brought]:
    """Push what is marked in the project of ``target``, oldest first. May be run again at any time.

    A tag that means something else in the registry, and a version that is not the latest any more, are left as they are.
    """
    for key in target.content.repositories():
        if key.project != target.project:
            continue
        index = index_of(target, key)
        for mark in sorted(index.unsynced, key=lambda each: each.ordinal):
            version = index.versions[mark.ordinal - 1]
            reference = Reference(key.slug, tag=mark.tag)
            try:
                error = _pushed(target, registry, index, mark)
            except AtlasError as refusal:
                error = str(refusal)
            if not error:
                _clear(target, index.key, mark, version.digest, pace)
            yield Brought(reference, error)
        yield from _plans(target, registry, index_of(target, key), pace)


def _plans(
    target: Target, registry: RegistryOfPushes, index: RepositoryIndex, pace: Pace
) -> Iterator[Brought]:
    for plan in index.plans:
        if plan.name not in index.unsynced_plans:
            continue
        error = ""
        try:
            registry.push_plan(index.key.slug, BackedUpPlan(proved_plan(target, index, plan), plan.status))
            change_index(target, index.key, partial(_without_plan_mark, name=plan.name), pace)
        except AtlasError as refusal:
            error = str(refusal)
        yield Brought(PlanReference(index.key.slug, plan.name), error)


def _without_plan_mark(index: RepositoryIndex | None, name: str) -> RepositoryIndex:
    if index is None:
        raise NotFound(f'the index with the plan "{name}" has gone')
    return replace(index, unsynced_plans=tuple(each for each in index.unsynced_plans if each != name))


def _pushed(target: Target, registry: RegistryOfPushes, index: RepositoryIndex, mark: UnsyncedPush) -> str:
    version = index.versions[mark.ordinal - 1]
    if not mark.tag and index.latest != mark.ordinal:
        return f"version {version.name} is not the latest any more: it stays in backups, and is served from there"
    try:
        held = registry.digest_of(index.key, Reference(index.key.slug, tag=mark.tag))
    except NotFound:
        held = None
    if held == version.digest:
        return ""
    if held and mark.tag:
        return f'the registry has other content under the tag "{mark.tag}": push under another one'
    registry.push(index, version, mark.tag, proved_entries(target, index, version))
    return ""


def _clear(target: Target, key: RepositoryKey, mark: UnsyncedPush, digest: Digest, pace: Pace) -> None:
    def cleared(index: RepositoryIndex | None) -> RepositoryIndex:
        if index is None:
            raise NotFound(f'the index of "{key.slug}" has gone')
        is_same = len(index.versions) >= mark.ordinal and index.versions[mark.ordinal - 1].digest == digest
        return without_mark(index, mark) if is_same else index

    change_index(target, key, cleared, pace)
