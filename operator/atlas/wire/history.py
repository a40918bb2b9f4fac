"""How a push changes a repository's index, and which version an address means.

The registry and every backup decide by these functions, so both give the same answer to the same address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound
from atlas.wire.contract import SCHEMA
from atlas.wire.digest import is_digest
from atlas.wire.index import RepositoryIndex, TagRecord, VersionRecord
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.wire.digest import Digest
    from atlas.wire.reference import Reference

_NEAREST = 3
_COMPARED = 1_000  # an error must not cost more than an answer
_COMPARED_CHARS = 100


@dataclass(frozen=True, slots=True)
class Push:
    """Content that arrives: ``tag`` is empty for an untagged push, ``at`` is RFC 3339 in UTC.

    ``is_name_chosen`` says that a person gave the name, of a schema's version.
    """

    digest: Digest
    name: str
    at: str
    size_bytes: int
    file_count: int
    tag: str = ""
    description: str = ""
    is_name_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """The index after a push, the version it means, and the ordinal a moved tag pointed to before (or None)."""

    index: RepositoryIndex
    version: VersionRecord
    moved_from: int | None = None


def record_push(index: RepositoryIndex, push: Push) -> Recorded:
    """Apply one push to an index.

    An untagged push moves latest, and makes a version unless the content equals the latest or the newest one; a
    tagged push makes a version only of content the repository does not hold, and moves the tag. The tag
    ``latest`` is no tag. Raises ``Conflict`` where a write-once tag points elsewhere, or the name of a schema's
    version is one of other content.
    """
    if index.key.type == SCHEMA:
        push = _with_free_name(index, push)
    if push.tag in {"", LATEST}:
        return _record_untagged(index, push)
    known = _newest(index, push.digest)
    index, version = (index, known) if known else _append(index, push)
    held = index.tags.get(push.tag)
    if held and held.ordinal == version.ordinal:
        return Recorded(index, version)
    if held and index.tag_policy == "write-once":
        raise Conflict(
            f'tag "{push.tag}" of "{index.key.slug}" is write-once and points to version {held.ordinal}: '
            "push under another tag"
        )
    tags = {**index.tags, push.tag: TagRecord(version.ordinal, push.at)}
    return Recorded(replace(index, tags=tags), version, held.ordinal if held else None)


def resolve(index: RepositoryIndex, reference: Reference) -> VersionRecord:
    """The version that an address means; raises ``NotFound`` naming the three nearest tags or versions."""
    if reference.tag and reference.tag != LATEST:
        return _tagged(index, reference.tag)
    if reference.version:
        return _named(index, reference.version)
    if not index.versions:
        raise NotFound(f'"{index.key.slug}" is empty: not found')
    return latest_of(index)


def latest_of(index: RepositoryIndex) -> VersionRecord:
    """The version of the last untagged push, or the newest where there was none; the index must hold one."""
    return newest_of(index.versions) if index.latest is None else index.versions[index.latest - 1]


def newest_of(versions: Iterable[VersionRecord]) -> VersionRecord:
    """The version that was pushed last; there must be one.

    NB: not the one with the highest ordinal: a backup is given later what it missed. Of two at one time all backups choose
    the same.
    """
    return max(versions, key=lambda version: (version.created_at, version.digest, version.ordinal))


def latest_since(index: RepositoryIndex) -> str:
    """When the version that ``latest_of`` gives became the latest; '' where there is none."""
    if not index.versions:
        return ""
    return (index.latest is not None and index.latest_moved_at) or latest_of(index).created_at


def _record_untagged(index: RepositoryIndex, push: Push) -> Recorded:
    for candidate in (latest_of(index), newest_of(index.versions)) if index.versions else ():
        if candidate.digest == push.digest:
            if candidate.ordinal == index.latest:
                return Recorded(index, candidate, index.latest)
            moved = replace(index, latest=candidate.ordinal, latest_moved_at=push.at)
            return Recorded(moved, candidate, index.latest)
    appended, version = _append(index, push)
    moved = replace(appended, latest=version.ordinal, latest_moved_at=push.at)
    return Recorded(moved, version, index.latest)


def _with_free_name(index: RepositoryIndex, push: Push) -> Push:
    """Whoever follows a name expects the bytes it had; a name made of the time gives way."""
    if all(version.name != push.name or version.digest == push.digest for version in index.versions):
        return push
    if not push.is_name_chosen:
        return replace(push, name=f"{push.name}-{len(index.versions) + 1}")
    raise Conflict(
        f'version "{push.name}" of "{index.key.slug}" exists and holds other content: versions do not change, '
        "push under another --version"
    )


def _append(index: RepositoryIndex, push: Push) -> tuple[RepositoryIndex, VersionRecord]:
    version = VersionRecord(
        ordinal=len(index.versions) + 1,
        digest=push.digest,
        name=push.name,
        created_at=push.at,
        size_bytes=push.size_bytes,
        file_count=push.file_count,
        description=push.description,
    )
    return replace(index, versions=(*index.versions, version)), version


def _newest(index: RepositoryIndex, digest: Digest) -> VersionRecord | None:
    return next((version for version in reversed(index.versions) if version.digest == digest), None)


def _tagged(index: RepositoryIndex, tag: str) -> VersionRecord:
    held = index.tags.get(tag)
    if held is None:
        raise NotFound(f'tag "{tag}" of "{index.key.slug}" not found{_nearest(tag, index.tags)}')
    return index.versions[held.ordinal - 1]


def _named(index: RepositoryIndex, name: str) -> VersionRecord:
    found = [version for version in index.versions if name and name in {version.name, version.digest}]
    if found:
        return newest_of(found)
    known = [version.digest if is_digest(name) else version.name for version in index.versions]
    raise NotFound(f'version "{name}" of "{index.key.slug}" not found{_nearest(name, known)}')


def _nearest(wanted: str, known: Iterable[str]) -> str:
    import difflib

    newest = list(dict.fromkeys(known))[-_COMPARED:]
    nearest = difflib.get_close_matches(wanted[:_COMPARED_CHARS], newest, n=_NEAREST, cutoff=0.0)
    return f"; the nearest are {', '.join(nearest)}" if nearest else ""
