"""Texts that the server printed: taking off parentheses, cutting lists, and the names that it gives by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME_BYTES = 63

# Strings have no backslashes of their own: standard_conforming_strings is on.
_SIGN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[()\[\],]""")


def _signs(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Brackets and commas outside of quotes: the sign, its place, and how many brackets are open behind it."""
    depth = 0
    for found in _SIGN.finditer(text, start):
        sign = found.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign != ",":
            continue
        yield sign, found.start(), depth


def bare(text: str | None) -> str:
    """An expression without the parentheses around the whole of it; '' for None."""
    text = (text or "").strip()
    while text.startswith("(") and closing(text, 0) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def closing(text: str, start: int) -> int:
    """The place of the bracket that closes the one at ``start``; -1 where none does."""
    return next((place for sign, place, depth in _signs(text, start) if depth == 0 and sign != ","), -1)


def elements(text: str) -> list[str]:
    """The elements of a list that commas part."""
    commas = [place for sign, place, depth in _signs(text) if sign == "," and depth == 0]
    ends = [*commas, len(text)]
    return [
        text[start:end].strip()
        for start, end in zip([0, *(place + 1 for place in commas)], ends, strict=True)
    ]


def outside_quotes(text: str, word: str) -> int:
    """The place where ``word`` first stands outside of quotes and brackets; -1 for nowhere."""
    depth, start = 0, 0
    for found in re.finditer(rf"{_SIGN.pattern}|{re.escape(word)}", text):
        start = found.start()
        if found.group() == word and depth == 0:
            return start
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(found.group(), 0)
    return -1


def default_name(first: str, second: str, label: str) -> str:
    """The name that the server gives, as ``t_id_seq``; the longer part is cut first.

    The rule is ``makeObjectName`` of src/backend/commands/indexcmds.c.
    """
    left, right = first.encode(), second.encode()
    room = NAME_BYTES - len(label) - 1 - (1 if second else 0)
    left_size, right_size = len(left), len(right)
    while left_size + right_size > room:
        if left_size > right_size:
            left_size -= 1
        else:
            right_size -= 1
    parts = (_clipped(left, left_size), _clipped(right, right_size), label)
    return "_".join(part for part in parts if part)


def _clipped(name: bytes, size: int) -> str:
    return name[:size].decode(errors="ignore")


def multirange_name(range_name: str) -> str:
    """The name of the multirange type of a range type (``makeMultirangeTypeName``, src/backend/catalog/pg_type.c)."""
    if "range" in range_name:
        return _clipped(range_name.replace("range", "multirange", 1).encode(), NAME_BYTES)
    return _clipped(range_name.encode(), NAME_BYTES - len("_multirange")) + "_multirange"
