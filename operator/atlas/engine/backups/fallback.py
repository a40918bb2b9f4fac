"""Reading from the registry, and from its backups while it cannot be reached. Never because it says no.

Eligible is an outage: a name, connection or certificate that fails, a time limit, 408, 429 and 5xx after all retries, an
answer that is cut off, unreadable or not what its digest says; clients raise ``Unavailable`` for all of these and for
nothing else. One refusal is eligible too: "not found", for exactly what a backup marks as missed by the registry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from atlas.engine.directory import from_entries, validate
from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, NotFound, Unavailable
from atlas.wire.contract import DIRECTORY
from atlas.wire.history import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.backups.target import Target
    from atlas.wire.archive import Entry
    from atlas.wire.contract import RepositoryType
    from atlas.wire.digest import Digest
    from atlas.wire.index import RepositoryIndex, VersionRecord
    from atlas.wire.layout import RepositoryKey
    from atlas.wire.reference import Reference

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_LARGEST_COUNT = 2  # of a unit, below which the next smaller one is told


@dataclass(frozen=True, slots=True)
class Primary(Generic[T_co]):
    """The registry, or the storage in its place: what people call it, and one request to it."""

    name: str
    ask: Callable[[], T_co]


@dataclass(frozen=True, slots=True)
class Served:
    """A version as a backup has it, checked against its digest (and a directory against its ``atlas.sum``)."""

    entries: tuple[Entry, ...]
    version: VersionRecord
    driver: str
    ordinals: Mapping[Digest, int] = field(default_factory=dict)
    """The newest version of each content that this backup knows."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """Which backup answered in the place of the registry, how old its answer is, and why it was asked.

    ``is_missed`` where the registry did answer: that it does not have what only backups took.
    """

    source: str
    created_at: str
    reason: str
    is_missed: bool = False

    def age_s(self, now: datetime) -> float:
        """How long ago the version was pushed, in seconds; never below 0."""
        pushed = datetime.fromisoformat(self.created_at).astimezone(UTC)
        return max(0.0, (now - pushed).total_seconds())

    def told(self, now: datetime) -> str:
        """The line for a person."""
        return f"Served from {self.source} (age {_age_text(self.age_s(now))}), {self.reason}"


class NotBackedUp(Unavailable):
    """The registry cannot be asked, and every backup says that it never had this; ``outage`` is the former."""

    def __init__(self, message: str, outage: Unavailable) -> None:
        super().__init__(message)
        self.outage = outage


def is_eligible(error: Exception) -> bool:
    """Whether a backup may answer instead: an outage, not an answer."""
    return isinstance(error, Unavailable)


def read_or_fall_back(
    primary: Primary[T],
    backups: Sequence[Callable[[], Target]],
    type_: RepositoryType,
    reference: Reference,
    passed_over: Callable[[str, AtlasError], object] = lambda _url, _error: None,
) -> tuple[T | Served, Fallback | None]:
    """What the registry answers, else the first of ``backups`` (each opened when it is its turn) that can prove its own.

    ``passed_over`` is told of the backups that could not, where a later one did.

    Raises:
        RegistryError: The registry refuses, or cannot be reached and there are no backups.
        Unavailable: Nobody answers; the message names each source and why. ``NotBackedUp`` where no backup knows it.
    """
    try:
        return primary.ask(), None
    except NotFound as error:
        found = _missed_by_registry(backups, type_, reference)
        if found is None:
            raise
        served, url = found
        reason = f"the registry at {primary.name} does not have it yet: {mask_text(str(error))}"
        return served, Fallback(url, served.version.created_at, reason, is_missed=True)
    except Unavailable as outage:
        if not backups:
            raise
        served, url, failures = _from_backups(primary, outage, backups, type_, reference)
        for name, failure in failures:
            passed_over(name, failure)
        reason = f"the registry at {primary.name} did not answer: {mask_text(str(outage))}"
        return served, Fallback(url, served.version.created_at, reason)


def read_version(target: Target, type_: RepositoryType, reference: Reference) -> Served:
    """The version that ``reference`` means in one backup.

    Raises ``NotFound`` where it never had it, ``Unavailable`` where it cannot be reached or what it has is damaged.
    """
    index = index_of(target, target.key(type_, reference.slug))
    version = resolve(index, reference)
    return _served(target, index, version)


def _from_backups(
    primary: Primary[T],
    outage: Unavailable,
    backups: Sequence[Callable[[], Target]],
    type_: RepositoryType,
    reference: Reference,
) -> tuple[Served, str, Sequence[tuple[str, AtlasError]]]:
    failures: list[tuple[str, AtlasError]] = [(primary.name, outage)]
    is_absent = True
    for opened in backups:
        url = "a backup"
        try:
            target = opened()
            url = target.url
            return read_version(target, type_, reference), url, failures[1:]
        except AtlasError as error:
            failures.append((url, error))
            is_absent = is_absent and isinstance(error, NotFound)
    listed = "".join(f"\n  {name}: {mask_text(str(error))}" for name, error in failures)
    message = f'nobody can serve "{reference}":{listed}'
    raise NotBackedUp(message, outage) if is_absent else Unavailable(message)


def _missed_by_registry(
    backups: Sequence[Callable[[], Target]], type_: RepositoryType, reference: Reference
) -> tuple[Served, str] | None:
    for opened in backups:
        try:
            target = opened()
            index = index_of(target, target.key(type_, reference.slug))
            version = resolve(index, reference)
            if _is_unsynced(index, version, reference):
                return _served(target, index, version), target.url
        except AtlasError:  # the registry did answer: whatever is wrong with a backup is no news
            continue
    return None


def _served(target: Target, index: RepositoryIndex, version: VersionRecord) -> Served:
    ordinals = {each.digest: each.ordinal for each in index.versions}
    return Served(proved_entries(target, index, version), version, index.driver, ordinals)


def _is_unsynced(index: RepositoryIndex, version: VersionRecord, reference: Reference) -> bool:
    return any(
        push.ordinal == version.ordinal and (not reference.tag or push.tag == reference.tag)
        for push in index.unsynced
    )


def index_of(target: Target, key: RepositoryKey) -> RepositoryIndex:
    """The index of a repository of a backup, which is made sure to be that.

    Raises ``NotFound`` where it never had one, ``Unavailable`` where it cannot be reached or is damaged.
    """
    try:
        loaded = target.content.load_index(key)
    except Unavailable:
        raise
    except AtlasError as error:
        raise Unavailable(f"damaged: {error}") from error
    if loaded is None:
        raise NotFound(f'repository "{key.slug}" not found in project "{target.project}"')
    if loaded.index.key != key:
        raise Unavailable(f'damaged: the index of "{key.slug}" is that of {loaded.index.key}')
    return loaded.index


def proved_entries(target: Target, index: RepositoryIndex, version: VersionRecord) -> tuple[Entry, ...]:
    """The files of a version that an index names; raises ``Unavailable`` where they are damaged or gone."""
    try:
        entries = target.content.entries(index.key, version.digest)
        if index.key.type == DIRECTORY:
            validate(from_entries(entries))
        else:
            [entry] = entries
            entry.content.decode()
    except Unavailable:
        raise
    except (AtlasError, ValueError) as error:
        raise Unavailable(f'version {version.digest} of "{index.key.slug}" is damaged: {error}') from error
    return entries


def _age_text(seconds: float) -> str:
    for unit_s, name in ((_DAY_S, "d"), (_HOUR_S, "h"), (_MINUTE_S, "min")):
        if seconds >= _LARGEST_COUNT * unit_s:
            return f"{seconds // unit_s:.0f} {name}"
    return f"{seconds:.0f} s"
