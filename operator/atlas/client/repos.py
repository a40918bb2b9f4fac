"""Repositories of the registry: create, list, describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.client.paging import page_of
from atlas.errors import Unavailable
from atlas.wire.contract import CreateRepoInput, driver_name, wire_driver
from atlas.wire.operations import CREATE_REPO, DESCRIBE_REPO, REPOS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.paging import Page
    from atlas.client.transport import Transport
    from atlas.wire.contract import RepositoryType

_PAGE = 100
_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class RepositorySummary:
    """A repository and how many of its databases stand how."""

    id: int
    slug: str
    title: str
    type: RepositoryType
    url: str
    driver: str
    synced: int
    failed: int
    pending: int


def create_repository(transport: Transport, wanted: CreateRepoInput) -> RepositorySummary:
    """Make an empty repository; raises ``Conflict`` where it exists."""
    spelled = CreateRepoInput(**{**wanted, "driver": wire_driver(wanted["driver"])})
    return _summary(transport.execute(CREATE_REPO, {"input": spelled}) or {})


def list_repositories(transport: Transport, *, page: int, page_size: int) -> Page[RepositorySummary]:
    """One page of the repositories of the token's project, in order of creation."""
    asked = {"page": page, "pageSize": page_size}
    return page_of(transport.execute(REPOS, {"input": asked}) or {}, "repos", _summary, asked)


def all_repositories(transport: Transport) -> tuple[RepositorySummary, ...]:
    """The repositories of all pages, each once.

    Raises:
        Unavailable: The pages have no end.
    """
    found: dict[tuple[str, str], RepositorySummary] = {}
    read = 0
    for number in range(1, _PAGES + 1):
        page = list_repositories(transport, page=number, page_size=_PAGE)
        before, read = len(found), read + len(page.entries)
        found.update({(each.type, each.slug): each for each in page.entries})
        if read >= page.total or not page.entries:
            return tuple(found.values())
        if len(found) == before:
            break
    raise Unavailable(
        f"{transport.address.url} has no last page of repositories: page {number} of them repeats what others had, or there "
        f"are more than {_PAGES * _PAGE}; whoever runs it has to mend it"
    )


def describe_repositories(
    transport: Transport, selector: Mapping[str, object]
) -> tuple[RepositorySummary, ...]:
    """The repositories with one ``id``, ``slug`` or ``name``; raises ``NotFound``."""
    answer = transport.execute(DESCRIBE_REPO, {"input": selector})
    return tuple(_summary(item) for item in answer or ())


def _summary(item: Mapping[str, Any]) -> RepositorySummary:
    counts = item.get("databases") or {}
    return RepositorySummary(
        id=item.get("id") or 0,
        slug=item.get("slug") or "",
        title=item.get("title") or "",
        type=item.get("type") or "MIGRATION_DIRECTORY",
        url=item.get("url") or "",
        driver=driver_name(item.get("driver") or ""),
        synced=counts.get("synced") or 0,
        failed=counts.get("failed") or 0,
        pending=counts.get("pending") or 0,
    )
