"""What only backups took, brought to the registry when it is back; its marks are cleared one by one.

Of two pushes under one tag the later one wins, here and there, as it would have with a registry that was never out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.engine.backups.fallback import index_of, proved_entries
from atlas.engine.backups.plans import BackedUpPlan, proved_plan
from atlas.engine.backups.resync import merged, without_mark
from atlas.engine.backups.target import change_index
from atlas.engine.backups.verify import every
from atlas.errors import AtlasError, NotFound, Unavailable
from atlas.wire.archive import SUM_FILE
from atlas.wire.history import latest_of, latest_since
from atlas.wire.index import RepositoryIndex, TagRecord, VersionRecord
from atlas.wire.reference import PlanReference, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.backups.target import Pace, Target
    from atlas.wire.archive import Entry
    from atlas.wire.digest import Digest
    from atlas.wire.index import UnsyncedPush
    from atlas.wire.layout import RepositoryKey


class Held(NamedTuple):
    """What the registry has at a reference, and since when; ``moved_at`` is '' where it does not say."""

    digest: Digest
    entries: tuple[Entry, ...]
    name: str
    moved_at: str


class RegistryOfPushes(Protocol):
    """The registry, as far as it is needed here."""

    def held(self, key: RepositoryKey, reference: Reference) -> Held:
        """What a reference means; raises ``NotFound``."""

    def push(
        self, index: RepositoryIndex, version: VersionRecord, tag: str, entries: tuple[Entry, ...]
    ) -> None:
        """Store a version under a tag, '' for none."""

    def push_plan(self, slug: str, plan: BackedUpPlan) -> None:
        """Store a plan of a schema."""


class Brought(NamedTuple):
    """A push: why the registry does not have it (``error``), or why that is right (``note``), '' where it has now."""

    reference: Reference | PlanReference
    error: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A mark, the index that has it, and the version it is of."""

    target: Target
    index: RepositoryIndex
    mark: UnsyncedPush
    version: VersionRecord

    @property
    def reference(self) -> Reference:
        return Reference(self.index.key.slug, tag=self.mark.tag)

    @property
    def meant(self) -> Digest:
        """What its tag, or the latest, means in the backup now."""
        if not self.mark.tag:
            return latest_of(self.index).digest
        tag = self.index.tags.get(self.mark.tag)
        return self.index.versions[tag.ordinal - 1].digest if tag else self.version.digest

    @property
    def moved_at(self) -> str:
        tag = self.index.tags.get(self.mark.tag)
        return tag.moved_at if tag else latest_since(self.index)


def bring_back(
    target: Target,
    registry: RegistryOfPushes,
    pace: Pace,
    is_meant: Callable[[RepositoryKey], bool] = every,
) -> Iterator[Brought]:
    """Push what is marked in repositories of ``target``'s project that are meant, oldest first. May be run again at any time.

    What was pushed to the registry later under the same tag is brought here instead. A version without a tag that is not
    the latest any more is left: it is served from backups.
    """
    for key in target.content.repositories():
        if key.project != target.project or not is_meant(key):
            continue
        index = index_of(target, key)
        for mark in sorted(index.unsynced, key=lambda each: each.ordinal):
            marked = _Marked(target, index, mark, index.versions[mark.ordinal - 1])
            try:
                brought = _brought(marked, registry, pace)
            except AtlasError as refusal:
                brought = Brought(marked.reference, str(refusal))
            if brought:
                yield brought
        yield from _plans(target, registry, index_of(target, key), pace)


def _brought(marked: _Marked, registry: RegistryOfPushes, pace: Pace) -> Brought | None:
    """What became of a mark, None where it is moot."""
    if marked.meant != marked.version.digest:
        return _overtaken(marked, registry, pace)
    try:
        held = registry.held(marked.index.key, marked.reference)
    except NotFound:
        held = None
    if held and held.digest == marked.version.digest:
        _clear(marked, pace)
        return None
    if held is None or _is_ours_later(marked, held):
        entries = proved_entries(marked.target, marked.index, marked.version)
        registry.push(marked.index, marked.version, marked.mark.tag, entries)
        _clear(marked, pace)
        return Brought(marked.reference)
    if not held.moved_at:
        raise Unavailable(
            f'the registry has other content under the tag "{marked.mark.tag}": push under another one'
        )
    _take_over(marked, held, pace)
    return Brought(marked.reference, note="the registry has a later push there, which the backup has now too")


def _overtaken(marked: _Marked, registry: RegistryOfPushes, pace: Pace) -> Brought | None:
    """A mark whose tag was moved since, or whose version is not the latest any more."""
    if marked.mark.tag:
        _clear(marked, pace)
        return None
    key = marked.index.key
    try:
        registry.held(key, Reference(key.slug, version=marked.version.digest))
    except NotFound:
        note = "it is not the latest any more: it stays in backups, and is served from there"
        return Brought(Reference(key.slug, version=marked.version.name), note=note)
    _clear(marked, pace)
    return None


def _is_ours_later(marked: _Marked, held: Held) -> bool:
    """Whether nobody has moved the registry's tag since, whatever clocks say; or clocks say that ours is the later move."""
    if held.digest == marked.mark.over:
        return True
    return bool(held.moved_at) and (marked.moved_at, marked.version.digest) > (held.moved_at, held.digest)


def _take_over(marked: _Marked, held: Held, pace: Pace) -> None:
    key, tag = marked.index.key, marked.mark.tag
    version = VersionRecord(
        ordinal=1,
        digest=held.digest,
        name=held.name,
        created_at=held.moved_at,
        size_bytes=sum(len(entry.content) for entry in held.entries),
        file_count=sum(entry.name != SUM_FILE for entry in held.entries),
    )
    theirs = RepositoryIndex(
        key=key,
        id=0,
        title=marked.index.title,
        driver=marked.index.driver,
        created_at=marked.index.created_at,
        latest=None if tag else 1,
        latest_moved_at="" if tag else held.moved_at,
        versions=(version,),
        tags={tag: TagRecord(1, held.moved_at)} if tag else {},
    )
    marked.target.content.put_version(key, held.entries)
    change_index(marked.target, key, lambda index: merged(_existing(index, key), theirs), pace)


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


def _existing(index: RepositoryIndex | None, key: RepositoryKey) -> RepositoryIndex:
    if index is None:
        raise NotFound(f'the index of "{key.slug}" has gone')
    return index


def _clear(marked: _Marked, pace: Pace) -> None:
    mark, digest = marked.mark, marked.version.digest

    def cleared(found: RepositoryIndex | None) -> RepositoryIndex:
        index = _existing(found, marked.index.key)
        is_same = len(index.versions) >= mark.ordinal and index.versions[mark.ordinal - 1].digest == digest
        return without_mark(index, mark) if is_same else index

    change_index(marked.target, marked.index.key, cleared, pace)
