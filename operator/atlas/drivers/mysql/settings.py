"""What of the statements that ran a new session of MySQL or MariaDB needs again. No server is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.mysql.statements import sets_session

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = r"(?:\s|--[ \t][^\n]*(?:\n|\Z)|--\n|\#[^\n]*(?:\n|\Z)|/\*(?![!M]).*?\*/)*+(?:/\*M?!\d*\s*)?+"
_SET = re.compile(rf"{_GAP}SET\s+([^;]*)", re.IGNORECASE | re.DOTALL)
_USE = re.compile(rf"{_GAP}USE\b\s*`?([^`;\s]+)", re.IGNORECASE)
_DROP = re.compile(rf"{_GAP}DROP\s+(?:DATABASE|SCHEMA)\s+(?:IF\s+EXISTS\s+)?`?([^`;\s]+)", re.IGNORECASE)
_TARGET = re.compile(
    r"(?:\A|,)\s*(?:(?:SESSION|LOCAL)\s+|@@(?:(?:SESSION|LOCAL)\s*\.\s*)?)?(@?[\w$.]+)\s*:?=", re.IGNORECASE
)
_VARIABLE = re.compile(r"(?<![@\w])@[\w$.]+")
_READ = re.compile(r"(?<![@\w])(@[\w$.]++)(?!\s*:?=)")
_FILLS = re.compile(r"\bINTO\b|:=|\bCALL\b|\bEXECUTE\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\w*")
_LAST_COUNTS = frozenset(("use", "role"))


def settings_of(statements: Sequence[str]) -> tuple[str, ...]:
    """See ``engine.ports.Dialect``.

    What was set from something that is lost, as an old value that a query had kept, is as the session began it: the
    setting before it is not sent either. Of databases and roles, which may be gone since, only the last one counts.
    """
    kept: list[tuple[str, frozenset[str]]] = []
    for statement in statements:
        names = _names(statement, kept)
        known = frozenset[str]().union(*(each for _, each in kept))
        read = {found.casefold() for found in _READ.findall(statement)}
        is_sent = sets_session(statement) and read <= known
        if not is_sent or names & _LAST_COUNTS:
            kept = [each for each in kept if not each[1] & names]
        if is_sent:
            kept.append((statement, names))
    return tuple(statement for statement, _ in kept)


def _names(statement: str, kept: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """What a statement gives another value, in small letters."""
    if found := _SET.match(statement):
        targets = _TARGET.findall(found[1]) or _FIRST_WORD.findall(found[1])[:1]
        return frozenset(each.casefold() for each in targets)
    if _USE.match(statement):
        return frozenset(("use",))
    if dropped := _DROP.match(statement):
        used = (_USE.match(each) for each, _ in kept)
        return frozenset(("use",)) if any(each and each[1] == dropped[1] for each in used) else frozenset()
    if _FILLS.search(statement):
        return frozenset(each.casefold() for each in _VARIABLE.findall(statement))
    return frozenset()
