"""Classes of signs in regular expressions, as ranges of their numbers."""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from typing import Final, TypeAlias

from atlas.errors import Unsupported

Ranges: TypeAlias = Sequence[tuple[int, int]]

_DIGITS: Final = [(0x30, 0x39)]
_UPPER: Final = [(0x41, 0x5A)]
_LOWER: Final = [(0x61, 0x7A)]
_WORD: Final = [*_DIGITS, *_UPPER, (0x5F, 0x5F), *_LOWER]
PERL: Final[dict[str, Ranges]] = {"d": _DIGITS, "s": [(9, 10), (12, 13), (32, 32)], "w": _WORD}
r"""``\d``, ``\s`` and ``\w``: ASCII alone, and a vertical tab is no space."""
_POSIX: Final[dict[str, Ranges]] = {
    "alnum": [*_DIGITS, *_UPPER, *_LOWER],
    "alpha": [*_UPPER, *_LOWER],
    "ascii": [(0, 0x7F)],
    "blank": [(9, 9), (32, 32)],
    "cntrl": [(0, 0x1F), (0x7F, 0x7F)],
    "digit": _DIGITS,
    "graph": [(0x21, 0x7E)],
    "lower": _LOWER,
    "print": [(0x20, 0x7E)],
    "punct": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
    "space": [(9, 13), (32, 32)],
    "upper": _UPPER,
    "word": _WORD,
    "xdigit": [*_DIGITS, (0x41, 0x46), (0x61, 0x66)],
}
_CATEGORIES: Final = frozenset(
    [
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "L",
        "Ll",
        "Lm",
        "Lo",
        "Lt",
        "Lu",
        "M",
        "Mc",
        "Me",
        "Mn",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Pe",
        "Pf",
        "Pi",
        "Po",
        "Ps",
        "S",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Z",
        "Zl",
        "Zp",
        "Zs",
    ]
)


def posix(name: str) -> Ranges:
    """The class of ``[:name:]`` or ``[:^name:]``."""
    plain = name.removeprefix("^")
    if plain not in _POSIX:
        message = f'there is no class "[:{name}:]": expected one of {", ".join(_POSIX)}'
        raise ValueError(message)
    return inverted(_POSIX[plain]) if name != plain else _POSIX[plain]


def named(name: str) -> Ranges:
    r"""The class of ``\p{name}``, a general category of Unicode."""
    if name == "Any":
        return [(0, sys.maxunicode)]
    if name in _CATEGORIES:
        return _category(name)
    if len(name) < 3:  # noqa: PLR2004  scripts have longer names
        message = f'there is no class "\\p{{{name}}}"'
        raise ValueError(message)
    message = f"\\p{{{name}}} is not supported by this version: use a category such as \\p{{L}}, or a range"
    raise Unsupported(message)


@functools.cache
def _category(name: str) -> Ranges:
    from unicodedata import category

    found: list[tuple[int, int]] = []
    for code in range(sys.maxunicode + 1):
        if not category(chr(code)).startswith(name):
            continue
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    if name == "C":
        unassigned = set(_category("Cn"))
        return [each for each in found if each not in unassigned]
    return found


def inverted(ranges: Ranges) -> Ranges:
    """All other signs."""
    found: list[tuple[int, int]] = []
    begin = 0
    for low, high in sorted(ranges):
        if begin < low:
            found.append((begin, low - 1))
        begin = max(begin, high + 1)
    return [*found, (begin, sys.maxunicode)] if begin <= sys.maxunicode else found


def written(ranges: Ranges, *, negated: bool = False) -> str:
    """A class of ``re`` with these signs; one without any matches nothing."""
    if not ranges:
        return "[^\\s\\S]" if not negated else "[\\s\\S]"
    parts = (f"\\U{low:08x}" if low == high else f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
    return f"[{'^' if negated else ''}{''.join(parts)}]"
