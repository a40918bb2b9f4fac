"""Words that the texts of findings share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.scan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.schema.table import IndexPart


def quoted(names: Sequence[str]) -> str:
    """``"a", "b"``."""
    return ", ".join(quote(name) for name in names)


def columns(parts: Sequence[IndexPart]) -> str:
    """``column "a"``, or ``columns "a", "b"``; an expression stands for itself."""
    names = [part.column or part.expr for part in parts]
    return f"column {quoted(names)}" if len(names) == 1 else f"columns {quoted(names)}"
