"""Which changes of a column's type MySQL makes in place: a longer VARCHAR whose length still fits its prefix."""

from __future__ import annotations

import re

_VARYING = re.compile(r"\s*(varchar|varbinary)\s*\((\d+)\)", re.IGNORECASE)
_WIDTH = re.compile(r"\b(tinyint|smallint|mediumint|int|integer|bigint)\s*\(\d+\)", re.IGNORECASE)
_BYTES_A_CHARACTER = 4
_LONGEST_IN_ONE_BYTE = 255


def is_in_place(current: str, desired: str) -> bool:
    """Whether no row is written; the display width of an integer says nothing about what is stored."""
    if _WIDTH.sub(r"\1", current).lower() == _WIDTH.sub(r"\1", desired).lower():
        return True
    before, after = _VARYING.match(current), _VARYING.match(desired)
    if before is None or after is None or before[1].lower() != after[1].lower():
        return False
    size = _BYTES_A_CHARACTER if after[1].lower() == "varchar" else 1
    had, has = int(before[2]) * size, int(after[2]) * size
    return has >= had and (had > _LONGEST_IN_ONE_BYTE) == (has > _LONGEST_IN_ONE_BYTE)
