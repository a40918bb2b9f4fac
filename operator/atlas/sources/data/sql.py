"""``sql``: what a query of another database answers, read once and changing nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from atlas.errors import SpecError
from atlas.hcl.values import kind, whole_or_decimal
from atlas.sources.data.calls import check_names, required

if TYPE_CHECKING:
    from atlas.project.data import SourceCall

ReadRows: TypeAlias = Callable[[str, str, Sequence[object]], Sequence[Sequence[object]]]
"""Rows of ``(url, query, arguments)``: a connection of its own, no lock, 30 s, nothing is written.

Values are strings, numbers and bools; None is a null. Raises ``AtlasError`` without the password of the URL.
"""


@dataclass(frozen=True, slots=True)
class SqlSource:
    """Queries go through ``read_rows``."""

    read_rows: ReadRows

    def sql(self, call: SourceCall) -> object:
        """``count``, ``values`` of the one column, and ``value``, the first of them or null."""
        check_names(call, "url", "query", "args")
        url, query = required(call, "url"), required(call, "query")
        values = [_only(row) for row in self.read_rows(url, query, _arguments(call))]
        return {"count": len(values), "values": values, "value": values[0] if values else None}


def _arguments(call: SourceCall) -> Sequence[object]:
    found = call.block.value("args")
    if found is None:
        return ()
    if not isinstance(found, list | tuple):
        raise SpecError(f'"args" must be a list, found {kind(found)}')
    return [_argument(item) for item in found]


def _argument(value: object) -> object:
    match value:
        case str() | bool() | int() | float():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            raise SpecError(f'"args" must be a list of strings, numbers or bools, found {kind(value)}')


def _only(row: Sequence[object]) -> object:
    if len(row) != 1:
        raise SpecError(f"the query answers {len(row)} columns: expected one, whose values are read")
    if row[0] is None:
        raise SpecError(
            "the query answers NULL: expected values; leave it out with WHERE … IS NOT NULL, or COALESCE"
        )
    return _exact(row[0])


def _exact(value: object) -> object:
    """Numbers of HCL are no floats; what is no number at all is told by its name."""
    if not isinstance(value, float):
        return value
    return whole_or_decimal(Decimal(repr(value))) if isfinite(value) else repr(value)
