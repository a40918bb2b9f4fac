"""Which statements end the transaction that they run in, and which set their session. No server is asked.

Manual: PostgreSQL 17, SQL Commands: COMMIT, END, ROLLBACK, ABORT, PREPARE TRANSACTION. Procedures and blocks of code
cannot: within a transaction of ours the server refuses what they try.
"""

from __future__ import annotations

import re

from atlas.engine.scan import POSTGRES, scan
from atlas.errors import ParseError

_GAP = r"(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?\*/)"
_ENDS = re.compile(
    rf"{_GAP}*+(?:PREPARE{_GAP}+TRANSACTION\b|(?:COMMIT|END|ROLLBACK|ABORT)\b"
    rf"(?!{_GAP}+(?:WORK{_GAP}+|TRANSACTION{_GAP}+)?TO\b)(?!{_GAP}+PREPARED\b))",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(r"\b(?:COMMIT|END|ROLLBACK|ABORT|PREPARE)\b", re.IGNORECASE)
_SETS = re.compile(
    rf"{_GAP}*+(?:SET\s+(?!(?:LOCAL|TRANSACTION|CONSTRAINTS)\b)|RESET\s"
    r"|SELECT\s+(?:pg_catalog\.)?set_config\s*\([^;()]*,\s*(?:false|'f')\s*\))[^;]*;?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


def ends_transaction(statement: str) -> bool:
    """Whether the text, which may hold several commands, commits, undoes or gives away the open transaction.

    With ``AND CHAIN`` another one is open afterwards, so that the server's word is not enough to tell.
    """
    if _ENDS.match(statement):
        return True
    if ";" not in statement.rstrip("; \t\r\n") or not _WORDS.search(statement):
        return False
    try:
        return any(_ENDS.match(command.text) for command in scan(statement, POSTGRES))
    except ParseError:  # the server will not read it either
        return False


def sets_session(statement: str) -> bool:
    """See ``engine.ports.Dialect``."""
    return _SETS.match(statement) is not None
