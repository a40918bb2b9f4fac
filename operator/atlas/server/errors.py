"""The one place that knows which HTTP status an error of the tree has at this door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.errors import (
    AtlasError,
    Conflict,
    DesiredStateError,
    Forbidden,
    HistoryError,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
    Unsupported,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

OK = 200
INTERNAL = 500

_STATUS: tuple[tuple[type[AtlasError], int], ...] = (
    (Forbidden, 403),
    (Unauthorized, 401),
    (Conflict, 409),
    (Unavailable, 503),
    (Unsupported, 422),
    (Rejected, 422),
    (SpecError, 422),
    (DesiredStateError, 422),
    (HistoryError, 422),
)


def status_of(error: AtlasError) -> int:
    """The status of a request that failed with ``error``; 404 is the caller's where an object is addressed."""
    if isinstance(error, NotFound):
        return 404
    return next((status for class_, status in _STATUS if isinstance(error, class_)), INTERNAL)


def graphql_status(errors: Sequence[AtlasError]) -> int:
    """The status of a GraphQL answer: existing clients expect "not found" as an error with status 200."""
    statuses = [OK if isinstance(error, NotFound) else status_of(error) for error in errors]
    return max(statuses, default=OK)


def graphql_error(error: AtlasError, path: Sequence[str] = ()) -> dict[str, Any]:
    """One item of ``errors``. NB: without ``locations``, which clients would print before the message."""
    item: dict[str, Any] = {"message": str(error), "extensions": {"code": error.reason}}
    if path:
        item["path"] = list(path)
    return item
