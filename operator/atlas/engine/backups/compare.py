"""What one index lacks of another: what a backup could not serve that somebody else can."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atlas.wire.digest import Digest
from atlas.wire.history import latest_of, latest_since

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.wire.index import RepositoryIndex

_SHOWN_DIGITS = 12


def lacks(ours: RepositoryIndex | None, theirs: RepositoryIndex) -> tuple[str, ...]:
    """What our index does not say as theirs does, which is right: versions by their content, tags, the latest, and plans.

    ``ours`` is None where there is no such repository. Ordinals and times do not matter. What we mark as missed by the
    registry is no lack: it is ahead.
    """
    return _lacks(ours, theirs, lambda _ours, _theirs: True)


def lags(ours: RepositoryIndex | None, theirs: RepositoryIndex) -> tuple[str, ...]:
    """As ``lacks``, of two that may both be behind: a tag counts where it was moved last."""
    return _lacks(ours, theirs, lambda mine, other: other > mine)


_Move: TypeAlias = "tuple[str, Digest]"
"""When a tag was moved, and to what: of two moves at one time, all sides choose the same."""


def _lacks(
    ours: RepositoryIndex | None, theirs: RepositoryIndex, is_news: Callable[[_Move, _Move], bool]
) -> tuple[str, ...]:
    if ours is None:
        return ("the whole repository",) if theirs.versions else ()
    return (*_versions(ours, theirs), *_tags(ours, theirs, is_news), *_plans(ours, theirs))


def _versions(ours: RepositoryIndex, theirs: RepositoryIndex) -> Iterator[str]:
    known = {version.digest for version in ours.versions}
    for version in {each.digest: each for each in theirs.versions}.values():
        if version.digest not in known:
            yield f"version {version.name} ({_short(version.digest)})"


def _tags(
    ours: RepositoryIndex, theirs: RepositoryIndex, is_news: Callable[[_Move, _Move], bool]
) -> Iterator[str]:
    marked = {mark.tag for mark in ours.unsynced}
    for name in theirs.tags:
        held, wanted = _move(ours, name), _move(theirs, name)
        if not held[1]:
            yield f'tag "{name}"'
        elif name not in marked and held[1] != wanted[1] and is_news(held, wanted):
            yield f'tag "{name}" at {_short(wanted[1])}: it is at {_short(held[1])} here'
    is_ahead = bool(ours.versions) and latest_of(ours).ordinal in {mark.ordinal for mark in ours.unsynced}
    if ours.versions and theirs.versions and "" not in marked and not is_ahead:
        held, wanted = _latest_move(ours), _latest_move(theirs)
        known = any(each.digest == wanted[1] for each in ours.versions)
        if known and held[1] != wanted[1] and is_news(held, wanted):
            yield f"the latest at {_short(wanted[1])}: it is at {_short(held[1])} here"


def _move(index: RepositoryIndex, name: str) -> _Move:
    tag = index.tags.get(name)
    return (tag.moved_at, index.versions[tag.ordinal - 1].digest) if tag else ("", Digest(""))


def _latest_move(index: RepositoryIndex) -> _Move:
    return latest_since(index), latest_of(index).digest


def _plans(ours: RepositoryIndex, theirs: RepositoryIndex) -> Iterator[str]:
    known = {plan.name: plan for plan in ours.plans}
    for plan in theirs.plans:
        held = known.get(plan.name)
        if held is None:
            yield f'plan "{plan.name}"'
        elif held.digest != plan.digest:
            yield f'plan "{plan.name}" as it is there: another one has its name here'
        elif held.status != plan.status and plan.name not in ours.unsynced_plans:
            yield f'plan "{plan.name}" as {plan.status}: it is {held.status} here'


def _short(digest: Digest) -> str:
    return digest[: len("sha256:") + _SHOWN_DIGITS]
