"""Which statements end the transaction that they run in, and which set their session. No server is asked.

Manual: PostgreSQL 17, SQL Commands: COMMIT, END, ROLLBACK, ABORT, PREPARE TRANSACTION. Procedures and blocks of code
cannot: within a transaction of ours the server refuses what they try.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.scan import POSTGRES, scan
from atlas.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = r"(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?\*/)"
_ENDS = re.compile(
    rf"{_GAP}*+(?:PREPARE{_GAP}+TRANSACTION\b(?!{_GAP}*+(?:AS\b|\())|(?:COMMIT|END|ROLLBACK|ABORT)\b"
    rf"(?!{_GAP}+(?:WORK{_GAP}+|TRANSACTION{_GAP}+)?TO\b)(?!{_GAP}+PREPARED\b))",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(r"\b(?:COMMIT|END|ROLLBACK|ABORT|PREPARE)\b", re.IGNORECASE)
_SETS = re.compile(
    rf"{_GAP}*+(?:SET\s+(?!(?:LOCAL|TRANSACTION|CONSTRAINTS)\b)|RESET\s"
    r"|SELECT\s+(?:pg_catalog\.)?set_config\s*\([^;()]*,\s*(?:false|'f')\s*\))[^;]*;?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_DISCARDS = re.compile(rf"{_GAP}*+DISCARD{_GAP}+ALL\b", re.IGNORECASE | re.DOTALL)
_BEGINS = re.compile(rf"{_GAP}*+(?:BEGIN|START{_GAP}+TRANSACTION)\b", re.IGNORECASE | re.DOTALL)
_UNDOES = re.compile(rf"{_GAP}*+(?:ROLLBACK|ABORT)\b(?!{_GAP}+PREPARED\b)", re.IGNORECASE | re.DOTALL)
_WHO = re.compile(
    rf"{_GAP}*+(?:RESET|SET(?:\s+SESSION(?!\s+AUTHORIZATION))?)\s+(ROLE|SESSION(?=\s+AUTHORIZATION))\b",
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
        return any(_ENDS.match(command.text) for command in scan(f"{statement}\n", POSTGRES))
    except ParseError:  # the server will not read it either
        return False


def sets_session(statement: str) -> bool:
    """Whether a statement does nothing but set its session."""
    return _SETS.match(statement) is not None


def settings_of(statements: Sequence[str]) -> tuple[str, ...]:
    """See ``engine.ports.Dialect``. A ROLLBACK undoes also what was set, and DISCARD ALL takes everything back.

    Of roles, which may be gone since, only the last one counts.
    """
    kept: list[str] = []
    begun: int | None = None
    for statement in statements:
        if _DISCARDS.match(statement):
            kept.clear()
        elif _BEGINS.match(statement):
            begun = len(kept) if begun is None else begun
        elif _UNDOES.match(statement):
            del kept[len(kept) if begun is None else begun :]
            begun = begun if not _ENDS.match(statement) else None
        elif _ENDS.match(statement):
            begun = None
        elif sets_session(statement):
            kept.append(statement)
    last = {who: at for at, each in enumerate(kept) if (who := _who(each))}
    return tuple(each for at, each in enumerate(kept) if last.get(_who(each), at) == at)


def _who(statement: str) -> str:
    found = _WHO.match(statement)
    return found[1].upper() if found else ""
