"""What every bucket in the published layout can do: keep versions, plans and indexes, and prove what it hands out.

The registry's content store and every backup are made of it. Content is immutable and checked against its hashes
whenever it is read; nothing is remembered here.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound, SpecError, Unavailable
from atlas.wire.archive import DEFAULT_LIMITS, Entry
from atlas.wire.digest import Digest, digest_of_manifest, file_records, manifest_bytes, parse_manifest
from atlas.wire.index_file import decode_index, encode_index
from atlas.wire.layout import (
    LAYOUT,
    LAYOUT_NAME,
    RepositoryKey,
    file_key,
    index_key,
    manifest_key,
    plan_key,
    repository_of_index,
)
from atlas.wire.registry_file import REGISTRY_NAME, decode_registry_file, encode_registry_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.wire.bucket import Bucket
    from atlas.wire.digest import FileRecord
    from atlas.wire.index import RepositoryIndex
    from atlas.wire.registry_file import RegistryFile

_PARALLEL = 8
_RACES = 10


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """An index and the etag to save it with."""

    index: RepositoryIndex
    etag: str


def digest_of_plan(text: bytes) -> Digest:
    """What the file of a plan is found by."""
    return Digest(f"sha256:{hashlib.sha256(text).hexdigest()}")


class BucketContent:
    """The content of one bucket. Every method raises ``Unavailable`` when the bucket cannot be reached."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._pool = ThreadPoolExecutor(_PARALLEL, thread_name_prefix="content")

    def put_version(self, key: RepositoryKey, entries: Sequence[Entry]) -> Digest:
        """Store the files of a version, then its manifest; what is there already is left alone."""
        manifest = manifest_bytes(file_records(entries))
        digest = digest_of_manifest(manifest)
        with suppress(NotFound):
            self._bucket.head(manifest_key(key, digest))
            return digest
        return self.mend_version(key, entries)

    def mend_version(self, key: RepositoryKey, entries: Sequence[Entry]) -> Digest:
        """Store a version, replacing what of it is damaged.

        Nothing is taken away first: what is cut off at any moment leaves no less than there was.
        """
        manifest = manifest_bytes(file_records(entries))
        digest = digest_of_manifest(manifest)
        for _ in self._pool.map(
            lambda entry: self._put(file_key(key, digest, entry.name), entry.content), entries
        ):
            pass
        self._put(manifest_key(key, digest), manifest)
        return digest

    def entries(self, key: RepositoryKey, digest: Digest) -> tuple[Entry, ...]:
        """The files of a version in their order, checked against its digest.

        Raises ``NotFound`` where an object of it is missing, ``Unavailable`` where one is damaged.
        """
        records = self.manifest(key, digest)
        if (
            len(records) > DEFAULT_LIMITS.entries
            or sum(record.size for record in records) > DEFAULT_LIMITS.total_bytes
        ):
            raise Unavailable(f'version {digest} of "{key.slug}" is larger than any directory may be')
        return tuple(self._pool.map(lambda record: self._entry(key, digest, record), records))

    def manifest(self, key: RepositoryKey, digest: Digest) -> tuple[FileRecord, ...]:
        """The names, sizes and hashes of a version's files, in their order."""
        manifest = self._bucket.get(manifest_key(key, digest)).data
        if digest_of_manifest(manifest) != digest:
            raise Unavailable(f'the manifest of version {digest} of "{key.slug}" is damaged')
        return parse_manifest(manifest)

    def put_plan(self, key: RepositoryKey, text: bytes) -> Digest:
        """Store the file of a plan, replacing one that is damaged."""
        digest = digest_of_plan(text)
        self._put(plan_key(key, digest), text)
        return digest

    def plan(self, key: RepositoryKey, digest: Digest) -> bytes:
        """The file of a plan, checked against its digest."""
        text = self._bucket.get(plan_key(key, digest)).data
        if digest != digest_of_plan(text):
            raise Unavailable(f'plan {digest} of "{key.slug}" is damaged in the content store')
        return text

    def load_index(self, key: RepositoryKey) -> LoadedIndex | None:
        """The index of a repository, None where the bucket does not have it."""
        try:
            stored = self._bucket.get(index_key(key))
        except NotFound:
            return None
        return LoadedIndex(decode_index(stored.data), stored.etag)

    def index_etag(self, key: RepositoryKey) -> str:
        """What ``load_index`` would give as etag; raises ``NotFound``."""
        return self._bucket.head(index_key(key))

    def save_index(self, index: RepositoryIndex, *, replacing: LoadedIndex | None) -> LoadedIndex:
        """Put an index in the place of the one it was made from; raises ``Conflict`` if that is gone."""
        data, object_key = encode_index(index), index_key(index.key)
        if replacing is None:
            etag = self._bucket.put_if_absent(object_key, data)
        else:
            etag = self._bucket.put_if_unchanged(object_key, data, etag=replacing.etag)
        return LoadedIndex(index, etag)

    def indexes(self) -> Iterator[RepositoryIndex]:
        """Every repository's index, in order of their keys. Raises ``SpecError`` at the first that is damaged."""
        for found in self.indexes_or_damage():
            if isinstance(found, SpecError):
                raise found
            yield found

    def indexes_or_damage(self) -> Iterator[RepositoryIndex | SpecError]:
        """Every repository's index, in order of their keys; the error of one in its place where it cannot be read."""
        for repository in self.repositories():
            name = index_key(repository)
            try:
                yield decode_index(self._bucket.get(name).data)
            except SpecError as error:
                yield SpecError(f"{name}: {error}")

    def repositories(self) -> Iterator[RepositoryKey]:
        """Every repository that has an index, in order of their keys; no index is read."""
        return filter(None, map(repository_of_index, self._bucket.list("")))

    def load_registry_file(self) -> RegistryFile | None:
        """What a backup of a whole registry knows of it besides; None where there is none."""
        try:
            return decode_registry_file(self._bucket.get(REGISTRY_NAME).data)
        except NotFound:
            return None

    def save_registry_file(self, file: RegistryFile) -> None:
        """Put it in the place of the one that is there; the last of several that do so wins."""
        data = encode_registry_file(file)
        for _ in range(_RACES):
            with suppress(Conflict):
                try:
                    stored = self._bucket.get(REGISTRY_NAME)
                except NotFound:
                    self._bucket.put_if_absent(REGISTRY_NAME, data)
                    return
                if stored.data != data:
                    self._bucket.put_if_unchanged(REGISTRY_NAME, data, etag=stored.etag)
                return
        raise Unavailable(f"{REGISTRY_NAME} is written by others all the time: try again")

    def prepare(self) -> None:
        """Mark the bucket as one in the published layout; to be called before anything is put."""
        with suppress(Conflict):
            self._bucket.put_if_absent(LAYOUT_NAME, LAYOUT)

    def check(self) -> None:
        """Raise ``Unavailable`` where the bucket cannot be reached, or is not the one that was prepared."""
        if not self.is_prepared():
            raise Unavailable("the content store is gone: is its folder mounted?")

    def is_prepared(self) -> bool:
        """Whether the bucket was marked as one in the published layout."""
        try:
            self._bucket.head(LAYOUT_NAME)
        except NotFound:
            return False
        return True

    def close(self) -> None:
        """Wait for writes under way."""
        self._pool.shutdown()

    def _put(self, name: str, data: bytes) -> None:
        """Store what never changes. What is there under its name and is something else was cut off, or tampered with."""
        try:
            self._bucket.put_if_absent(name, data)
        except Conflict:
            etag = self._bucket.head(name)
            with suppress(Unavailable):  # a store that keeps sums does not give out what is damaged
                if self._bucket.get(name).data == data:
                    return
            with suppress(Conflict):  # somebody else mended it
                self._bucket.put_if_unchanged(name, data, etag=etag)

    def _entry(self, key: RepositoryKey, digest: Digest, record: FileRecord) -> Entry:
        entry = Entry(record.name, self._bucket.get(file_key(key, digest, record.name)).data)
        if file_records([entry]) != (record,):
            raise Unavailable(
                f'"{record.name}" of version {digest} of "{key.slug}" is damaged in the content store'
            )
        return entry
