"""Which statements end a transaction by themselves on MySQL and MariaDB, and which set their session. No server is asked.

Manual: MySQL 8.4, 15.3.3 "Statements That Cause an Implicit Commit". Instead of that list, which grows with
every version, the short list of those that never do: what is not on it may.
"""

from __future__ import annotations

import re

_FIRST_WORDS = re.compile(
    r"(?:\s|--[ \t][^\n]*(?:\n|\Z)|--\n|\#[^\n]*(?:\n|\Z)|/\*(?![!M]).*?\*/)*+\(*+([A-Za-z]++)\s*+(\S*+)",
    re.DOTALL,
)
_KEEPS_TRANSACTION = frozenset(
    (
        "ROLLBACK",
        "INSERT",
        "UPDATE",
        "DELETE",
        "REPLACE",
        "SELECT",
        "WITH",
        "VALUES",
        "TABLE",
        "DO",
        "SET",
        "SHOW",
        "EXPLAIN",
        "SAVEPOINT",
        "RELEASE",
        "USE",
    )
)
_GAP = r"(?:\s|--[ \t][^\n]*\n|\#[^\n]*\n|/\*.*?\*/)"
_ROLLS_BACK = re.compile(rf"ROLLBACK\b(?!{_GAP}+(?:WORK{_GAP}+)?TO\b)", re.IGNORECASE | re.DOTALL)
_COMMITTING_SETS = re.compile(
    r"PASSWORD|DEFAULT|GLOBAL|PERSIST|ROLE|STATEMENT|RESOURCE|@@|.*AUTOCOMMIT", re.IGNORECASE
)
_PURE = "".join(
    rf"(?<![\s=,(]{name}\()" for name in ("CONCAT", "REPLACE", "IFNULL", "COALESCE", "TRIM", "UPPER", "LOWER")
)
_ANSWERED = (
    rf"\b(?:SELECT|NEXT|PREVIOUS|CURRENT_\w+|UTC_\w+|LOCALTIME\w*|(?:LAST_)?INSERT_ID|IDENTITY|TIMESTAMP|\w+_COUNT"
    rf"|GTID_\w+|RAND_SEED\d)\b|\({_PURE}"
)
"""What is another thing the second time, holds for one statement only, or calls a function, which may do anything."""
_SETS = re.compile(
    r"(?:\s|--[ \t][^\n]*(?:\n|\Z)|--\n|\#[^\n]*(?:\n|\Z)|/\*(?![!M]).*?\*/)*+(?:/\*M?!\d*\s*)?+(?:USE\b"
    r"|SET\s+(?!(?:STATEMENT|TRANSACTION|PASSWORD|DEFAULT|RESOURCE)\b)(?![^;]*\b(?:GLOBAL|PERSIST\w*)\b)"
    rf"(?![^;]*(?:{_ANSWERED})))"
    r"[^;]*;?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


def commits_implicitly(statement: str) -> bool:
    """Whether the statement may end a transaction; True where it is not plain data manipulation.

    A bare ROLLBACK is not among them: what it asks for is lost once the statements before it are committed, so
    the session refuses it in words when it ends our transaction. A text with a ``;`` before its end may hold
    several commands, and an executable comment (``/*! … */``) holds what it likes.
    """
    if ";" in statement.rstrip("; \t\r\n") or "/*!" in statement or "/*M!" in statement:
        return True
    found = _FIRST_WORDS.match(statement)
    if found is None:
        return True
    first = found.group(1).upper()
    if first == "SET":
        return _COMMITTING_SETS.search(statement[found.start(2) :]) is not None
    return first not in _KEEPS_TRANSACTION


def rolls_back(statement: str) -> bool:
    """Whether the statement undoes the open transaction as a whole: with ``AND CHAIN`` another one is open afterwards."""
    found = _FIRST_WORDS.match(statement)
    return found is not None and _ROLLS_BACK.match(statement, found.start(1)) is not None


def sets_session(statement: str) -> bool:
    """Whether a statement does nothing but set its session, and would set the same in another one."""
    return _SETS.match(statement) is not None
