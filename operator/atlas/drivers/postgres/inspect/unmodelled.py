"""What is there and has no place in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema import Unmodelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row


_OWNER = "owner"


def unmodelled(found: Found) -> tuple[Unmodelled, ...]:
    """Sorted by kind, name and what it is on."""
    return _sorted(row for row in found.unmodelled if row["kind"] != _OWNER)


def foreign(found: Found) -> tuple[Unmodelled, ...]:
    """Objects with the name of their owner, who is not the role of the session."""
    return _sorted(row for row in found.unmodelled if row["kind"] == _OWNER)


def _sorted(rows: Iterable[Row]) -> tuple[Unmodelled, ...]:
    items = {Unmodelled(kind=row["kind"], name=row["name"], on=row["on"] or "") for row in rows}
    return tuple(sorted(items, key=lambda item: (item.kind, item.name, item.on)))
