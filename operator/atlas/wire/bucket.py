"""The port of object stores: what ``buckets`` implement and the content store and backups rely on.

Keys are relative, separated by ``/``, without empty or dotted parts. A store promises that a put is seen whole
or not at all, and that of two conditional puts of one key exactly one succeeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.errors import SpecError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


OBJECT_LIMIT_BYTES = 96 * 1024 * 1024
"""No object of the layout is larger. A bucket that a manifest names may hold anything, and it is read into memory."""


class Stored(NamedTuple):
    """An object's bytes and the etag to put it unchanged with."""

    data: bytes
    etag: str


class Bucket(Protocol):
    """An object store. Every method raises ``Unavailable`` when the store cannot be reached."""

    def put_if_absent(self, key: str, data: bytes) -> str:
        """Store a new object and return its etag; raises ``Conflict`` if the key exists."""

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        """Replace the object that still has ``etag`` and return the new one; raises ``Conflict`` otherwise."""

    def get(self, key: str) -> Stored:
        """The object; raises ``NotFound``."""

    def head(self, key: str) -> str:
        """The etag of the object without its bytes; raises ``NotFound``."""

    def list(self, prefix: str) -> Iterator[str]:
        """Every key that starts with ``prefix``, sorted."""

    def delete(self, key: str) -> None:
        """Remove the object; removing an absent one is no error."""


def too_large(key: str) -> Unavailable:
    """The object is not of ours."""
    return Unavailable(
        f'the object "{key}" is larger than {OBJECT_LIMIT_BYTES // 1024**2} MiB: it is not read'
    )


def checked_key(key: str) -> str:
    """``key`` if it can name one object and nothing outside the store, else ``SpecError``."""
    parts = key.split("/")
    if any(part in {"", ".", ".."} or "\0" in part for part in parts):
        raise SpecError(f"{key!r} is no object key: expected names separated by /")
    return key
