"""Values of flags that are words of a closed family, or durations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import UsageError

if TYPE_CHECKING:
    from enum import Enum

    Member = TypeVar("Member", bound=Enum)

_UNITS_S = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


def choice(family: type[Member], word: str, complaint: str) -> Member:
    """The member whose value is ``word``.

    Raises:
        UsageError: ``complaint`` with the quoted word, and the words there are.
    """
    for member in family:
        if member.value == word:
            return member
    words = ", ".join(str(member.value) for member in family)
    raise UsageError(f'{complaint}"{word}": expected one of {words}')


def duration_s(text: str, flag: str) -> float:
    """Seconds of a Go duration such as ``1m30s`` or ``500ms``."""
    if text == "0":
        return 0.0
    parts = re.findall(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise UsageError(
            f'invalid argument "{text}" for "{flag}" flag: expected a duration such as 10s or 1m30s'
        )
    return sum(float(number) * _UNITS_S[unit] for number, unit in parts)
