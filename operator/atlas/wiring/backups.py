"""Backups of registries by their URLs."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from atlas.wiring.effort import Effort, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from atlas.client.schemas import SchemaPush
    from atlas.engine.backups import BackedUpPlan, Held, Pace, Target
    from atlas.wire.archive import Entry
    from atlas.wire.contract import RegistryAddress
    from atlas.wire.index import RepositoryIndex, VersionRecord
    from atlas.wire.layout import RepositoryKey
    from atlas.wire.reference import Reference

_SHOWN_KEYS = frozenset({"prefix", "region", "storage_account"})


def open_backup(url: str, project: str) -> Target:
    """The backup at a bucket's URL; nothing is asked yet. One that does not answer is given up after a minute.

    Raises ``SpecError`` or ``Unsupported`` for an address that cannot be served.
    """
    from atlas.buckets import open_bucket
    from atlas.engine.backups import Target
    from atlas.wire.content_store import BucketContent
    from atlas.wiring.punctual import PunctualBucket

    shown = shown_bucket(url)
    return Target(shown, project, BucketContent(PunctualBucket(open_bucket(url), shown)))


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


@contextmanager
def registry_as_backup(address: RegistryAddress, project: str) -> Iterator[Target]:
    """A registry that is read as a backup, for a block; its one project is called ``project`` in it."""
    from atlas.client.registry_bucket import RegistryBucket
    from atlas.engine.backups import Target
    from atlas.wire.content_store import BucketContent

    with connected(address, Effort.BRIEF) as transport:
        content = BucketContent(RegistryBucket(transport, project))
        try:
            yield Target(f"the registry at {address.url}", project, content)
        finally:
            content.close()


class RegistryOfBackups:
    """A registry that what only backups took is pushed to."""

    def __init__(self, address: RegistryAddress) -> None:
        self._address = address

    def held(self, key: RepositoryKey, reference: Reference) -> Held:
        """What a reference means; raises ``NotFound``."""
        from atlas.client.pull import pull_directory
        from atlas.client.schemas import pull_schema
        from atlas.engine.backups import Held
        from atlas.wire.archive import Entry
        from atlas.wire.contract import DIRECTORY
        from atlas.wire.layout import SCHEMA_FILE

        with connected(self._address, Effort.BRIEF_PUSH) as transport:
            if key.type == DIRECTORY:
                directory = pull_directory(transport, reference)
                return Held(directory.digest, directory.entries, directory.version, directory.moved_at)
            schema = pull_schema(transport, reference)
        entries = (Entry(SCHEMA_FILE, schema.hcl.encode()),)
        return Held(schema.digest, entries, schema.version, schema.moved_at)

    def push(
        self, index: RepositoryIndex, version: VersionRecord, tag: str, entries: tuple[Entry, ...]
    ) -> None:
        """Store a version under a tag, '' for none. Raises ``RegistryError``."""
        from atlas.client.push import DirectoryPush, push_directory
        from atlas.client.schemas import push_schema
        from atlas.wire.archive import pack
        from atlas.wire.contract import DIRECTORY

        with connected(self._address, Effort.BRIEF_PUSH) as transport:
            if index.key.type == DIRECTORY:
                push_directory(transport, DirectoryPush(index.key.slug, index.driver, pack(entries), tag))
            else:
                push_schema(transport, _schema_push(index, version, tag, entries[0].content))

    def push_plan(self, slug: str, plan: BackedUpPlan) -> None:
        """Store a plan of a schema. Raises ``RegistryError``."""
        from atlas.client.plans import PlanPush, push_plan

        push = PlanPush(
            slug=slug,
            name=plan.file.name,
            status=plan.status,
            current_hash=plan.file.current_hash,
            desired_hash=plan.file.desired_hash,
            migration=plan.file.migration,
        )
        with connected(self._address, Effort.BRIEF_PUSH) as transport:
            push_plan(transport, push)


def _schema_push(index: RepositoryIndex, version: VersionRecord, tag: str, content: bytes) -> SchemaPush:
    import base64
    import hashlib

    from atlas.client.schemas import SchemaPush

    return SchemaPush(
        name=index.key.slug,
        hcl=content.decode(),
        hash=base64.b64encode(hashlib.sha256(content).digest()).decode(),
        driver=index.driver,
        tag=tag,
        version=version.name,
        description=version.description,
    )
