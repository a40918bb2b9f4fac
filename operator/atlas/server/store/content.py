"""The content store: what a bucket holds (``wire.content_store``), remembered as long as it cannot have changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound, SpecError, Unavailable
from atlas.server.store.database import IndexMovedError
from atlas.wire.archive import pack
from atlas.wire.content_store import BucketContent, LoadedIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.wire.archive import Entry
    from atlas.wire.bucket import Bucket
    from atlas.wire.digest import Digest, FileRecord
    from atlas.wire.index import RepositoryIndex
    from atlas.wire.layout import RepositoryKey

_CACHE_BYTES = 128 * 1024 * 1024
_CACHED_INDEXES = 512


class ContentStore:
    """The bucket of one registry."""

    def __init__(self, bucket: Bucket) -> None:
        self._content = BucketContent(bucket)
        self._archives = _ArchiveCache(_CACHE_BYTES)
        self._indexes: OrderedDict[RepositoryKey, LoadedIndex] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def layout(self) -> BucketContent:
        """What lies below, without memory: for those who copy all of it."""
        return self._content

    def put_version(self, key: RepositoryKey, entries: Sequence[Entry]) -> Digest:
        """Store the files of a version, then its manifest; what is there already is left alone."""
        return self._content.put_version(key, entries)

    def entries(self, key: RepositoryKey, digest: Digest) -> tuple[Entry, ...]:
        """The files of a version in their order, checked against its digest."""
        return self._content.entries(key, digest)

    def manifest(self, key: RepositoryKey, digest: Digest) -> tuple[FileRecord, ...]:
        """The names, sizes and hashes of a version's files, in their order."""
        return self._content.manifest(key, digest)

    def archive(self, key: RepositoryKey, digest: Digest) -> bytes:
        """The files of a version as an archive."""
        cached = self._archives.get(digest)
        if cached is None:
            cached = pack(self.entries(key, digest))
            self._archives.put(digest, cached)
        return cached

    def put_plan(self, key: RepositoryKey, text: bytes) -> Digest:
        """Store the file of a plan; what is there already is left alone."""
        return self._content.put_plan(key, text)

    def plan(self, key: RepositoryKey, digest: Digest) -> bytes:
        """The file of a plan, checked against its digest."""
        return self._content.plan(key, digest)

    def load_index(self, key: RepositoryKey) -> LoadedIndex | None:
        """The index of a repository, None where the bucket does not have it."""
        try:
            etag = self._content.index_etag(key)
        except NotFound:
            return None
        with self._lock:
            cached = self._indexes.get(key)
        if cached and cached.etag == etag:
            return cached
        loaded = self._content.load_index(key)
        if loaded:
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
        try:
            saved = self._content.save_index(index, replacing=replacing)
        except Conflict as error:
            raise IndexMovedError from error
        self._remember(index.key, saved)

    def indexes(self) -> Iterator[RepositoryIndex]:
        """Every repository's index, read from the bucket."""
        return self._content.indexes()

    def indexes_or_damage(self) -> Iterator[RepositoryIndex | SpecError]:
        """As ``indexes``, with the error of one that is damaged in its place."""
        return self._content.indexes_or_damage()

    def is_new(self) -> bool:
        """Whether the bucket was never prepared and holds no repository; raises ``Unavailable``."""
        return not self._content.is_prepared() and next(self._content.repositories(), None) is None

    def prepare(self) -> None:
        """Mark the bucket as a content store; to be called once before anything else."""
        self._content.prepare()

    def check(self) -> None:
        """Raise ``Unavailable`` where the bucket cannot be reached, or is not the one that was prepared."""
        self._content.check()

    def close(self) -> None:
        """Wait for writes under way."""
        self._content.close()

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
