"""Who implements which port: the only module that knows every adapter. Entry points ask here and nowhere else.

Adapters are imported when they are asked for: a command that never opens a database loads no driver.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory
    from atlas.engine.ports import Database
    from atlas.wire.contract import RegistryAddress, ReportMigrationInput


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def open_target(url: DatabaseURL) -> Database:
    """An open connection to the database of ``url``.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    from atlas.drivers import open_driver

    return open_driver(url)


def read_directory_url(text: str, address: Callable[[], RegistryAddress]) -> Directory:
    """The directory at ``file://path`` or ``atlas://name``; its sum is not checked here.

    ``address`` is asked only when a registry is needed.
    """
    from atlas.engine.directory import parse_directory_url

    url = parse_directory_url(text)
    if url.scheme == "atlas":
        return _pulled(text, address())
    from pathlib import Path

    from atlas.sources.local import read_directory

    return read_directory(Path(url.path))


def _pulled(text: str, address: RegistryAddress) -> Directory:
    from atlas.client.pull import pull_directory
    from atlas.client.transport import Transport
    from atlas.engine.directory import from_entries
    from atlas.wire.reference import parse_reference

    return from_entries(pull_directory(Transport(address), parse_reference(text)).entries)


def push_directory(
    address: RegistryAddress,
    *,
    name: str,
    tag: str,
    driver: str,
    entries: Iterable[tuple[str, bytes]],
    context: dict[str, object] | None,
) -> str:
    """Store a directory in the registry; returns the URL to look at it."""
    from atlas.client.push import push_directory as push
    from atlas.client.transport import Transport
    from atlas.wire.archive import pack

    return push(Transport(address), name=name, driver=driver, archive=pack(entries), tag=tag, context=context)


def report_migration(address: RegistryAddress, report: ReportMigrationInput) -> str:
    """Tell the registry about a run; returns the URL to look at it, '' when it gives none."""
    from atlas.client.report import report_migration as send
    from atlas.client.transport import Transport

    return send(Transport(address), report)
