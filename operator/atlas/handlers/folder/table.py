"""Resources and their statuses as lines of text, in the columns that ``kubectl get`` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.reconcile import conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.handlers.keys import Key

_HEADS = ("NAME", "READY", "REASON", "VERSION")
_GAP = 3


def rows(statuses: Mapping[Key, Mapping[str, object]]) -> Iterator[str]:
    """A line of heads and a line for each resource; a message stands, indented, below its resource."""
    cells = [_cells(key, status) for key, status in statuses.items()]
    widths = [max(len(row[column]) for row in (_HEADS, *cells)) + _GAP for column in range(len(_HEADS))]
    yield _line(_HEADS, widths)
    for row, status in zip(cells, statuses.values(), strict=True):
        yield _line(row, widths)
        for text in conditions.ready_state(status)[1].splitlines():
            yield f"  {text}"


def _cells(key: Key, status: Mapping[str, object]) -> tuple[str, ...]:
    ready = "True" if conditions.is_ready(status) else "False"
    reason, _ = conditions.ready_state(status)
    return key.name, ready, reason or "<none>", str(status.get("lastAppliedVersion") or "<none>")


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
