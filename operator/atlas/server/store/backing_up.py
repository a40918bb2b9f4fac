"""A backup of a whole registry, made while it serves: repositories with all that their indexes say, and tokens by hash.

Reports, deployments and the audit log are not in it: they tell what happened to databases, and nothing is pulled from
them. They lie in the SQL database alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, insert, select, text, update

from atlas.engine.backups import Copied, Target, Way, as_in_the_backup, as_in_the_registry, copy_repository
from atlas.errors import SpecError
from atlas.server.store.audit import record
from atlas.server.store.tables import projects, repositories, tokens, versions
from atlas.server.store.tokens import LOCAL_ACTOR, ensure_project
from atlas.wire.layout import RepositoryKey
from atlas.wire.registry_file import ProjectEntry, RegistryFile, TokenEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from atlas.engine.backups import Pace
    from atlas.server.store.registry import Registry

_PARALLEL = 8  # versions at once; each reads and writes its files at once, too


class _Snapshot(NamedTuple):
    """What the database said at one moment: how many versions each repository has, and who may come in."""

    versions: dict[RepositoryKey, int]
    file: RegistryFile


def back_up(registry: Registry, target: Target, pace: Pace, *, proves: bool) -> Iterator[Copied]:
    """Bring to ``target`` what it lacks of the registry; ``proves`` reads back what earlier runs brought, and mends it.

    Idempotent. The database is asked first: a push writes content before rows, so content that is read later has all
    that the rows told of.

    Raises ``SpecError`` where the backup is that of another registry.
    """
    held = _registry_file(target)  # NB: before the snapshot, for another run may write what it took later
    snapshot = _snapshot(registry)
    _refuse_another_registry(held, snapshot.file)
    source = Target("the registry", "", registry.content.layout)
    target.content.prepare()
    are_whole = True
    with ThreadPoolExecutor(_PARALLEL, thread_name_prefix="backup") as pool:
        way = Way(source, target, as_in_the_registry, pace, pool, proves=proves)
        for key in sorted({*snapshot.versions, *source.content.repositories()}):
            copied = _complete(copy_repository(way, key), snapshot.versions.get(key, 0))
            are_whole = are_whole and not copied.error
            yield copied
            if copied.error:
                target.content.check()  # what is wrong with one repository leaves the others; an outage ends the run
    if (
        are_whole
    ):  # the tokens of another registry must not take the place of those that belong to what lies there
        target.content.save_registry_file(snapshot.file)


def _registry_file(target: Target) -> RegistryFile | None:
    try:
        return target.content.load_registry_file()
    except SpecError:  # it is damaged, and is put anew
        return None


def _refuse_another_registry(held: RegistryFile | None, ours: RegistryFile) -> None:
    """A registry forgets no token. One that began anew, empty, would take those away that its backup was made for."""
    known = {token.sha256 for token in ours.tokens}
    strange = [token for token in held.tokens if token.sha256 not in known] if held else []
    if strange:
        raise SpecError(
            f'the backup holds tokens that this registry never had ("{strange[0].name}" of project "{strange[0].project}"): it was made of '
            "another one, or of this one before its data was lost. Bring it back by 'atlas backup restore', or back up to "
            "another place"
        )


def bring_content(
    source: Target, target: Target, pace: Pace, keys: Iterable[RepositoryKey] | None = None
) -> Iterator[Copied]:
    """Bring to the content store ``target`` what it lacks of a backup, or has damaged; what it has besides stays.

    ``keys`` are the repositories that are meant, None for all. Idempotent.
    """
    with ThreadPoolExecutor(_PARALLEL, thread_name_prefix="restore") as pool:
        way = Way(source, target, as_in_the_backup, pace, pool, proves=True)
        for key in source.content.repositories() if keys is None else keys:
            yield copy_repository(way, key)


def bring_tokens(registry: Registry, file: RegistryFile) -> tuple[int, int]:
    """Let in the tokens of a backup that the registry never knew, and revoke those that were revoked there.

    Returns how many of either. Idempotent. The registry forgets no token: what it revoked does not come back.
    """

    def write(connection: Connection) -> tuple[int, int]:
        for project in file.projects:
            ensure_project(connection, project.name, at=project.created_at)
        stored = {row.hash: row for row in connection.execute(select(tokens))}
        taken = {row.id for row in stored.values()}
        fresh = [token for token in file.tokens if token.sha256 not in stored]
        for token in sorted(
            fresh, key=lambda token: token.id in taken
        ):  # numbers that are free stay what they were
            _let_in(connection, token, is_free=token.id not in taken)
        revoked = [
            token
            for token in file.tokens
            if token.revoked_at and token.sha256 in stored and stored[token.sha256].revoked_at is None
        ]
        for token in revoked:
            chosen = update(tokens).where(tokens.c.hash == token.sha256)
            connection.execute(chosen.values(revoked_at=token.revoked_at))
        for verb, changed in (("restore", fresh), ("revoke", revoked)):
            _recorded(connection, f"token.{verb}", changed, at=registry.now())
        return sum(token.revoked_at is None for token in fresh), len(revoked)

    return registry.database.retried(write)


def _complete(copied: Copied, wanted: int) -> Copied:
    if copied.error or copied.versions >= wanted:
        return copied
    key = copied.repository
    error = (
        f'the database knows {wanted} versions of "{key.slug}", and the content store has {copied.versions}: '
        "look at docs/howto/disaster-recovery.md"
    )
    return copied._replace(error=error)


def _snapshot(registry: Registry) -> _Snapshot:
    """NB: repositories before tokens before projects, for PostgreSQL shows each query what was committed by then."""
    counts = (
        select(projects.c.name, repositories.c.type, repositories.c.slug, func.count(versions.c.ordinal))
        .join(projects, projects.c.id == repositories.c.project_id)
        .outerjoin(versions, versions.c.repository_id == repositories.c.id)
        .group_by(projects.c.name, repositories.c.type, repositories.c.slug)
    )
    columns = (tokens.c.name, projects.c.name, tokens.c.scope, tokens.c.hash)
    listed = (
        select(tokens.c.id, *columns, tokens.c.created_at, tokens.c.revoked_at)
        .join(projects, projects.c.id == tokens.c.project_id)
        .order_by(tokens.c.id)
    )
    named = select(projects.c.name, projects.c.created_at).order_by(projects.c.name)
    with registry.database.reading() as connection:
        found = {RepositoryKey(*row[:3]): row[3] for row in connection.execute(counts)}
        entries = tuple(TokenEntry(*row) for row in connection.execute(listed))
        return _Snapshot(
            found, RegistryFile(tuple(ProjectEntry(*row) for row in connection.execute(named)), entries)
        )


def _let_in(connection: Connection, token: TokenEntry, *, is_free: bool) -> None:
    values = {
        "project_id": ensure_project(connection, token.project, at=token.created_at),
        "name": token.name,
        "hash": token.sha256,
        "scope": token.scope,
        "created_at": token.created_at,
        "revoked_at": token.revoked_at,
    }
    number = {"id": token.id} if is_free else {}
    connection.execute(insert(tokens).values(**number, **values))
    if is_free and connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence('tokens', 'id'), max(id)) FROM tokens"))


def _recorded(connection: Connection, action: str, changed: Iterable[TokenEntry], *, at: str) -> None:
    for token in changed:
        project_id = ensure_project(connection, token.project, at=at)
        record(connection, at, project_id, LOCAL_ACTOR, (action, token.name, token.scope))
