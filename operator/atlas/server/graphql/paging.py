"""Pages on the wire: ``page`` and ``pageSize`` of an input, ``pageInfo`` of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.server.graphql.inputs import number
from atlas.server.store.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE_SIZE = 20
_PAGE_LIMIT = 1_000


def window_of(fields: Mapping[str, Any]) -> Window:
    """The page that is asked for: the first of 20 where nothing is said, at most 1,000 long."""
    return Window(number(fields, "page", 1), min(number(fields, "pageSize", _PAGE_SIZE), _PAGE_LIMIT))


def page_info(window: Window, total: int) -> dict[str, int]:
    """Which page it was, and how many entries all pages have."""
    return {"page": window.page, "pageSize": window.size, "total": total}
