"""``atlas registry``: run the registry of this machine and look after its tokens.

The server is a door beside this one, and doors do not import each other: it is loaded by name when a command
needs it, as ``cli.main`` loads the commands themselves.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from atlas.errors import Unsupported

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from atlas.cli.parser import Parser

_DOOR = "atlas.server.door"


class RegistryDoor(Protocol):
    """What ``atlas.server.door`` offers."""

    def serve(
        self, data: Mapping[str, str], flags: Mapping[str, str], announce: Callable[[str], None]
    ) -> None: ...

    def create_token(self, data: Mapping[str, str], *, project: str, name: str, scope: str) -> str: ...

    def admit_token(
        self, data: Mapping[str, str], token: str, *, project: str, name: str, scope: str
    ) -> bool: ...

    def list_tokens(
        self, data: Mapping[str, str]
    ) -> Sequence[tuple[int, str, str, str, str, str | None]]: ...

    def revoke_token(self, data: Mapping[str, str], token_id: int) -> None: ...

    def reindex(self, data: Mapping[str, str]) -> int: ...


def registry_door() -> RegistryDoor:
    """The server's door; raises ``Unsupported`` where its libraries are not installed."""
    try:
        return cast("RegistryDoor", import_module(_DOOR))
    except ImportError as error:
        raise Unsupported(
            f"the registry needs {error.name}, which is not installed: install atlas-operator[registry]"
        ) from error


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
