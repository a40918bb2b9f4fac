"""Whether what is about to be dropped holds rows: asked before the first statement of a way down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from atlas.engine.scan.quote import quote
from atlas.errors import PolicyRefused
from atlas.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.schema import Key


class RowProbe(Protocol):
    """Looks for rows in an open target."""

    def question(self, key: Key) -> str:
        """The query that says whether a table has no row, or a column no value but NULL."""

    def is_empty(self, key: Key) -> bool:
        """Ask it. Raises as the session does."""

    def hold(self, key: Key) -> None:
        """Let nobody else write to the table until the open transaction ends; waits for those who do.

        Where a transaction keeps others away by itself there is nothing to do.
        """


@dataclass(frozen=True, slots=True)
class RowCheck:
    """One answer."""

    key: Key
    question: str
    is_empty: bool


def check_rows(keys: Iterable[Key], probe: RowProbe) -> tuple[RowCheck, ...]:
    """Ask for each key, in order; a column whose table is asked for too is not asked for."""
    wanted = dict.fromkeys(keys)
    return tuple(
        RowCheck(key, probe.question(key), probe.is_empty(key)) for key in wanted if key.parent not in wanted
    )


def refuse_data_loss(checks: Iterable[RowCheck], *, is_running: bool = False) -> None:
    """Stop before anything that holds rows is dropped; ``is_running`` when the way down has begun.

    Raises:
        PolicyRefused: Each table and column that does is named.
    """
    found = [_holder(check.key) for check in checks if not check.is_empty]
    if not found:
        return
    if is_running:
        raise PolicyRefused(
            f"going down was stopped, it would delete data that was written meanwhile: {'; '.join(found)}. Keep others "
            "from writing, save the data and remove it, or allow the loss with --allow-data-loss"
        )
    raise PolicyRefused(
        f"going down would delete data, nothing was run: {'; '.join(found)}. Save the data and remove it, or allow "
        "the loss with --allow-data-loss"
    )


def _holder(key: Key) -> str:
    if key.kind is Kind.COLUMN:
        return f"column {quote(key.name)} of table {quote(key.relation)} holds values"
    return f"table {quote(key.name)} is not empty"
