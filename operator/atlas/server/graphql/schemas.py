"""Schemas on the wire: ``schemaState`` and ``pushSchema``. A version of a schema is one HCL text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.errors import Rejected
from atlas.server.graphql.inputs import FILE_LIMIT, input_of, needed, text
from atlas.server.store.creating import NewRepository
from atlas.server.store.pushing import Content, push
from atlas.server.store.reading import entries_of, find_version, index_of, moved_at
from atlas.wire.archive import Entry
from atlas.wire.contract import SCHEMA, driver_name, wire_driver
from atlas.wire.digest import digest_of
from atlas.wire.layout import SCHEMA_FILE
from atlas.wire.reference import LATEST, Reference, checked_tag, checked_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.reading import FoundVersion
    from atlas.server.store.registry import Principal, Registry


def schema_state(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The text of one version of a schema."""
    fields = input_of(arguments)
    reference = Reference(needed(fields, "slug", "name"), text(fields, "tag"), text(fields, "version"))
    found = find_version(registry, principal, reference, type_=SCHEMA)
    return {
        "hcl": lambda: hcl_of(registry, found),
        "digest": found.record.digest,
        "version": found.record.name,
        "tag": reference.tag or LATEST,
        "movedAt": moved_at(registry, found, reference),
        "driver": wire_driver(found.repository.driver),
    }


def push_schema(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A push. Content that the repository holds makes no new version; the answer names the one it is."""
    fields = input_of(arguments)
    entries = [Entry(SCHEMA_FILE, _hcl(fields, registry.limits.total_bytes))]
    tag = checked_tag(text(fields, "tag"))
    version = checked_version(text(fields, "version"))
    content = Content(
        entries=entries,
        name=version or registry.clock().strftime("%Y%m%d%H%M%S"),
        is_name_chosen=bool(version),
        tag="" if tag == LATEST else tag,
        description=text(fields, "description"),
    )
    new = NewRepository(SCHEMA, needed(fields, "slug", "name"), driver_name(text(fields, "driver")))
    repository = push(registry, principal, new, content)
    index, digest = index_of(registry, repository), digest_of(entries)
    return {
        "link": registry.link(SCHEMA, repository.id),
        "slug": repository.slug,
        "url": str(Reference(repository.slug, tag=content.tag)),
        "version": next(v.name for v in reversed(index.versions) if v.digest == digest),
        "digest": digest,
    }


def hcl_of(registry: Registry, found: FoundVersion) -> str:
    """The text of a version."""
    [entry] = entries_of(registry, found)
    return entry.content.decode()


def _hcl(fields: Mapping[str, Any], limit_bytes: int) -> bytes:
    content = needed(fields, "hcl", most=FILE_LIMIT).encode()
    if len(content) > limit_bytes:
        raise Rejected(f"the schema is larger than {limit_bytes} bytes")
    return content
