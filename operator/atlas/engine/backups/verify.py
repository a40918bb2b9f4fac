"""Proving a whole bucket: every index, version and plan, as a reader would on the bad day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.backups.fallback import index_of, proved_entries
from atlas.engine.backups.plans import proved_plan
from atlas.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.backups.target import Target
    from atlas.wire.index import RepositoryIndex
    from atlas.wire.layout import RepositoryKey


class Damage(NamedTuple):
    """A repository of which something cannot be served, and what."""

    repository: RepositoryKey
    text: str


class Verified(NamedTuple):
    """How much was looked at, and what is wrong with it."""

    repositories: int
    versions: int
    plans: int
    damages: tuple[Damage, ...]


def every(_key: RepositoryKey) -> bool:
    """All repositories are meant."""
    return True


def verify(target: Target, is_meant: Callable[[RepositoryKey], bool] = every) -> Verified:
    """Read everything in the bucket that is meant, of whatever project. Raises ``Unavailable`` where it cannot be listed."""
    damages: list[Damage] = []
    repositories = versions = plans = 0
    for key in filter(is_meant, target.content.repositories()):
        repositories += 1
        try:
            index = index_of(target, key)
        except AtlasError as error:
            damages.append(Damage(key, str(error)))
            continue
        versions, plans = versions + len(index.versions), plans + len(index.plans)
        damages += [Damage(key, text) for text in _damages(target, index)]
    return Verified(repositories, versions, plans, tuple(damages))


def _damages(target: Target, index: RepositoryIndex) -> Iterator[str]:
    for version in index.versions:
        try:
            proved_entries(target, index, version)
        except AtlasError as error:
            yield str(error)
    for plan in index.plans:
        try:
            proved_plan(target, index, plan)
        except AtlasError as error:
            yield str(error)
