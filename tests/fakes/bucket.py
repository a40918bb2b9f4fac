"""A bucket in memory, which keeps every promise of the port."""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound
from atlas.wire.bucket import Stored, checked_key

if TYPE_CHECKING:
    from collections.abc import Iterator


class MemoryBucket:
    """Objects in a dict; etags are numbers that never repeat."""

    def __init__(self) -> None:
        self._objects: dict[str, Stored] = {}
        self._etags = count(1)
        self._lock = threading.Lock()

    def put_if_absent(self, key: str, data: bytes) -> str:
        with self._lock:
            if checked_key(key) in self._objects:
                raise Conflict(f'"{key}" exists already')
            return self._put(key, data)

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        with self._lock:
            held = self._objects.get(checked_key(key))
            if held is None or held.etag != etag:
                raise Conflict(f'"{key}" was changed by somebody else')
            return self._put(key, data)

    def get(self, key: str) -> Stored:
        try:
            return self._objects[checked_key(key)]
        except KeyError:
            raise NotFound(f'object "{key}" not found') from None

    def head(self, key: str) -> str:
        return self.get(key).etag

    def list(self, prefix: str) -> Iterator[str]:
        return iter(sorted(key for key in self._objects if key.startswith(prefix)))

    def delete(self, key: str) -> None:
        self._objects.pop(checked_key(key), None)

    def _put(self, key: str, data: bytes) -> str:
        etag = str(next(self._etags))
        self._objects[key] = Stored(data, etag)
        return etag
