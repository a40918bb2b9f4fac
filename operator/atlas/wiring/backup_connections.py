"""Backups that outlive a call, for programs that open them often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wiring.backups import shown_bucket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.backups import Target


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


def _opened(url: str, credentials: Mapping[str, str] | None, project: str) -> Target:
    from atlas.buckets import open_bucket
    from atlas.engine.backups import Target
    from atlas.wire.content_store import BucketContent

    return Target(shown_bucket(url), project, BucketContent(open_bucket(url, credentials)))
