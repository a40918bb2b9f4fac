"""A registry as a bucket that can be read: its repositories in the published layout, under the name that backups use.

What copies and compares buckets copies and compares registries by it. Nothing can be put into it: pushes are how a
registry changes.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from atlas.client.paging import asked
from atlas.client.plans import pull_plan
from atlas.client.pull import pull_directory
from atlas.client.repos import all_repositories
from atlas.client.schemas import pull_schema
from atlas.engine.plan_file import print_plan_file
from atlas.errors import NotFound, SpecError, Unavailable, Unsupported
from atlas.wire.archive import Entry
from atlas.wire.bucket import Stored
from atlas.wire.content_store import digest_of_plan
from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.digest import Digest, digest_of_manifest, file_records, manifest_bytes
from atlas.wire.index_file import decode_index, encode_index
from atlas.wire.layout import (
    INDEX_NAME,
    LAYOUT,
    LAYOUT_NAME,
    SCHEMA_FILE,
    RepositoryKey,
    index_key,
    manifest_key,
    repository_of_folder,
)
from atlas.wire.operations import REPO_INDEX
from atlas.wire.reference import PlanReference, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.client.transport import Transport
    from atlas.wire.index import RepositoryIndex


class RegistryBucket:
    """The registry of ``transport``, whose one project is called ``project`` here. Safe to use from threads.

    Every method raises ``RegistryError`` where the registry refuses, ``Unavailable`` in an outage, and ``Unsupported`` where
    it does not tell its history.
    """

    def __init__(self, transport: Transport, project: str) -> None:
        self._transport = transport
        self._project = project
        self._lock = threading.Lock()
        self._pulled: tuple[RepositoryKey, Digest, tuple[Entry, ...]] | None = None

    def list(self, prefix: str) -> Iterator[str]:
        """The keys of all indexes; content is found by them."""
        listed = all_repositories(self._transport)
        known = [each for each in listed if each.type in {DIRECTORY, SCHEMA}]
        found = [RepositoryKey(self._project, each.type, each.slug) for each in known]
        return iter(sorted(key for key in map(index_key, found) if key.startswith(prefix)))

    def get(self, key: str) -> Stored:
        """The object; raises ``NotFound``."""
        if key == LAYOUT_NAME:
            return Stored(LAYOUT, "")
        repository, rest = repository_of_folder(key)
        if repository is None or repository.project != self._project:
            raise NotFound(f'object "{key}" not found')
        match rest:
            case [name] if name == INDEX_NAME:
                return Stored(encode_index(self._index(repository)), "")
            case ["manifests", name]:
                digest = Digest(f"sha256:{name.removesuffix('.json')}")
                return Stored(manifest_bytes(file_records(self._entries(repository, digest))), "")
            case ["versions", digits, name]:
                files = dict(self._entries(repository, Digest(f"sha256:{digits}")))
                if name in files:
                    return Stored(files[name], "")
            case ["plans", name]:
                return Stored(self._plan(repository, Digest(f"sha256:{name.removesuffix('.plan.hcl')}")), "")
        raise NotFound(f'object "{key}" not found')

    def head(self, key: str) -> str:
        """As ``get``: there are no etags here."""
        return self.get(key).etag

    def put_if_absent(self, key: str, _data: bytes) -> NoReturn:
        """Refused."""
        self._refuse(key)

    def put_if_unchanged(self, key: str, _data: bytes, *, etag: str) -> NoReturn:
        """Refused."""
        self._refuse(f"{key}{etag}")

    def delete(self, key: str) -> NoReturn:
        """Refused."""
        self._refuse(key)

    def _refuse(self, key: str) -> NoReturn:
        raise Unsupported(
            f'"{key}" cannot be written in the registry at {self._transport.address.url}: push to it'
        )

    def _index(self, key: RepositoryKey) -> RepositoryIndex:
        wanted = {"type": key.type, "slug": key.slug}
        answer = asked(self._transport, REPO_INDEX, wanted)
        try:
            index = decode_index(str(answer.get("index") or "").encode())
        except SpecError as error:
            raise Unavailable(f"the registry's answer is damaged: {error}") from error
        return replace(index, key=key, id=0)

    def _entries(self, key: RepositoryKey, digest: Digest) -> tuple[Entry, ...]:
        """The files of a version, the last one of which is remembered: it is asked for file by file."""
        with self._lock:
            if self._pulled and self._pulled[:2] == (key, digest):
                return self._pulled[2]
            entries = self._asked(key, Reference(key.slug, version=digest))
            found = digest_of_manifest(manifest_bytes(file_records(entries)))
            if found != digest:
                raise Unavailable(f"{manifest_key(key, digest)}: the registry answers with version {found}")
            self._pulled = (key, digest, entries)
            return entries

    def _asked(self, key: RepositoryKey, reference: Reference) -> tuple[Entry, ...]:
        if key.type == DIRECTORY:
            return pull_directory(self._transport, reference).entries
        return (Entry(SCHEMA_FILE, pull_schema(self._transport, reference).hcl.encode()),)

    def _plan(self, key: RepositoryKey, digest: Digest) -> bytes:
        names = [plan.name for plan in self._index(key).plans if plan.digest == digest]
        if key.type != SCHEMA or not names:
            raise NotFound(f'plan {digest} of "{key.slug}" not found')
        stored = pull_plan(self._transport, PlanReference(key.slug, names[0]))
        text = print_plan_file(stored.file).encode()
        if digest_of_plan(text) != digest:
            raise Unavailable(f'plan "{names[0]}" of "{key.slug}" is not what its digest {digest} says')
        return text
