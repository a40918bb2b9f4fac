"""What the command line asks of the registry on its own machine: serve it, and look after its tokens.

Doors do not know each other, so parameters and results are plain values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.server.run import DataOptions, ServeOptions, opened_registry
from atlas.server.run import serve as run_server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.server.store.registry import Scope


def serve(data: Mapping[str, str], flags: Mapping[str, str], announce: Callable[[str], None]) -> None:
    """Serve until a signal; ``flags`` are listen, public_url, tls_cert, tls_key and public_pages (any text)."""
    options = ServeOptions(
        _data(data),
        listen=flags["listen"],
        public_url=flags["public_url"],
        tls_cert=flags["tls_cert"],
        tls_key=flags["tls_key"],
        public_pages=bool(flags["public_pages"]),
    )
    run_server(options, announce)


def create_token(data: Mapping[str, str], *, project: str, name: str, scope: str) -> str:
    """Make a token; the return is its only copy."""
    from atlas.server.store.tokens import create_token as create

    with opened_registry(_data(data)) as registry:
        return create(registry, project, name=name, scope=_scope(scope))


def admit_token(data: Mapping[str, str], token: str, *, project: str, name: str, scope: str) -> bool:
    """Let in a token that was made elsewhere; returns whether it is new here."""
    from atlas.server.store.tokens import admit_token as admit

    with opened_registry(_data(data)) as registry:
        return admit(registry, token, project, name=name, scope=_scope(scope))


def list_tokens(data: Mapping[str, str]) -> Sequence[tuple[int, str, str, str, str, str | None]]:
    """Id, name, project, scope, and when each token was made and revoked."""
    from atlas.server.store.tokens import list_tokens as tokens

    with opened_registry(_existing(data)) as registry:
        return tokens(registry)


def revoke_token(data: Mapping[str, str], token_id: int) -> None:
    """Refuse a token from now on."""
    from atlas.server.store.tokens import revoke_token as revoke

    with opened_registry(_existing(data)) as registry:
        revoke(registry, token_id)


def reindex(data: Mapping[str, str]) -> int:
    """Build the index anew from the content store; returns how many repositories that holds."""
    from atlas.server.store.reindex import reindex as rebuild

    with opened_registry(_existing(data)) as registry:
        return rebuild(registry)


def _scope(word: str) -> Scope:
    match word:
        case "read" | "push":
            return word
        case _:
            raise SpecError(f'unknown scope "{word}": expected read or push')


def _existing(data: Mapping[str, str]) -> DataOptions:
    """The data of a registry that is there: a mistyped folder must not become an empty one."""
    options = _data(data)
    if not options.folder.is_dir():
        raise SpecError(f"no registry in {options.folder}: expected the --data of 'atlas registry serve'")
    return options


def _data(data: Mapping[str, str]) -> DataOptions:
    return DataOptions(Path(data["folder"]), data["database"], data.get("content", ""))
