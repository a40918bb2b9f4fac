"""The index of one repository: its versions, tags and plans.

The index is the truth about a repository; the registry's SQL tables can be rebuilt from it. How a push changes
it is decided in ``history``, and how it is written in ``index_file``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.wire.contract import PlanStatus
    from atlas.wire.digest import Digest
    from atlas.wire.layout import RepositoryKey


TagPolicy = Literal["movable", "write-once"]


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One immutable state.

    ``name`` is what ``?version=`` matches: the version of the last file of a directory, or the ``--version`` a
    schema was pushed with. Times are RFC 3339 in UTC.
    """

    ordinal: int
    digest: Digest
    name: str
    created_at: str
    size_bytes: int
    file_count: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class TagRecord:
    """Which version (by ordinal) a tag points to, and since when."""

    ordinal: int
    moved_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """A plan of a schema; its file is found by ``digest``, the SHA-256 of its bytes.

    ``number`` is that of the plan's page, unique in its repository for ever. Times are RFC 3339 in UTC, those of an
    approval are '' while there is none; actors are names of tokens.
    """

    number: int
    name: str
    status: PlanStatus
    current_hash: str
    desired_hash: str
    digest: Digest
    created_at: str
    created_by: str
    approved_at: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class UnsyncedPush:
    """A push that a backup took and the registry did not: the version by its ordinal, and the tag, '' without one.

    ``over`` is the digest of what the tag (or the latest) meant before, '' for nothing: while the registry still says
    that, nobody else has moved it.
    """

    ordinal: int
    tag: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class RepositoryIndex:
    """A repository. ``versions`` are in order of their ordinals, which start at 1 and have no gaps.

    ``latest`` is the ordinal of the last untagged push, None where there was none; ``latest_moved_at`` is when that was,
    '' in indexes of earlier versions. ``id`` is the number in the
    registry's URLs, 0 where no registry has given one (a backup). ``plans`` are in order of their numbers;
    ``plans_made`` counts also those that were removed. ``unsynced`` and ``unsynced_plans`` (by name) are what the
    registry did not take; its own index never has them.
    """

    key: RepositoryKey
    id: int
    title: str
    driver: str
    created_at: str
    description: str = ""
    tag_policy: TagPolicy = "movable"
    latest: int | None = None
    latest_moved_at: str = ""
    versions: tuple[VersionRecord, ...] = ()
    tags: Mapping[str, TagRecord] = field(default_factory=dict)
    plans: tuple[PlanRecord, ...] = ()
    plans_made: int = 0
    unsynced: tuple[UnsyncedPush, ...] = ()
    unsynced_plans: tuple[str, ...] = ()
