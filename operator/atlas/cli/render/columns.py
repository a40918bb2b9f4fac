"""Plain columns: as wide as their widest cell, two spaces apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column without its gap."""
    return [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines; there must be one at least, and all of the same length."""
    sizes = widths(rows)
    lines = (
        (" " * GAP).join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
