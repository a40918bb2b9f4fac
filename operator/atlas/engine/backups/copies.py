"""What is copied to backups: versions and plans. Content first, the index last, and marked where the registry missed it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from atlas.engine.backups.replicate import Copy
from atlas.engine.backups.target import Seen, change_index
from atlas.errors import NotFound, Rejected, SpecError
from atlas.wire.archive import SUM_FILE
from atlas.wire.content_store import digest_of_plan
from atlas.wire.contract import APPROVED, SCHEMA
from atlas.wire.digest import digest_of
from atlas.wire.history import Push, latest_of, latest_since, record_push
from atlas.wire.index import RepositoryIndex, TagRecord, UnsyncedPush
from atlas.wire.plans import NewPlan, find_plan, record_plan
from atlas.wire.reference import LATEST, title_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.backups.target import Pace, Target
    from atlas.engine.plan_file import PlanFile
    from atlas.wire.archive import Entry
    from atlas.wire.contract import PlanStatus, RepositoryType
    from atlas.wire.index import VersionRecord
    from atlas.wire.layout import RepositoryKey


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionToCopy:
    """A version of a repository.

    ``entries`` are in the order in which the registry keeps them. ``name`` is what ``?version=`` will match, ``at``
    RFC 3339 in UTC; ``driver`` may be empty for a repository that exists, ``tag`` for an untagged push.
    """

    type: RepositoryType
    slug: str
    driver: str
    entries: tuple[Entry, ...] = field(repr=False)
    name: str
    at: str
    tag: str = ""
    description: str = ""
    is_name_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PlanToCopy:
    """A plan of the schema ``slug``: its file, and what the index says of it."""

    slug: str
    text: bytes = field(repr=False)
    plan: NewPlan


def plan_to_copy(slug: str, file: PlanFile, status: PlanStatus, text: bytes, at: str) -> PlanToCopy:
    """What a backup is told of a plan; ``text`` is its file, ``at`` RFC 3339 in UTC."""
    new = NewPlan(
        name=file.name,
        status=status,
        current_hash=file.current_hash,
        desired_hash=file.desired_hash,
        digest=digest_of_plan(text),
        at=at,
        by="",
    )
    return PlanToCopy(slug, text, new)


def copy_of_version(version: VersionToCopy, pace: Pace, name_of: Callable[[Any], str] = lambda _: "") -> Copy:
    """How a version gets into a backup.

    ``name_of`` is the name that the registry's answer gives the version, '' for the one it has.
    """

    def stage(target: Target) -> Seen:
        key = target.key(version.type, version.slug)
        target.content.put_version(key, version.entries)
        return Seen(target.content.load_index(key))

    def record(target: Target, seen: Seen, answer: object | None) -> None:
        named = replace(version, name=(answer is not None and name_of(answer)) or version.name)
        _record_version(target, named, pace, is_synced=answer is not None, seen=seen)

    return Copy(stage, record)


def store_version(target: Target, version: VersionToCopy, pace: Pace) -> VersionRecord:
    """Store a version in a bucket that stands in the place of a registry; returns what it is there."""
    target.content.put_version(target.key(version.type, version.slug), version.entries)
    index = _record_version(target, version, pace, is_synced=True)
    digest = digest_of(version.entries)
    return next(each for each in reversed(index.versions) if each.digest == digest)


def copy_of_plan(plan: PlanToCopy, pace: Pace) -> Copy:
    """How a plan gets into a backup of its schema."""

    def stage(target: Target) -> Seen:
        key = target.key(SCHEMA, plan.slug)
        target.content.put_plan(key, plan.text)
        return Seen(target.content.load_index(key))

    def record(target: Target, seen: Seen, answer: object | None) -> None:
        key = target.key(SCHEMA, plan.slug)
        is_synced = answer is not None
        change_index(target, key, lambda index: _with_plan(index, plan, is_synced=is_synced), pace, seen=seen)

    return Copy(stage, record)


def _record_version(
    target: Target, version: VersionToCopy, pace: Pace, *, is_synced: bool, seen: Seen | None = None
) -> RepositoryIndex:
    key = target.key(version.type, version.slug)

    def change(index: RepositoryIndex | None) -> RepositoryIndex:
        return _with_version(key, index, version, is_synced=is_synced)

    return change_index(target, key, change, pace, seen=seen)


def _with_version(
    key: RepositoryKey, index: RepositoryIndex | None, version: VersionToCopy, *, is_synced: bool
) -> RepositoryIndex:
    before = index or _new_index(key, version)
    if version.driver and before.driver != version.driver:
        raise Rejected(
            f'repository "{version.slug}" has driver {before.driver} there, the push has {version.driver}: push to '
            "another name"
        )
    tag = "" if version.tag == LATEST else version.tag
    at = _after(version.at, _since(before, tag))
    recorded = record_push(
        before,
        Push(
            digest=digest_of(version.entries),
            name=version.name,
            at=at,
            size_bytes=sum(len(entry.content) for entry in version.entries),
            file_count=sum(entry.name != SUM_FILE for entry in version.entries),
            tag=tag,
            description=version.description,
            is_name_chosen=version.is_name_chosen,
        ),
    )
    return _marked(
        before, _as_of(recorded.index, tag, at), recorded.version.ordinal, tag, is_synced=is_synced
    )


def _marked(
    before: RepositoryIndex, pushed: RepositoryIndex, ordinal: int, tag: str, *, is_synced: bool
) -> RepositoryIndex:
    """The index with a mark for the push where the registry missed it, and without those that it makes moot.

    A mark gives way to a later push under its tag: nobody will ask for what that meant before.
    """
    over = "" if tag not in before.tags else before.versions[before.tags[tag].ordinal - 1].digest
    if not tag and before.versions:
        over = latest_of(before).digest
    moot = [each for each in before.unsynced if each.tag == tag and (tag or each.ordinal == ordinal)]
    others = tuple(each for each in before.unsynced if each not in moot)
    if is_synced:
        return replace(pushed, unsynced=others)
    first = next((each.over for each in before.unsynced if each.tag == tag), over)
    return replace(pushed, unsynced=(*others, UnsyncedPush(ordinal, tag, first)))


def _since(index: RepositoryIndex, tag: str) -> str:
    if tag:
        return index.tags[tag].moved_at if tag in index.tags else ""
    return latest_since(index) if index.latest is not None else ""


def _as_of(index: RepositoryIndex, tag: str, at: str) -> RepositoryIndex:
    """The index whose tag was moved at a time, also where it stays: of two moves the later push has to win."""
    if tag:
        return replace(index, tags={**index.tags, tag: TagRecord(index.tags[tag].ordinal, at)})
    return replace(index, latest_moved_at=at)


def _after(at: str, held: str) -> str:
    """``at``, or just after ``held`` where a clock that is behind says less: what comes later is later everywhere."""
    if held <= at:
        return at
    moment = datetime.fromisoformat(held).astimezone(UTC) + timedelta(microseconds=1)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _with_plan(index: RepositoryIndex | None, plan: PlanToCopy, *, is_synced: bool) -> RepositoryIndex:
    if index is None:
        raise NotFound(f"plans belong to a schema: run 'atlas schema push {plan.slug}' first")
    name = plan.plan.name
    held = find_plan(index, name)
    if not is_synced and held and held.status != plan.plan.status == APPROVED:
        raise Rejected(
            f'plan "{name}" of "{plan.slug}" is PENDING: the registry alone can approve it, and it cannot be asked'
        )
    others = tuple(each for each in index.unsynced_plans if each != name)
    return replace(record_plan(index, plan.plan), unsynced_plans=others if is_synced else (*others, name))


def _new_index(key: RepositoryKey, version: VersionToCopy) -> RepositoryIndex:
    if not version.driver:
        raise SpecError(
            f'repository "{key.slug}" is new there: say which driver it is for, for example by --dev-url'
        )
    return RepositoryIndex(
        key=key, id=0, title=title_of(key.slug), driver=version.driver, created_at=version.at
    )
