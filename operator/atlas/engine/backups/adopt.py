"""What the registry has, taken over by a backup: its whole history as it is, and what only the backup has behind it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.backups.compare import lacks
from atlas.engine.backups.fallback import index_of
from atlas.engine.backups.resync import merged
from atlas.engine.backups.whole import Way, copy_repository
from atlas.errors import AtlasError, NotFound, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.engine.backups.target import Pace, Target
    from atlas.wire.index import RepositoryIndex
    from atlas.wire.layout import RepositoryKey


class Adopted(NamedTuple):
    """What a backup took over of one repository: what it lacked, what was damaged, which plans went, and what failed."""

    repository: RepositoryKey
    brought: tuple[str, ...] = ()
    mended: int = 0
    removed: tuple[str, ...] = ()
    error: str = ""

    @property
    def is_news(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.brought or self.mended or self.removed or self.error)


def adopt(registry: Target, target: Target, keys: Iterable[RepositoryKey], pace: Pace) -> Iterator[Adopted]:
    """Have ``target`` hold what ``registry``, which is only read, has of ``keys``. Idempotent.

    What is damaged in the backup and whole in the registry is mended.
    """
    with ThreadPoolExecutor(
        1, thread_name_prefix="adopt"
    ) as pool:  # a registry gives out a version at a time
        way = Way(registry, target, adopted, pace, pool, proves=True)
        for key in keys:
            try:
                yield _adopted(way, key)
            except AtlasError as error:
                yield Adopted(key, error=str(error))


def _adopted(way: Way, key: RepositoryKey) -> Adopted:
    before, theirs = found_index(way.target, key), index_of(way.source, key)
    copied = copy_repository(way, key)
    if copied.error:
        return Adopted(key, mended=copied.mended, error=copied.error)
    after = index_of(way.target, key)
    gone = {plan.name for plan in before.plans} - {plan.name for plan in after.plans} if before else set()
    return Adopted(key, lacks(before, theirs), copied.mended, tuple(sorted(gone)))


def found_index(target: Target, key: RepositoryKey) -> RepositoryIndex | None:
    """The index of a repository, None where there is none; raises as ``index_of`` otherwise."""
    try:
        return index_of(target, key)
    except NotFound:
        return None


def adopted(held: RepositoryIndex | None, registry: RepositoryIndex) -> RepositoryIndex:
    """The index of a backup as the registry says: its versions, ordinals, tags, times and plans.

    What only the backup has stays: versions of other content (behind those of the registry), tags of names that the registry
    does not know, and what is marked as missed by it. A plan without a mark that the registry does not have was removed
    there, and goes. Raises ``Rejected`` where the two are of different drivers.
    """
    if held is None:
        return replace(registry, id=0)
    if held.driver != registry.driver:
        raise Rejected(
            f'"{held.key.slug}" has driver {held.driver} in the backup and {registry.driver} in the registry: they are not the '
            "same repository"
        )
    marked = {mark.tag for mark in held.unsynced}
    known = {plan.name for plan in registry.plans}
    besides = replace(
        held,
        tags={name: tag for name, tag in held.tags.items() if name in marked or name not in registry.tags},
        latest=held.latest if "" in marked else None,
        plans=tuple(
            plan for plan in held.plans if plan.name in held.unsynced_plans and plan.name not in known
        ),
        unsynced_plans=tuple(name for name in held.unsynced_plans if name not in known),
    )
    found = merged(registry, besides)
    behind = found.versions[len(registry.versions) :]
    return replace(found, id=held.id, versions=(*registry.versions, *behind))  # with the registry's times
