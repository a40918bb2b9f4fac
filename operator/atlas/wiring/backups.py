"""Backups of registries by their URLs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.backups import Pace, Target

_SHOWN_KEYS = frozenset({"prefix", "region", "storage_account"})


def open_backup(url: str, project: str) -> Target:
    """The backup at a bucket's URL; nothing is asked yet.

    Raises ``SpecError`` or ``Unsupported`` for an address that cannot be served.
    """
    from atlas.buckets import open_bucket
    from atlas.engine.backups import Target
    from atlas.wire.content_store import BucketContent

    return Target(shown_bucket(url), project, BucketContent(open_bucket(url)))


def open_backups_later(urls: Sequence[str], project: str) -> tuple[Callable[[], Target], ...]:
    """The backups at ``urls``, each opened by a call when it is its turn."""
    return tuple(partial(open_backup, url, project) for url in urls)


def shown_bucket(url: str) -> str:
    """A bucket's URL as people are shown it: where it is, and no key that may hold a secret."""
    from urllib.parse import parse_qsl, quote, urlsplit

    parts = urlsplit(url)
    keys = [(name, value) for name, value in parse_qsl(parts.query) if name in _SHOWN_KEYS]
    query = "&".join(f"{name}={quote(value)}" for name, value in keys)
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return f"{address}?{query}" if query else address


def system_pace() -> Pace:
    """Waits of this process."""
    import random
    import time

    from atlas.engine.backups import Pace

    return Pace(time.sleep, random.random)
