"""Two buckets that hold the same repositories, brought to hold the same: content both ways, then the indexes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.backups.fallback import index_of, proved_entries
from atlas.engine.backups.plans import proved_plan
from atlas.engine.backups.target import change_index
from atlas.engine.backups.verify import every
from atlas.engine.plan_file import print_plan_file
from atlas.errors import AtlasError, NotFound, Unavailable
from atlas.wire.contract import APPROVED
from atlas.wire.history import latest_since
from atlas.wire.index import RepositoryIndex, TagRecord, UnsyncedPush

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.backups.target import Pace, Target
    from atlas.wire.digest import Digest
    from atlas.wire.index import PlanRecord, VersionRecord
    from atlas.wire.layout import RepositoryKey


class Resynced(NamedTuple):
    """A repository, how many versions were brought to each of the two, and what stands in the way of the rest."""

    repository: RepositoryKey
    to_first: int = 0
    to_second: int = 0
    error: str = ""


def resync(
    first: Target, second: Target, pace: Pace, is_meant: Callable[[RepositoryKey], bool] = every
) -> Iterator[Resynced]:
    """Bring two buckets to hold the same, and mend in one what is damaged there and whole in the other. Idempotent.

    Only of repositories that are meant. Raises ``Unavailable`` where one of them cannot be listed.
    """
    for key in filter(is_meant, sorted({*first.content.repositories(), *second.content.repositories()})):
        try:
            to_second = _copy(first, second, key, pace)
            yield Resynced(key, _copy(second, first, key, pace), to_second)
        except AtlasError as error:
            yield Resynced(key, error=str(error))


def bring(source: Target, target: Target, pace: Pace) -> Iterator[Resynced]:
    """Bring to ``target`` what it lacks or has damaged, and nothing back. Idempotent."""
    for key in source.content.repositories():
        try:
            yield Resynced(key, to_second=_copy(source, target, key, pace))
        except AtlasError as error:
            yield Resynced(key, error=str(error))


def merged(ours: RepositoryIndex, theirs: RepositoryIndex) -> RepositoryIndex:
    """Our index with what theirs has besides: versions of unknown content, tags that moved later, plans of new names.

    Content decides what is the same version, so nothing is ever renamed over other bytes; of a write-once tag the first move
    counts. Whoever is merged with whom in whatever order, all come to mean the same. A mark for a tag that was moved since is dropped: nobody will ask for what it meant.
    """
    grown = replace(
        ours,
        tag_policy="write-once" if "write-once" in {ours.tag_policy, theirs.tag_policy} else "movable",
        versions=(*_since_first(ours, theirs), *_fresh(ours, theirs)),
    )
    ordinals = {version.digest: version.ordinal for version in grown.versions}

    def here(ordinal: int) -> int:
        return ordinals[theirs.versions[ordinal - 1].digest]

    tags = dict(ours.tags)
    for name, tag in theirs.tags.items():
        held = tags.get(name)
        is_later = held is None or _moved(theirs, tag) > _moved(ours, held)
        is_same = held is not None and _moved(theirs, tag) == _moved(ours, held)
        if held is None or (not is_same and is_later == (grown.tag_policy == "movable")):
            tags[name] = TagRecord(here(tag.ordinal), tag.moved_at)
    latest, latest_moved_at = _latest(ours, theirs, here(theirs.latest) if theirs.latest else None)
    brought = (UnsyncedPush(here(each.ordinal), each.tag, each.over) for each in theirs.unsynced)
    marks = {(each.tag, grown.versions[each.ordinal - 1].digest): each for each in (*brought, *ours.unsynced)}
    meant = {name: grown.versions[tag.ordinal - 1].digest for name, tag in tags.items()}
    return replace(
        _with_plans(grown, theirs),
        tags=tags,
        latest=latest,
        latest_moved_at=latest_moved_at,
        unsynced=tuple(
            sorted(
                (mark for (tag, digest), mark in marks.items() if not tag or meant.get(tag) == digest),
                key=lambda mark: mark.ordinal,
            )
        ),
        unsynced_plans=tuple(dict.fromkeys((*ours.unsynced_plans, *theirs.unsynced_plans))),
    )


def without_mark(index: RepositoryIndex, mark: UnsyncedPush) -> RepositoryIndex:
    """The index once the registry has taken that push."""
    return replace(index, unsynced=tuple(each for each in index.unsynced if each != mark))


def _copy(source: Target, target: Target, key: RepositoryKey, pace: Pace) -> int:
    """Bring to ``target`` what it lacks or has damaged; returns how many versions that were."""
    theirs, ours = _found(source, key), _found(target, key)
    if theirs is None:
        return 0
    known = {version.digest for version in ours.versions} if ours else set()
    brought = 0
    for version in {version.digest: version for version in theirs.versions}.values():
        if version.digest in known and (ours is None or _is_whole(target, ours, version)):
            continue
        if version.digest in known and not _is_whole(source, theirs, version):
            continue  # damaged here and there, or only here: the way back mends it if it can be
        entries = proved_entries(source, theirs, version)
        target.content.mend_version(key, entries)
        brought += 1
    for plan in theirs.plans:
        target.content.put_plan(key, print_plan_file(proved_plan(source, theirs, plan)).encode())
    empty = RepositoryIndex(
        key=key,
        id=0,
        title=theirs.title,
        driver=theirs.driver,
        created_at=theirs.created_at,
        description=theirs.description,
        tag_policy=theirs.tag_policy,
    )
    change_index(target, key, lambda index: merged(index or empty, theirs), pace)
    return brought


def _found(target: Target, key: RepositoryKey) -> RepositoryIndex | None:
    try:
        return index_of(target, key)
    except NotFound:
        return None


def _is_whole(target: Target, index: RepositoryIndex, version: VersionRecord) -> bool:
    try:
        proved_entries(target, index, version)
    except Unavailable:
        return False
    return True


def _moved(index: RepositoryIndex, tag: TagRecord) -> tuple[str, str]:
    """When a tag moved; of two moves at one time, both sides choose the same."""
    return tag.moved_at, index.versions[tag.ordinal - 1].digest


def _since_first(ours: RepositoryIndex, theirs: RepositoryIndex) -> Iterator[VersionRecord]:
    """Our versions, each with the time of the first push of it; a state that came back has several, which stay."""
    counts = Counter(version.digest for version in (*ours.versions, *theirs.versions))
    times = {version.digest: version.created_at for version in theirs.versions}
    here = Counter(version.digest for version in ours.versions)
    for version in ours.versions:
        time = times.get(version.digest, version.created_at)
        is_once = here[version.digest] == 1 and counts[version.digest] == 2  # noqa: PLR2004 - once on each side
        yield replace(version, created_at=time) if is_once and time < version.created_at else version


def _fresh(ours: RepositoryIndex, theirs: RepositoryIndex) -> Iterator[VersionRecord]:
    known: set[Digest] = {version.digest for version in ours.versions}
    names = {version.name for version in ours.versions}
    ordinal = len(ours.versions)
    for version in theirs.versions:
        if version.digest in known:
            continue
        ordinal += 1
        name = (
            f"{version.name}-{ordinal}"
            if version.name in names and ours.key.type == "SCHEMA"
            else version.name
        )
        known.add(version.digest)
        names.add(name)
        yield replace(version, ordinal=ordinal, name=name)


def _latest(ours: RepositoryIndex, theirs: RepositoryIndex, of_theirs: int | None) -> tuple[int | None, str]:
    """The latest of both, and since when; of two at one time, both sides choose the same."""
    if of_theirs is None or theirs.latest is None:
        return ours.latest, ours.latest_moved_at
    other = (latest_since(theirs), theirs.versions[theirs.latest - 1].digest)
    if ours.latest is not None and (latest_since(ours), ours.versions[ours.latest - 1].digest) >= other:
        return ours.latest, ours.latest_moved_at
    return of_theirs, other[0]


def _with_plans(index: RepositoryIndex, theirs: RepositoryIndex) -> RepositoryIndex:
    plans = {plan.name: plan for plan in index.plans}
    made = index.plans_made
    for plan in theirs.plans:
        held = plans.get(plan.name)
        if held is None:
            made += 1
            plans[plan.name] = replace(plan, number=made)
        elif _is_news(held, plan):
            plans[plan.name] = replace(plan, number=held.number)
    ordered = tuple(sorted(plans.values(), key=lambda plan: plan.number))
    return replace(index, plans=ordered, plans_made=made)


def _is_news(held: PlanRecord, plan: PlanRecord) -> bool:
    return held.digest == plan.digest and held.status != APPROVED and plan.status == APPROVED
