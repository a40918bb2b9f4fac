"""What plain words of YAML mean to Go's ``yaml.v3``, which merges documents, and the order of its keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

TAG: Final = "tag:yaml.org,2002:"
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_OLD_BOOLEANS: Final = frozenset(
    ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF"]
)
_INTEGER: Final = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BASE_60: Final = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_PARTS: Final = re.compile(r"[0-9]+|[^\W\d_]|[\W_]")
_OCTAL: Final = re.compile(r"([-+]?)0([0-7]+)")


@dataclass(frozen=True, slots=True)
class Plain:
    """A word that is no string."""

    word: str


def plain_word(text: str) -> str | None:
    """How a plain word is written again; None for one that is a string."""
    if text in _NULL:
        return "null"
    if text in _TRUE or text in _FALSE:
        return text.lower()
    if _SPECIAL.fullmatch(text):
        return text.lower().removeprefix("+")
    if _DATE.fullmatch(text):
        return _date(text)
    digits = text.replace("_", "") if text[:1].isdigit() or text[:1] in {"+", "-"} else text
    if _INTEGER.fullmatch(digits):
        return str(int(_OCTAL.sub(r"\g<1>0o\2", digits), 0))
    return _float(digits) if _FLOAT.fullmatch(digits) else None


def _float(digits: str) -> str:
    from atlas.hcl.functions.number_verbs import shortest
    from atlas.hcl.values import read_number

    return shortest(read_number(repr(float(digits))))


def _date(text: str) -> str | None:
    """A date alone is midnight in UTC; one with a time is kept as it is written."""
    from datetime import datetime

    day, _, time = text.replace(" ", "T").replace("t", "T").partition("T")
    try:
        found = datetime(*map(int, day.split("-")))  # type: ignore[arg-type]  # noqa: DTZ001  its zone stands behind it
    except ValueError:
        return None
    return (
        f"{found:%Y-%m-%d}T{time or '00:00:00Z'}"
        if not time or time[-1:] == "Z"
        else f"{found:%Y-%m-%d}T{time}"
    )


def is_ambiguous(text: str) -> bool:
    """Whether a string must be quoted, so that no parser takes it for something else."""
    return (
        plain_word(text) is not None
        or text in _OLD_BOOLEANS
        or text == "<<"
        or bool(_BASE_60.fullmatch(text))
    )


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key for sorting: a number inside a name counts as one, and other signs come before letters."""
    found: list[tuple[int, int, str]] = []
    for part in _PARTS.findall(name):
        follows_number = bool(found) and found[-1][1] >= 0
        if part.isdigit():
            found.append((1, int(part), part))
        elif part.isalpha():
            found.append((0 if follows_number else 2, -1, part))
        else:
            found.append((1, -1, part))
    return tuple(found)
