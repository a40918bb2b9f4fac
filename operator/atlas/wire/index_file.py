"""The index of a repository as the JSON text of ``index.json``, which a person can read and mend."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from atlas.errors import SpecError
from atlas.wire.bounded_json import MARKS, loads
from atlas.wire.contract import APPROVED, DIRECTORY, PENDING, SCHEMA
from atlas.wire.digest import Digest, is_digest
from atlas.wire.index import PlanRecord, RepositoryIndex, TagRecord, UnsyncedPush, VersionRecord
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from atlas.wire.contract import RepositoryType

FORMAT = 1
_MARKS = 8 * MARKS  # a version has 26 of them: 300,000 versions


def encode_index(index: RepositoryIndex) -> bytes:
    """The JSON text of ``index.json``: indented, keys in a fixed order, for people and for diffs."""
    document: dict[str, object] = {
        "format": FORMAT,
        "project": index.key.project,
        "type": index.key.type,
        "slug": index.key.slug,
        "id": index.id,
        "title": index.title,
        "driver": index.driver,
        "description": index.description,
        "createdAt": index.created_at,
        "tagPolicy": index.tag_policy,
        "latest": index.latest,
        **({"latestMovedAt": index.latest_moved_at} if index.latest_moved_at else {}),
        "tags": {
            name: {"ordinal": tag.ordinal, "movedAt": tag.moved_at}
            for name, tag in sorted(index.tags.items())
        },
        "versions": [_encode_version(version) for version in index.versions],
    }
    if index.plans_made:
        document["plansMade"] = index.plans_made
        document["plans"] = [_encode_plan(plan) for plan in index.plans]
    if index.unsynced:
        document["unsynced"] = [_encode_mark(push) for push in index.unsynced]
    if index.unsynced_plans:
        document["unsyncedPlans"] = list(index.unsynced_plans)
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _encode_mark(push: UnsyncedPush) -> dict[str, object]:
    mark: dict[str, object] = {"ordinal": push.ordinal, "tag": push.tag}
    return mark | {"over": push.over} if push.over else mark


def decode_index(data: bytes) -> RepositoryIndex:
    """The inverse of ``encode_index``; keys it does not know are ignored.

    Raises ``SpecError`` for a text that is no index, or one of a later format.
    """
    try:
        document = loads(data, marks=_MARKS)
        if document["format"] != FORMAT:
            raise SpecError(f"the index has format {document['format']!r:.40}: this version reads {FORMAT}")
        if b"\\u" in data:  # half of a surrogate pair is a string to JSON, and no text
            json.dumps(document, ensure_ascii=False).encode()
        return _whole(_decode(document))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        # NB: what is no text has all of it in its own words, and it may be anybody's.
        why = error.reason if isinstance(error, UnicodeDecodeError | UnicodeEncodeError) else repr(error)
        raise SpecError(f"the index of a repository cannot be read: {why}") from error


def _whole(index: RepositoryIndex) -> RepositoryIndex:
    """The index, if what it says agrees with itself: whoever reads it finds versions by their ordinals.

    Raises:
        ValueError: It names a version that it does not have, or something that is no digest or time.
    """
    count = len(index.versions)
    if [version.ordinal for version in index.versions] != list(range(1, count + 1)):
        raise ValueError("the ordinals of its versions have gaps")
    named = [tag.ordinal for tag in index.tags.values()] + [push.ordinal for push in index.unsynced]
    if not all(
        1 <= ordinal <= count for ordinal in (*named, *([] if index.latest is None else [index.latest]))
    ):
        raise ValueError("it names a version that it does not have")
    records: list[VersionRecord | PlanRecord] = [*index.versions, *index.plans]
    for record in records:
        if not is_digest(record.digest):
            raise ValueError("a version or plan has no digest")
        datetime.fromisoformat(record.created_at).astimezone(UTC)
    return index


def _encode_version(version: VersionRecord) -> dict[str, object]:
    return {
        "ordinal": version.ordinal,
        "digest": version.digest,
        "name": version.name,
        "createdAt": version.created_at,
        "size": version.size_bytes,
        "files": version.file_count,
        "description": version.description,
    }


def _decode(document: dict[str, Any]) -> RepositoryIndex:
    tags = {
        name: TagRecord(int(tag["ordinal"]), str(tag["movedAt"])) for name, tag in document["tags"].items()
    }
    latest = document["latest"]
    return RepositoryIndex(
        key=RepositoryKey(str(document["project"]), _decode_type(document["type"]), str(document["slug"])),
        id=int(document["id"]),
        title=str(document["title"]),
        driver=str(document["driver"]),
        created_at=str(document["createdAt"]),
        description=str(document.get("description", "")),
        tag_policy="write-once" if document.get("tagPolicy") == "write-once" else "movable",
        latest=None if latest is None else int(latest),
        latest_moved_at=str(document.get("latestMovedAt", "")),
        versions=tuple(_decode_version(version) for version in document["versions"]),
        tags=tags,
        plans=tuple(_decode_plan(plan) for plan in document.get("plans", ())),
        plans_made=int(document.get("plansMade", 0)),
        unsynced=tuple(
            UnsyncedPush(int(push["ordinal"]), str(push["tag"]), str(push.get("over", "")))
            for push in document.get("unsynced", ())
        ),
        unsynced_plans=tuple(str(name) for name in document.get("unsyncedPlans", ())),
    )


def _decode_type(text: object) -> RepositoryType:
    return SCHEMA if text == SCHEMA else DIRECTORY


def _decode_version(document: dict[str, Any]) -> VersionRecord:
    return VersionRecord(
        ordinal=int(document["ordinal"]),
        digest=Digest(str(document["digest"])),
        name=str(document["name"]),
        created_at=str(document["createdAt"]),
        size_bytes=int(document["size"]),
        file_count=int(document["files"]),
        description=str(document.get("description", "")),
    )


def _encode_plan(plan: PlanRecord) -> dict[str, object]:
    return {
        "number": plan.number,
        "name": plan.name,
        "status": plan.status,
        "from": plan.current_hash,
        "to": plan.desired_hash,
        "digest": plan.digest,
        "createdAt": plan.created_at,
        "createdBy": plan.created_by,
        "approvedAt": plan.approved_at,
        "approvedBy": plan.approved_by,
    }


def _decode_plan(document: dict[str, Any]) -> PlanRecord:
    return PlanRecord(
        number=int(document["number"]),
        name=str(document["name"]),
        status=APPROVED if document["status"] == APPROVED else PENDING,
        current_hash=str(document["from"]),
        desired_hash=str(document["to"]),
        digest=Digest(str(document["digest"])),
        created_at=str(document["createdAt"]),
        created_by=str(document["createdBy"]),
        approved_at=str(document["approvedAt"]),
        approved_by=str(document["approvedBy"]),
    )
