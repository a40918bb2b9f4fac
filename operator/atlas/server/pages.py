"""The pages a printed URL opens: a project and its repositories, read-only, without scripts.

A page needs the token of its project (a browser asks for it as a password) unless pages are public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import NotFound
from atlas.server.html import Markup, document, element, moment, table, way_home
from atlas.server.plan_page import plan_table
from atlas.server.store.databases import NO_DATABASES, count_databases
from atlas.server.store.reading import FoundVersion, entries_of, index_of, manifest_of
from atlas.server.store.registry import page_path
from atlas.server.store.repositories import Repository, list_repositories, repository_by_id
from atlas.wire.contract import SCHEMA
from atlas.wire.history import latest_of
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.contract import RepositoryType
    from atlas.wire.index import RepositoryIndex

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}
_SHOWN_VERSIONS = 100
_SHOWN_LINES = 5_000


def repository_page(
    registry: Registry, principal: Principal | None, type_: RepositoryType, repository_id: int
) -> str:
    """The page of a repository; without a principal (public pages) of any project.

    Raises ``NotFound`` for another project's repository too: a stranger learns nothing from the number.
    """
    repository = repository_by_id(registry, repository_id)
    foreign = principal is not None and repository.project != principal.project
    if foreign or repository.type != type_:
        raise NotFound(f"repository {repository_id} not found")
    index = index_of(registry, repository)
    return document(
        repository.title,
        *([] if principal is None else [way_home()]),
        element("h1", repository.title),
        _summary(registry, repository),
        *plan_table(registry, repository),
        element("h2", "Versions"),
        _versions(index),
        *_content(registry, repository, index),
    )


def home_page(registry: Registry, principal: Principal) -> str:
    """The repositories of a project, each with a link to its page. There is no public one: projects are apart."""
    found, _ = list_repositories(registry, principal)
    rows = [
        (
            element("a", repository.title, href=page_path(repository.type, repository.id)),
            element("code", f"atlas://{repository.slug}"),
            repository.type,
            repository.driver,
        )
        for repository in found
    ]
    listed = (
        table(("Title", "Address", "Type", "Driver"), rows)
        if rows
        else element("p", "Nothing was pushed yet.")
    )
    return document(principal.project, element("h1", principal.project), listed)


def _summary(registry: Registry, repository: Repository) -> Markup:
    counts = count_databases(registry, [repository.id]).get(repository.id, NO_DATABASES)
    rows = [
        ("Address", element("code", f"atlas://{repository.slug}")),
        ("Type", repository.type),
        ("Driver", repository.driver),
        ("Databases", f"{counts.synced} synced, {counts.failed} failed, {counts.pending} pending"),
    ]
    if repository.description:
        rows.append(("Description", repository.description))
    return table(("", ""), rows)


def _versions(index: RepositoryIndex) -> Markup:
    if not index.versions:
        return element("p", "Nothing was pushed yet.")
    names: dict[int, list[str]] = {latest_of(index).ordinal: [LATEST]}
    for name, tag in index.tags.items():
        names.setdefault(tag.ordinal, []).append(name)
    rows = [
        (
            str(version.ordinal),
            version.name,
            ", ".join(names.get(version.ordinal, ())),
            moment(version.created_at),
            str(version.file_count),
            element("code", version.digest),
        )
        for version in reversed(index.versions[-_SHOWN_VERSIONS:])
    ]
    return table(("#", "Version", "Tags", "Pushed", "Files", "Digest"), rows)


def _content(registry: Registry, repository: Repository, index: RepositoryIndex) -> tuple[Markup, ...]:
    if not index.versions:
        return ()
    latest = FoundVersion(repository, latest_of(index))
    return _schema(registry, latest) if repository.type == SCHEMA else _files(registry, latest)


def _schema(registry: Registry, latest: FoundVersion) -> tuple[Markup, ...]:
    lines = [line for entry in entries_of(registry, latest) for line in entry.content.decode().splitlines()]
    shown = element("pre", element("code", "\n".join(lines[:_SHOWN_LINES])))
    rest = len(lines) - _SHOWN_LINES
    more = (element("p", f"… and {rest:,} more lines"),) if rest > 0 else ()
    return element("h2", "Schema of latest"), shown, *more


def _files(registry: Registry, latest: FoundVersion) -> tuple[Markup, ...]:
    records = manifest_of(registry, latest)
    rows = [(record.name, f"{record.size:,}", element("code", record.sha256)) for record in records]
    return element("h2", "Files of latest"), table(("Name", "Bytes", "SHA-256"), rows)
