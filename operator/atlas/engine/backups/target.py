"""One backup, and how its indexes are changed by several writers at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import Conflict, Unavailable
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.wire.content_store import BucketContent, LoadedIndex
    from atlas.wire.contract import RepositoryType
    from atlas.wire.index import RepositoryIndex

T = TypeVar("T")

_WRITERS = 200  # a loser of a race has lost to somebody who got on: this many pushes at once all get through
_RACE_PAUSE_S = 0.005
_RACE_PAUSE_LIMIT_S = 0.5
_TRIES = 3
_OUTAGE_PAUSE_S = 0.5


@dataclass(frozen=True, slots=True)
class Pace:
    """How to wait: ``wait`` sleeps for seconds, ``chance`` is a number from 0 to 1."""

    wait: Callable[[float], object]
    chance: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Target:
    """A bucket that backs up a registry, or stands in its place.

    ``url`` is what people are shown, without credentials; ``project`` the folder in which repositories lie.
    """

    url: str
    project: str
    content: BucketContent

    def key(self, type_: RepositoryType, slug: str) -> RepositoryKey:
        """The repository of a name."""
        return RepositoryKey(self.project, type_, slug)


@dataclass(frozen=True, slots=True)
class Seen:
    """The index of a repository as it was found a moment ago, None where there was none."""

    loaded: LoadedIndex | None


def change_index(
    target: Target,
    key: RepositoryKey,
    change: Callable[[RepositoryIndex | None], RepositoryIndex],
    pace: Pace,
    *,
    seen: Seen | None = None,
) -> RepositoryIndex:
    """Change the index of a repository by compare-and-swap; ``change`` is given None where there is none.

    ``change`` may be called many times, each time with what others left there. ``seen`` is what was there a moment ago, and
    spares the first look. Nothing is written where it changes
    nothing. Raises ``Unavailable`` where others change it all the time, and whatever ``change`` raises.
    """
    for attempt in range(_WRITERS):
        loaded = seen.loaded if seen and attempt == 0 else target.content.load_index(key)
        changed = change(loaded.index if loaded else None)
        if loaded and changed == loaded.index:
            return changed
        if loaded is None:
            target.content.prepare()
        try:
            target.content.save_index(changed, replacing=loaded)
        except Conflict:
            pace.wait(pace.chance() * min(_RACE_PAUSE_LIMIT_S, _RACE_PAUSE_S * 2 ** min(attempt, 10)))
            continue
        return changed
    raise Unavailable(
        f'{target.url}: the index of "{key.slug}" was changed by others {_WRITERS} times: try again'
    )


def retried(attempt: Callable[[], T], pace: Pace) -> T:
    """What ``attempt`` returns, which is tried again after an outage and may be called twice."""
    for count in range(1, _TRIES):
        try:
            return attempt()
        except Unavailable:
            pace.wait(_OUTAGE_PAUSE_S * 2 ** (count - 1) * (0.5 + pace.chance()))
    return attempt()
