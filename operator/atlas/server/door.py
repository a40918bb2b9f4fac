"""What the command line asks of the registry on its own machine: serve it, and look after its tokens.

Doors do not know each other, so parameters and results are plain values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas.errors import SpecError
from atlas.server.run import (
    DataOptions,
    ServeOptions,
    opened_database,
    opened_registry,
    opened_unindexed,
    prepare_content,
)
from atlas.server.run import serve as run_server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.backups import Copied
    from atlas.server.store.registry import Scope
    from atlas.wire.layout import RepositoryKey

RepositoryCopied = tuple[str, int, int, int, int, int, str]
"""Its name, its versions and plans, how many of either were brought, how many were mended, and what stands in the way."""
Names = tuple[str, ...]
RepositoryAsked = tuple[str, int, int, Names, Names, Names, Names, str]
"""Its name, its versions, how many were brought; of tags: those there, those moved, missing, left alone; and what stands in the way."""


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

    with opened_database(_data(data)) as registry:
        return create(registry, project, name=name, scope=_scope(scope))


def admit_token(data: Mapping[str, str], token: str, *, project: str, name: str, scope: str) -> str:
    """Let in a token that was made elsewhere; returns ``new``, ``known``, or ``changed`` where its scope was."""
    from atlas.server.store.tokens import admit_token as admit

    with opened_database(_data(data)) as registry:
        return admit(registry, token, project, name=name, scope=_scope(scope))


def list_tokens(data: Mapping[str, str]) -> Sequence[tuple[int, str, str, str, str, str | None]]:
    """Id, name, project, scope, and when each token was made and revoked."""
    from atlas.server.store.tokens import list_tokens as tokens

    with opened_database(_existing(data)) as registry:
        return tokens(registry)


def revoke_token(data: Mapping[str, str], token_id: int) -> None:
    """Refuse a token from now on."""
    from atlas.server.store.tokens import revoke_token as revoke

    with opened_database(_existing(data)) as registry:
        revoke(registry, token_id)


def reindex(data: Mapping[str, str], *, resets_lost: bool = False) -> tuple[int, Sequence[str], str]:
    """Build the index anew from the content store.

    Returns how many repositories that holds, the names of those that it has lost, and what to say of those that are
    damaged there, '' where none is; with ``resets_lost`` those that are lost begin anew, empty.
    """
    from atlas.server.store.reindex import damaged, lost_repositories, reindex_whole, reset_lost

    options = _existing(data)
    if resets_lost:
        prepare_content(options)
    with opened_unindexed(options) as registry:
        lost = reset_lost(registry) if resets_lost else lost_repositories(registry)
        done = reindex_whole(registry)
        return done.repositories, [_name(key) for key in lost], damaged(done.damage) if done.damage else ""


def back_up(
    data: Mapping[str, str], url: str, *, proves: bool, tell: Callable[[RepositoryCopied], None]
) -> tuple[str, int]:
    """Bring a backup up to date; ``tell`` is given each repository. Returns the backup's name and how many tokens it has."""
    from atlas.buckets import open_bucket
    from atlas.server.store.backing_up import back_up as bring
    from atlas.server.store.probe import is_same_bucket, probe, refuse_inside
    from atlas.wiring import open_backup, shown_bucket, system_pace

    options = _existing(data)
    target, name = open_backup(url, ""), shown_bucket(url)
    refuse_inside(url, f"the backup {name}", (options.folder, options.content_url))
    probe(open_bucket(url), f"the backup {name}")
    with opened_registry(options) as registry:
        if is_same_bucket(open_bucket(url), open_bucket(options.content_url)):
            raise SpecError(f"{name} is the registry's own content store: a backup needs another place")
        for copied in bring(registry, target, system_pace(), proves=proves):
            tell(_told(copied))
    file = target.content.load_registry_file()
    return name, len(file.tokens) if file else 0


def restore(
    data: Mapping[str, str], url: str, slugs: Sequence[str], tell: Callable[[RepositoryCopied], None]
) -> tuple[int, int, int]:
    """Make a registry of a backup; ``tell`` is given each repository. What the registry has besides stays.

    ``slugs`` are the repositories that are meant, which bring no tokens; none for the whole backup.

    Returns how many repositories it has now, and how many tokens were let in and were revoked.
    """
    from atlas.server.store.backing_up import bring_content, bring_tokens
    from atlas.server.store.reindex import reindex as rebuild
    from atlas.wiring import open_backup, system_pace

    options = _data(data)
    source = open_backup(url, "")
    file = None if slugs else source.content.load_registry_file()
    keys = [key for key in source.content.repositories() if key.slug in slugs] if slugs else None
    prepare_content(options)
    for copied in bring_content(source, open_backup(options.content_url, ""), system_pace(), keys):
        tell(_told(copied))
    with opened_unindexed(options) as registry:
        let_in, revoked = bring_tokens(registry, file) if file else (0, 0)
        return rebuild(registry), let_in, revoked


def import_registry(
    data: Mapping[str, str],
    source: Mapping[str, str],
    chosen: Mapping[str, Any],
    tell: Callable[[RepositoryCopied], None],
    tell_asked: Callable[[RepositoryAsked], None],
) -> tuple[int, Sequence[str], str]:
    """Copy what another registry has. What is here besides stays.

    ``source`` are its url and token, and the project of this registry to import into, '' for one of the same name as there;
    ``chosen`` are fields of ``importing.Choice``. Each repository is told to ``tell``, or to ``tell_asked`` where the other
    registry does not tell its history.

    Returns how many repositories there are here now, what was named and is not there, and why not all was asked for.
    """
    from atlas.client.address import normal_url
    from atlas.server.import_choice import Choice
    from atlas.server.importing import Outage, Told, bring_registry
    from atlas.server.store.reindex import reindex as rebuild
    from atlas.wire.contract import RegistryAddress

    options, address = _data(data), RegistryAddress(normal_url(source["url"]), source["token"])
    told = Told(
        copied=lambda copied: tell(_told(copied)),
        came=lambda came: tell_asked((_name(came.repository), *came[1:])),
    )
    absent: Sequence[str] = ()
    outage = ""
    try:
        absent = bring_registry(address, options, source["project"], Choice(**chosen), told)
    except Outage as error:
        outage = str(error)
    with opened_registry(options) as registry:
        return rebuild(registry), absent, outage


def _told(copied: Copied) -> RepositoryCopied:
    return (_name(copied.repository), *copied[1:])


def _name(key: RepositoryKey) -> str:
    return f"{key.project}/{key.slug}"


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
