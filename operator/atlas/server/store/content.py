"""The content store: versions, manifests and indexes of repositories in a bucket, in the published layout.

Content is immutable and checked against its hashes whenever it is read from the bucket.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound, Unavailable
from atlas.server.store.database import IndexMovedError
from atlas.wire.archive import Entry, pack
from atlas.wire.digest import Digest, digest_of_manifest, file_records, manifest_bytes, parse_manifest
from atlas.wire.index import RepositoryIndex, decode_index, encode_index
from atlas.wire.layout import (
    INDEX_NAME,
    LAYOUT,
    LAYOUT_NAME,
    RepositoryKey,
    file_key,
    index_key,
    manifest_key,
    plan_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.wire.bucket import Bucket
    from atlas.wire.digest import FileRecord

_PARALLEL = 8
_CACHE_BYTES = 128 * 1024 * 1024
_CACHED_INDEXES = 512


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """An index and the etag to save it with."""

    index: RepositoryIndex
    etag: str


class ContentStore:
    """The bucket of one registry."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._pool = ThreadPoolExecutor(_PARALLEL, thread_name_prefix="content")
        self._archives = _ArchiveCache(_CACHE_BYTES)
        self._indexes: OrderedDict[RepositoryKey, LoadedIndex] = OrderedDict()
        self._lock = threading.Lock()

    def put_version(self, key: RepositoryKey, entries: Sequence[Entry]) -> Digest:
        """Store the files of a version, then its manifest; what is there already is left alone."""
        manifest = manifest_bytes(file_records(entries))
        digest = digest_of_manifest(manifest)
        with suppress(NotFound):
            self._bucket.head(manifest_key(key, digest))
            return digest
        for _ in self._pool.map(lambda entry: self._put_file(key, digest, entry), entries):
            pass
        with suppress(Conflict):
            self._bucket.put_if_absent(manifest_key(key, digest), manifest)
        return digest

    def entries(self, key: RepositoryKey, digest: Digest) -> tuple[Entry, ...]:
        """The files of a version in their order, checked against its digest."""
        records = self.manifest(key, digest)
        return tuple(self._pool.map(lambda record: self._entry(key, digest, record), records))

    def manifest(self, key: RepositoryKey, digest: Digest) -> tuple[FileRecord, ...]:
        """The names, sizes and hashes of a version's files, in their order."""
        manifest = self._bucket.get(manifest_key(key, digest)).data
        if digest_of_manifest(manifest) != digest:
            raise Unavailable(f'the manifest of version {digest} of "{key.slug}" is damaged')
        return parse_manifest(manifest)

    def archive(self, key: RepositoryKey, digest: Digest) -> bytes:
        """The files of a version as an archive."""
        cached = self._archives.get(digest)
        if cached is None:
            cached = pack(self.entries(key, digest))
            self._archives.put(digest, cached)
        return cached

    def put_plan(self, key: RepositoryKey, text: bytes) -> Digest:
        """Store the file of a plan; what is there already is left alone."""
        digest = Digest(f"sha256:{hashlib.sha256(text).hexdigest()}")
        with suppress(Conflict):
            self._bucket.put_if_absent(plan_key(key, digest), text)
        return digest

    def plan(self, key: RepositoryKey, digest: Digest) -> bytes:
        """The file of a plan, checked against its digest."""
        text = self._bucket.get(plan_key(key, digest)).data
        if digest != f"sha256:{hashlib.sha256(text).hexdigest()}":
            raise Unavailable(f'plan {digest} of "{key.slug}" is damaged in the content store')
        return text

    def load_index(self, key: RepositoryKey) -> LoadedIndex | None:
        """The index of a repository, None where the bucket does not have it."""
        try:
            etag = self._bucket.head(index_key(key))
            with self._lock:
                cached = self._indexes.get(key)
            if cached and cached.etag == etag:
                return cached
            stored = self._bucket.get(index_key(key))
        except NotFound:
            return None
        loaded = LoadedIndex(decode_index(stored.data), stored.etag)
        self._remember(key, loaded)
        return loaded

    def known_index(self, key: RepositoryKey) -> LoadedIndex:
        """The index of a repository that was made; its absence is an outage (an unmounted folder), not emptiness."""
        loaded = self.load_index(key)
        if loaded is None:
            raise Unavailable(f'the content store has lost the index of "{key.slug}": is its folder mounted?')
        return loaded

    def save_index(self, index: RepositoryIndex, *, replacing: LoadedIndex | None) -> None:
        """Put an index in the place of the one it was made from; raises ``IndexMovedError`` if that is gone."""
        data, object_key = encode_index(index), index_key(index.key)
        try:
            if replacing is None:
                etag = self._bucket.put_if_absent(object_key, data)
            else:
                etag = self._bucket.put_if_unchanged(object_key, data, etag=replacing.etag)
        except Conflict as error:
            raise IndexMovedError from error
        self._remember(index.key, LoadedIndex(index, etag))

    def indexes(self) -> Iterator[RepositoryIndex]:
        """Every repository's index, read from the bucket."""
        for key in self._bucket.list(""):
            if key.endswith(f"/{INDEX_NAME}"):
                yield decode_index(self._bucket.get(key).data)

    def prepare(self) -> None:
        """Mark the bucket as a content store; to be called once before anything else."""
        with suppress(Conflict):
            self._bucket.put_if_absent(LAYOUT_NAME, LAYOUT)

    def check(self) -> None:
        """Raise ``Unavailable`` where the bucket cannot be reached, or is not the one that was prepared."""
        try:
            self._bucket.head(LAYOUT_NAME)
        except NotFound as error:
            raise Unavailable("the content store is gone: is its folder mounted?") from error

    def close(self) -> None:
        """Wait for writes under way."""
        self._pool.shutdown()

    def _put_file(self, key: RepositoryKey, digest: Digest, entry: Entry) -> None:
        with suppress(Conflict):
            self._bucket.put_if_absent(file_key(key, digest, entry.name), entry.content)

    def _entry(self, key: RepositoryKey, digest: Digest, record: FileRecord) -> Entry:
        entry = Entry(record.name, self._bucket.get(file_key(key, digest, record.name)).data)
        if file_records([entry]) != (record,):
            raise Unavailable(
                f'"{record.name}" of version {digest} of "{key.slug}" is damaged in the content store'
            )
        return entry

    def _remember(self, key: RepositoryKey, loaded: LoadedIndex) -> None:
        with self._lock:
            self._indexes[key] = loaded
            self._indexes.move_to_end(key)
            while len(self._indexes) > _CACHED_INDEXES:
                self._indexes.popitem(last=False)


class _ArchiveCache:
    """Archives by digest, the least recently read dropped first. Equal digests are equal bytes, whoever asks."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._archives: OrderedDict[Digest, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: Digest) -> bytes | None:
        with self._lock:
            archive = self._archives.get(digest)
            if archive is not None:
                self._archives.move_to_end(digest)
            return archive

    def put(self, digest: Digest, archive: bytes) -> None:
        if len(archive) > self._limit_bytes // 4:  # one giant must not empty the cache
            return
        with self._lock:
            self._size_bytes += len(archive) - len(self._archives.pop(digest, b""))
            self._archives[digest] = archive
            while self._size_bytes > self._limit_bytes:
                self._size_bytes -= len(self._archives.popitem(last=False)[1])
