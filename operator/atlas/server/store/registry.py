"""What every function of the store is given: the database, the content, the clock and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Literal

from atlas.errors import Forbidden
from atlas.wire.archive import DEFAULT_LIMITS, Limits
from atlas.wire.contract import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from atlas.server.store.content import ContentStore
    from atlas.server.store.database import Database
    from atlas.wire.contract import RepositoryType

Scope = Literal["read", "push"]


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a token, which alone fixes the project that is seen."""

    token_id: int
    token_name: str
    project_id: int
    project: str
    scope: Scope

    def need(self, scope: Scope) -> None:
        """Raise ``Forbidden`` unless the token's scope covers ``scope``; push covers read."""
        if scope == "push" and self.scope != "push":
            raise Forbidden(f'the token "{self.token_name}" may read and report, but not push')


@dataclass(frozen=True, slots=True)
class Registry:
    """One registry. ``public_url`` is what links start with, without a trailing slash."""

    database: Database
    content: ContentStore
    clock: Callable[[], datetime]
    public_url: str
    limits: Limits = field(default=DEFAULT_LIMITS)

    def now(self) -> str:
        """The time in the form of ``utc_text``."""
        return utc_text(self.clock())

    def link(self, type_: RepositoryType, repository_id: int) -> str:
        """The page of a repository, which opens in a browser."""
        return self.public_url + page_path(type_, repository_id)


def page_path(type_: RepositoryType, repository_id: int) -> str:
    """The path of a repository's page, from the root of the registry."""
    return f"/{'schemas' if type_ == SCHEMA else 'dirs'}/{repository_id}"


def plan_path(repository_id: int, number: int) -> str:
    """The path of a plan's page, from the root of the registry."""
    return f"{page_path(SCHEMA, repository_id)}/plans/{number}"


def utc_text(moment: datetime) -> str:
    """An aware time as RFC 3339 in UTC, to the microsecond: of two, the later one sorts last."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
