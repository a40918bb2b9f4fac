"""Whether a bucket can hold what a registry or a backup keeps: it is reached, written to, and refuses a lost race.

Asked once, before anything depends on the answer: a store that ignores conditions works well until two push at once.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from atlas.errors import AtlasError, Conflict, NotFound, SpecError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.wire.bucket import Bucket

_FOLDER = ".probe"  # no project can be called so
_FIRST, _SECOND = b"first", b"second"


def refuse_inside(url: str, name: str, places: Sequence[Path | str]) -> None:
    """Refuse a folder within one of ``places``, paths or URLs: what takes one away takes the other along.

    Raises:
        SpecError: The folder is named; nothing was written.
    """
    folder = _folder(url)
    for place in places:
        own = _folder(place)
        if folder and own and folder.is_relative_to(own):
            raise SpecError(
                f"{name} is within {own}, where the registry keeps its own data: a backup needs another place, at best on "
                "another machine"
            )


def _folder(place: Path | str) -> Path | None:
    if isinstance(place, Path):
        return place.resolve()
    parts = urlsplit(place)
    return Path(unquote(parts.path)).resolve() if parts.scheme == "file" else None


def probe(bucket: Bucket, name: str) -> None:
    """Put, replace, read and remove an object as pushes do; raises ``SpecError`` that calls the bucket ``name``."""
    key = f"{_FOLDER}/{secrets.token_hex(8)}"
    try:
        _try_out(bucket, key)
    except AtlasError as error:
        raise SpecError(f"{name} cannot be used: {error}") from error


def is_same_bucket(one: Bucket, other: Bucket) -> bool:
    """Whether what is put into one is seen in the other, whatever their addresses are."""
    key = f"{_FOLDER}/{secrets.token_hex(8)}"
    one.put_if_absent(key, _FIRST)
    try:
        other.head(key)
    except NotFound:
        return False
    else:
        return True
    finally:
        one.delete(key)


def _try_out(bucket: Bucket, key: str) -> None:
    with suppress(NotFound):
        bucket.head(key)
    etag = bucket.put_if_absent(key, _FIRST)
    try:
        changed = bucket.put_if_unchanged(key, _SECOND, etag=etag)
        _refuses_lost_races(bucket, key, etag)
        stored = bucket.get(key)
        if (stored.data, stored.etag) != (_SECOND, changed):
            raise SpecError("it gives back something else than what was put")
    finally:
        bucket.delete(key)


def _refuses_lost_races(bucket: Bucket, key: str, stale: str) -> None:
    lost: tuple[Callable[[], str], ...] = (
        lambda: bucket.put_if_absent(key, _FIRST),
        lambda: bucket.put_if_unchanged(key, _FIRST, etag=stale),
    )
    for put in lost:
        try:
            put()
        except Conflict:
            continue
        raise SpecError(
            "it ignores conditional writes, so of two pushes at once one would be lost "
            "(docs/reference/buckets.md has what a store must promise)"
        )
