"""What the commands of ``atlas registry`` share: the flags of its data, and the server behind them.

The server is a door beside this one, and doors do not import each other: it is loaded by name when a command
needs it, as ``cli.main`` loads the commands themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from atlas.cli.commands.doors import opened_door

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from atlas.cli.flags.parser import Parser

_DOOR = "atlas.server.door"

RepositoryCopied = tuple[str, int, int, int, int, int, str]
"""Its name, its versions and plans, how many of either were brought, how many were mended, and what stands in the way."""

Names = tuple[str, ...]
RepositoryAsked = tuple[str, int, int, Names, Names, Names, Names, str]
"""Its name, its versions, how many were brought; of tags: those there, those moved, missing, left alone; and what stands in the way."""


class RegistryDoor(Protocol):
    """What ``atlas.server.door`` offers."""

    def serve(
        self, data: Mapping[str, str], flags: Mapping[str, str], announce: Callable[[str], None]
    ) -> None: ...

    def create_token(self, data: Mapping[str, str], *, project: str, name: str, scope: str) -> str: ...

    def admit_token(
        self, data: Mapping[str, str], token: str, *, project: str, name: str, scope: str
    ) -> str: ...

    def list_tokens(
        self, data: Mapping[str, str]
    ) -> Sequence[tuple[int, str, str, str, str, str | None]]: ...

    def revoke_token(self, data: Mapping[str, str], token_id: int) -> None: ...

    def reindex(self, data: Mapping[str, str], *, resets_lost: bool) -> tuple[int, Sequence[str], str]: ...

    def back_up(
        self, data: Mapping[str, str], url: str, *, proves: bool, tell: Callable[[RepositoryCopied], None]
    ) -> tuple[str, int]: ...

    def import_registry(
        self,
        data: Mapping[str, str],
        source: Mapping[str, str],
        chosen: Mapping[str, Any],
        tell: Callable[[RepositoryCopied], None],
        tell_asked: Callable[[RepositoryAsked], None],
    ) -> tuple[int, Sequence[str], str]: ...

    def restore(
        self,
        data: Mapping[str, str],
        url: str,
        slugs: Sequence[str],
        tell: Callable[[RepositoryCopied], None],
    ) -> tuple[int, int, int]: ...


class Tally:
    """What a copy of a whole registry brings: a line for each repository with news, and the sum."""

    def __init__(self, out: Callable[[str], None]) -> None:
        self._out = out
        self._sums = [0] * 5
        self._count = 0
        self.failures = 0

    def add(self, copied: RepositoryCopied) -> None:
        """Count one repository, and tell of it if there is something to tell."""
        name, *counts, error = copied
        self._count += 1
        self._sums = [total + int(count) for total, count in zip(self._sums, counts, strict=True)]
        self.failures += bool(error)
        if error or any(counts[2:]):
            self._out(f"{name}: {error or _news(*map(int, counts[2:]))}")

    def total(self) -> str:
        """How much there is."""
        versions, plans, *_ = self._sums
        return f"{repositories(self._count)}, {plural(versions, 'version')}, {plural(plans, 'plan')}"

    def news(self) -> str:
        """How much of it was brought."""
        return _news(*self._sums[2:]) if any(self._sums[2:]) else "nothing new"


def repositories(count: int) -> str:
    """``1 repository``, ``2 repositories``."""
    return f"{count} repository" if count == 1 else f"{count} repositories"


def _news(versions: int, plans: int, mended: int) -> str:
    parts = [
        plural(versions, "version") + " brought" if versions else "",
        plural(plans, "plan") + " brought" if plans else "",
        f"{mended} mended" if mended else "",
    ]
    return ", ".join(part for part in parts if part)


def plural(count: int, word: str) -> str:
    """``1 tag``, ``2 tags``."""
    from atlas.cli.render.duration import plural as counted

    return counted(count, word)


def registry_door() -> RegistryDoor:
    """The server's door; raises ``Unsupported`` where its libraries are not installed."""
    return cast("RegistryDoor", opened_door(_DOOR, "the registry", "registry"))


def add_data_flags(parser: Parser) -> None:
    """Where the registry keeps its things."""
    parser.flag(
        "--data",
        text="folder of the registry: its content without --content, its index without --database",
        required=True,
    )
    parser.set_defaults(need=parser.need)
    parser.flag("--database", text="keep the index in PostgreSQL, as postgres://user:password@host/name")
    parser.flag("--content", text="keep the content in a bucket, as s3://bucket/folder?region=us-east-1")


def data_of(arguments: Namespace) -> dict[str, str]:
    """The data flags as the door takes them; raises ``UsageError`` without ``--data``."""
    arguments.need(arguments)
    return {
        "folder": arguments.data,
        "database": arguments.database,
        "content": arguments.content,
    }
