"""Backups that outlive a call, for programs that open them often. One that does not answer is not asked all the time.

A store that swallows packets holds a thread for a minute, and a thousand resources may name the same one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wiring.backups import shown_bucket
from atlas.wiring.punctual import PunctualBucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from atlas.engine.backups import Breaker, Target
    from atlas.wire.bucket import Bucket, Stored

    T = TypeVar("T")

_FAILURES = 8  # the files of a version are read at once, and fail at once
_REST_S = 10.0


class BackupConnections:
    """Opened backups by address and credentials; safe to use from threads.

    A client of a cloud reads descriptions of its API, which costs more than most calls.
    """

    def __init__(self, limit: int = 64) -> None:
        """``limit`` is how many are kept; the one that was not used for longest is let go first."""
        import threading

        self._limit = limit
        self._lock = threading.Lock()
        self._open: dict[object, Target] = {}

    def open(self, url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
        """The backup at a bucket's URL; nothing is asked yet. ``credentials`` are as in ``open_bucket``.

        Raises ``SpecError`` or ``Unsupported`` for an address that cannot be served.
        """
        key = (url, project, None if credentials is None else tuple(sorted(credentials.items())))
        with self._lock:
            found = self._open.pop(key, None)
        target = found or _opened(url, credentials, project)
        with self._lock:
            # NB: one that is let go is not closed here, another thread may be using it; it ends with its last user.
            self._open[key] = target
            if len(self._open) > self._limit:
                del self._open[next(iter(self._open))]
        return target


class RestingBucket:
    """A bucket that is asked by one thread at a time, every few seconds, once it has failed again and again."""

    def __init__(self, bucket: Bucket, breaker: Breaker, monotonic: Callable[[], float]) -> None:
        """``breaker`` is for this bucket alone, whoever opens it: what others did to theirs must not matter here."""
        self._bucket = bucket
        self._breaker = breaker
        self._monotonic = monotonic

    def put_if_absent(self, key: str, data: bytes) -> str:
        return self._asked(lambda: self._bucket.put_if_absent(key, data))

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        return self._asked(lambda: self._bucket.put_if_unchanged(key, data, etag=etag))

    def get(self, key: str) -> Stored:
        return self._asked(lambda: self._bucket.get(key))

    def head(self, key: str) -> str:
        return self._asked(lambda: self._bucket.head(key))

    def list(self, prefix: str) -> Iterator[str]:
        return self._asked(lambda: self._bucket.list(prefix))

    def delete(self, key: str) -> None:
        self._asked(lambda: self._bucket.delete(key))

    def _asked(self, ask: Callable[[], T]) -> T:
        from atlas.engine.backups import Primary, guarded

        return guarded(Primary("the bucket", ask), self._breaker, self._monotonic).ask()


def _opened(url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
    import time

    from atlas.buckets import open_bucket
    from atlas.engine.backups import Breaker, Target
    from atlas.wire.content_store import BucketContent

    breaker = Breaker(failures=_FAILURES, rest_s=_REST_S)
    shown = shown_bucket(url)
    bucket = RestingBucket(PunctualBucket(open_bucket(url, credentials), shown), breaker, time.monotonic)
    return Target(shown, project, BucketContent(bucket))
