"""What is there and has no place in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema import Unmodelled

if TYPE_CHECKING:
    from atlas.drivers.postgres.inspect.found import Found


def unmodelled(found: Found) -> tuple[Unmodelled, ...]:
    """Sorted by kind, name and what it is on."""
    items = {Unmodelled(kind=row["kind"], name=row["name"], on=row["on"] or "") for row in found.unmodelled}
    return tuple(sorted(items, key=lambda item: (item.kind, item.name, item.on)))
