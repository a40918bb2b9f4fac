"""Changes of the values of ENUM and SET columns: only values added at the end come without a copy."""

from __future__ import annotations

import re

_LIST = re.compile(r"\s*(enum|set)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_VALUE = re.compile(r"'((?:[^']|'')*)'")
_ENUM_IN_ONE_BYTE = 255
_SET_BYTES = (8, 16, 24, 32, 64)


def value_list_changes(current: str, desired: str) -> tuple[tuple[str, str], ...] | None:
    """Codes and words for the change of one list of values to another; None when these are no two lists."""
    before, after = _values(current), _values(desired)
    if before is None or after is None or before[0] != after[0]:
        return None
    kind, had = before
    _, has = after
    family = "MY11" if kind == "enum" else "MY12"
    found: list[tuple[str, str]] = []
    kept = [value for value in had if value in has]
    if len(kept) < len(had):
        found.append((f"{family}0", f"Removing {kind} values from"))
    if [value for value in has if value in had] != kept:
        found.append((f"{family}1", f"Reordering {kind} values of"))
    elif not found and has[: len(had)] != had:
        found.append((f"{family}2", f"Inserting new {kind} values not at the end of"))
    if _size(kind, len(had)) < _size(kind, len(has)):
        found.append((f"{family}3", f"Exceeding the {kind} values that fit the stored size of"))
    return tuple(found)


def _values(type_text: str) -> tuple[str, list[str]] | None:
    found = _LIST.match(type_text)
    return (found[1].lower(), _VALUE.findall(found[2])) if found else None


def _size(kind: str, count: int) -> int:
    if kind == "enum":
        return 1 if count <= _ENUM_IN_ONE_BYTE else 2
    return next((number for number, most in enumerate(_SET_BYTES, 1) if count <= most), len(_SET_BYTES))
