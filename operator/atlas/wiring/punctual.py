"""Buckets that answer within a time, or have failed: a folder of a server that is gone (NFS) never says so itself.

A call that hangs in the system cannot be ended, only left behind: it goes on in a thread that holds nobody up, and until it
comes back its bucket is asked nothing else. Whatever it still does then is harmless, for content is named by its digest,
and an index is put only where nobody else has put one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from atlas.wire.bucket import Bucket, Stored

T = TypeVar("T")

ANSWER_S = 60.0
"""A call with all of a client's own retries."""
SLOWEST_BYTES_S = 64 * 1024
"""What a put gets more time for: a line that is slower than this is none."""
_KEYS_AT_ONCE = 500


class PunctualBucket:
    """``bucket``, each of whose calls ends within ``answer_s``, a put a little later by its size. Safe to use from threads."""

    def __init__(self, bucket: Bucket, name: str, answer_s: float = ANSWER_S) -> None:
        """``name`` is what people call the bucket, without credentials."""
        import threading

        self._bucket = bucket
        self._name = name
        self._answer_s = answer_s
        self._lock = threading.Lock()
        self._late = 0

    def put_if_absent(self, key: str, data: bytes) -> str:
        return self._asked(lambda: self._bucket.put_if_absent(key, data), size_bytes=len(data))

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        return self._asked(lambda: self._bucket.put_if_unchanged(key, data, etag=etag), size_bytes=len(data))

    def get(self, key: str) -> Stored:
        return self._asked(lambda: self._bucket.get(key))

    def head(self, key: str) -> str:
        return self._asked(lambda: self._bucket.head(key))

    def list(self, prefix: str) -> Iterator[str]:
        from itertools import islice

        keys = self._asked(lambda: self._bucket.list(prefix))
        while some := self._asked(lambda: list(islice(keys, _KEYS_AT_ONCE))):
            yield from some

    def delete(self, key: str) -> None:
        self._asked(lambda: self._bucket.delete(key))

    def _asked(self, ask: Callable[[], T], *, size_bytes: int = 0) -> T:
        if self._late:
            raise Unavailable(
                f"{self._name}: it did not answer within {self._answer_s:.0f} s, and still does not"
            )
        limit_s = self._answer_s + size_bytes / SLOWEST_BYTES_S
        answer = _begun(ask)
        try:
            return answer.result(limit_s)
        except TimeoutError as error:
            if answer.done():  # in this very moment; or it is the bucket's own error
                return answer.result()
            with self._lock:
                self._late += 1
            answer.add_done_callback(self._came_back)
            raise Unavailable(f"{self._name}: it did not answer within {limit_s:.0f} s") from error

    def _came_back(self, _answer: Future[T]) -> None:
        with self._lock:
            self._late -= 1


def _begun(ask: Callable[[], T]) -> Future[T]:
    """The call, in a thread that the end of the process does not wait for."""
    import threading
    from concurrent.futures import Future

    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001  whoever waits is given it
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True, name="bucket").start()
    return answer
