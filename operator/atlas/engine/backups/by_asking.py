"""A repository brought over from a registry that does not tell its history: what its tags mean, and its latest.

Content first, then the index, once, by compare-and-swap: a run that is cut off has brought content that nobody sees, or a
whole repository. What somebody pushed here since is not taken back unasked: a tag that is here and means otherwise moves
only to content that is new here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.engine.backups.target import change_index
from atlas.engine.directory import from_entries
from atlas.errors import Conflict, NotFound, SpecError
from atlas.wire.archive import SUM_FILE
from atlas.wire.contract import DIRECTORY
from atlas.wire.history import Push, latest_of, record_push
from atlas.wire.index import RepositoryIndex
from atlas.wire.reference import LATEST, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from atlas.engine.backups.target import Pace, Target
    from atlas.wire.archive import Entry
    from atlas.wire.contract import RepositoryType
    from atlas.wire.index import VersionRecord
    from atlas.wire.layout import RepositoryKey


class Asked(Protocol):
    """A registry that says what a tag means; ``client.any_make`` has one."""

    def entries(self, type_: RepositoryType, slug: str, tag: str) -> tuple[Entry, ...]:
        """The files, '' for the latest; raises ``NotFound``."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask for. ``tags`` are asked in their order, before the latest; ``driver`` '' leaves it to what is here.

    With ``moves_tags`` a tag that is here and means otherwise always follows.
    """

    key: RepositoryKey
    tags: tuple[str, ...]
    title: str = ""
    driver: str = ""
    moves_tags: bool = False


class Came(NamedTuple):
    """What became of a repository.

    ``versions`` is how many it has here, ``brought`` how many of them are new; ``tags`` what was there (with ``latest``),
    ``moved`` those of them that mean something else here now, ``missing`` what was not there, ``stayed`` what is
    here and means otherwise, and ``error`` why nothing came.
    """

    repository: RepositoryKey
    versions: int = 0
    brought: int = 0
    tags: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    error: str = ""


def bring_by_asking(
    source: Asked, target: Target, wanted: Wanted, pace: Pace, now: Callable[[], datetime]
) -> Came:
    """Ask for each tag and for the latest, and store them. Idempotent: what is here already is not written again.

    Raises ``AtlasError`` where one of them cannot be had though it is there; then nothing of the repository has changed.
    """
    key = wanted.key
    loaded = target.content.load_index(key)
    held = loaded.index if loaded else None
    pushes, missing = _pushes(source, target, wanted, held, now)
    if not pushes:
        return Came(key, versions=len(held.versions) if held else 0, missing=missing)
    new = RepositoryIndex(
        key=key,
        id=0,
        title=wanted.title or title_of(key.slug),
        driver=wanted.driver,
        created_at=pushes[0].at,
    )
    news = _News(held or new, moves_tags=wanted.moves_tags)

    def change(index: RepositoryIndex | None) -> RepositoryIndex:
        nonlocal news
        _check_driver(wanted, index)  # it may have been made by somebody else meanwhile
        news = _News(index or new, moves_tags=wanted.moves_tags)
        for push in pushes:
            news.take(push)
        return news.index

    there = change_index(target, key, change, pace)
    return Came(
        key,
        versions=len(there.versions),
        brought=len(there.versions) - news.versions_before,
        tags=tuple(push.tag or LATEST for push in pushes),
        moved=tuple(news.moved),
        missing=missing,
        stayed=tuple(news.stayed),
    )


class _News:
    """An index that takes pushes, and remembers what they changed."""

    def __init__(self, index: RepositoryIndex, *, moves_tags: bool) -> None:
        self.index = index
        self.versions_before = len(index.versions)
        self.moved: list[str] = []
        self.stayed: list[str] = []
        self._known = set() if moves_tags else {version.digest for version in index.versions}

    def take(self, push: Push) -> None:
        meant = _meant(self.index, push.tag)
        if meant and meant.digest == push.digest:
            return
        if meant and push.digest in self._known:
            self.stayed.append(push.tag or LATEST)
            return
        try:
            self.index = record_push(self.index, push).index
        except Conflict:  # write-once
            self.stayed.append(push.tag or LATEST)
            return
        self.moved.append(push.tag or LATEST)


def _meant(index: RepositoryIndex, tag: str) -> VersionRecord | None:
    if tag:
        held = index.tags.get(tag)
        return index.versions[held.ordinal - 1] if held else None
    return None if index.latest is None else latest_of(index)


def _check_driver(wanted: Wanted, held: RepositoryIndex | None) -> None:
    slug = wanted.key.slug
    if held is None and not wanted.driver:
        raise SpecError(f'the registry does not say which driver "{slug}" is for: give it by --driver')
    if held and wanted.driver and held.driver != wanted.driver:
        raise Conflict(
            f'"{slug}" has driver {wanted.driver} there and {held.driver} here: nothing of it was brought'
        )


def _pushes(
    source: Asked,
    target: Target,
    wanted: Wanted,
    held: RepositoryIndex | None,
    now: Callable[[], datetime],
) -> tuple[list[Push], tuple[str, ...]]:
    """What was there, its content stored, and what was not."""
    key = wanted.key
    pushes: list[Push] = []
    missing: list[str] = []
    for tag in (*wanted.tags, ""):
        try:
            entries = source.entries(key.type, key.slug, tag)
        except NotFound:
            missing.append(tag or LATEST)
            continue
        if not pushes:
            _check_driver(wanted, held)
        moment = now()
        push = Push(
            digest=target.content.put_version(key, entries),
            name=_name(key.type, entries, moment),
            at=moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            size_bytes=sum(len(entry.content) for entry in entries),
            file_count=sum(entry.name != SUM_FILE for entry in entries),
            tag=tag,
        )
        pushes.append(push)
    return pushes, tuple(missing)


def _name(type_: RepositoryType, entries: Sequence[Entry], moment: datetime) -> str:
    """As a push names it: the version of the last file of a directory, the time for a schema."""
    if type_ == DIRECTORY:
        return from_entries(entries).files[-1].version
    return moment.strftime("%Y%m%d%H%M%S")
