"""A repository copied whole from one bucket to another, as it is: ordinals, tags, times and plans.

Content first, each version read back, the index last: a copy that is cut off is a copy of less, and the next run brings
the rest. ``resync`` brings two sides together that each know something; here one side is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from atlas.engine.backups.fallback import index_of, proved_entries
from atlas.engine.backups.resync import merged
from atlas.engine.backups.target import Pace, Target, change_index, retried
from atlas.errors import AtlasError, Conflict, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor

    from atlas.wire.archive import Entry
    from atlas.wire.digest import Digest
    from atlas.wire.index import PlanRecord, RepositoryIndex, VersionRecord
    from atlas.wire.layout import RepositoryKey

T = TypeVar("T")

_RACES = 20  # somebody pushes all the time: what is there by then is whole, and the next run brings the rest


class News(Enum):
    """What became of one version or plan."""

    NONE = "was there"
    BROUGHT = "brought"
    MENDED = "mended"


class Copied(NamedTuple):
    """A repository, how many versions and plans it has, how many were brought and mended, and what stands in the way."""

    repository: RepositoryKey
    versions: int = 0
    plans: int = 0
    brought: int = 0
    plans_brought: int = 0
    mended: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """From where to where, and how.

    ``agree`` is given the index that is there, if any, and the one that comes; it returns what is to be there. With
    ``proves`` what was brought by earlier runs is read back too, and mended. ``pool`` runs copies at once.
    """

    source: Target
    target: Target
    agree: Callable[[RepositoryIndex | None, RepositoryIndex], RepositoryIndex]
    pace: Pace
    pool: Executor
    proves: bool = False


@dataclass(frozen=True, slots=True)
class _Piece(Generic[T]):
    """The content of a version or plan: read it there, put and prove it here. ``is_known`` says that an index names it."""

    is_known: bool
    read: Callable[[], T]
    put: Callable[[T], object]
    prove: Callable[[], object]


def copy_repository(way: Way, key: RepositoryKey) -> Copied:
    """Bring what the target lacks of one repository. Idempotent; what cannot be brought is in ``error``."""
    total = Copied(key)
    for race in range(1, _RACES + 1):
        try:
            copied, is_settled = _copied(way, key)
        except Conflict as error:  # it may have been pushed to both while we read
            if race > 1:
                return total._replace(error=str(error))
            continue
        except AtlasError as error:
            return total._replace(error=str(error))
        total = copied._replace(
            brought=total.brought + copied.brought,
            plans_brought=total.plans_brought + copied.plans_brought,
            mended=total.mended + copied.mended,
        )
        if is_settled:
            break
    return total


def as_in_the_registry(held: RepositoryIndex | None, registry: RepositoryIndex) -> RepositoryIndex:
    """The index of a backup of a registry: the registry's own, with the pushes that only the backup took.

    Raises ``Conflict`` where the backup holds what the registry never had, or has lost: nobody would find it any more.
    """
    if held is None:
        return registry
    marked = {push.ordinal for push in held.unsynced}
    known = {version.digest for version in registry.versions}
    for version in held.versions:
        if version.digest not in known and version.ordinal not in marked:
            raise Conflict(
                f'the backup holds version {version.ordinal} ({version.digest}) of "{held.key.slug}", which this registry '
                "does not have: bring it back by 'atlas backup restore', or back up to another place"
            )
    missing = [push for push in held.unsynced if not _has(registry, held, push.ordinal, push.tag)]
    unsynced_plans = [
        plan
        for plan in held.plans
        if plan.name in held.unsynced_plans and plan.digest not in {one.digest for one in registry.plans}
    ]
    if not missing and not unsynced_plans:
        return registry
    names = {push.tag for push in missing}
    besides = replace(
        held,
        tags={name: tag for name, tag in held.tags.items() if name in names},
        latest=held.latest if "" in names else None,
        unsynced=tuple(missing),
        plans=tuple(unsynced_plans),
        unsynced_plans=tuple(plan.name for plan in unsynced_plans),
    )
    return merged(registry, besides)


def as_in_the_backup(held: RepositoryIndex | None, backup: RepositoryIndex) -> RepositoryIndex:
    """The index of a registry that is made of a backup: the backup's own; what the registry has besides stays."""
    if held is None:
        return backup
    if held.versions == backup.versions[: len(held.versions)] and not held.unsynced:
        return replace(merged(backup, held), id=held.id or backup.id)
    return merged(held, backup)


def _has(registry: RepositoryIndex, held: RepositoryIndex, ordinal: int, tag: str) -> bool:
    digest = held.versions[ordinal - 1].digest
    if tag:
        there = registry.tags.get(tag)
        return there is not None and registry.versions[there.ordinal - 1].digest == digest
    return any(version.digest == digest for version in registry.versions)


def _copied(way: Way, key: RepositoryKey) -> tuple[Copied, bool]:
    """One pass, and whether the source is still as it was when that began."""
    theirs, held = _read(way.source, key), _held(way.target, key)
    way.agree(held, theirs)  # refuses before anything is copied
    news = _all(way, [_version(way, theirs, held, digest) for digest in _digests(theirs.versions)])
    plan_news = _all(way, [_plan(way, key, held, digest) for digest in _digests(theirs.plans)])
    there = change_index(way.target, key, lambda index: way.agree(index, theirs), way.pace)
    copied = Copied(
        key,
        versions=len(there.versions),
        plans=len(there.plans),
        brought=news.count(News.BROUGHT),
        plans_brought=plan_news.count(News.BROUGHT),
        mended=news.count(News.MENDED) + plan_news.count(News.MENDED),
    )
    return copied, _read(way.source, key) == theirs


def _digests(records: Iterable[VersionRecord | PlanRecord]) -> dict[Digest, None]:
    """Each content once, in order: a state that came back has one digest and several ordinals."""
    return dict.fromkeys(record.digest for record in records)


def _version(
    way: Way, theirs: RepositoryIndex, held: RepositoryIndex | None, digest: Digest
) -> _Piece[tuple[Entry, ...]]:
    key, content = theirs.key, way.target.content
    version = next(one for one in theirs.versions if one.digest == digest)
    return _Piece(
        is_known=held is not None and any(one.digest == digest for one in held.versions),
        read=lambda: proved_entries(way.source, theirs, version),
        put=lambda entries: content.mend_version(key, entries),
        prove=lambda: proved_entries(way.target, theirs, version),
    )


def _plan(way: Way, key: RepositoryKey, held: RepositoryIndex | None, digest: Digest) -> _Piece[bytes]:
    content = way.target.content
    return _Piece(
        is_known=held is not None and any(one.digest == digest for one in held.plans),
        read=lambda: way.source.content.plan(key, digest),
        put=lambda text: content.put_plan(key, text),
        prove=lambda: content.plan(key, digest),
    )


def _all(way: Way, pieces: Sequence[_Piece[T]]) -> list[News]:
    return list(way.pool.map(lambda piece: _bring(way, piece), pieces))


def _bring(way: Way, piece: _Piece[T]) -> News:
    """Bring one content and read it back; what lies there and cannot be proved is put anew."""
    if piece.is_known and (not way.proves or _is_whole(piece.prove)):
        return News.NONE
    content = _of(way.source, piece.read)
    _of(way.target, lambda: retried(lambda: piece.put(content), way.pace))
    _of(way.target, piece.prove)
    return News.MENDED if piece.is_known else News.BROUGHT


def _is_whole(read: Callable[[], object]) -> bool:
    """Whether something can be proved; an outage is told when it is put again."""
    try:
        read()
    except (Unavailable, NotFound):
        return False
    return True


def _of(side: Target, step: Callable[[], T]) -> T:
    """Do a step; its error says at which side it happened."""
    try:
        return step()
    except Unavailable as error:
        raise Unavailable(f"{side.url}: {str(error).removeprefix(f'{side.url}: ')}") from error
    except NotFound as error:
        raise Unavailable(f"{side.url}: {error}") from error


def _read(source: Target, key: RepositoryKey) -> RepositoryIndex:
    return _of(source, lambda: index_of(source, key))


def _held(target: Target, key: RepositoryKey) -> RepositoryIndex | None:
    try:
        return index_of(target, key)
    except NotFound:
        return None
