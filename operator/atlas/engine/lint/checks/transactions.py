"""TX: statements that quarrel with the transaction that their file runs in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding, SuggestedFix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView
    from atlas.engine.lint.policy import AnalyzerSettings

_WITHOUT_COMMENTS = re.compile(r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*", re.DOTALL)
_CONTROL = re.compile(
    r"(BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|ABORT|END)\b(?!\s+ATOMIC\b)(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b)",
    re.IGNORECASE,
)
_FIX = SuggestedFix(
    "Remove the statement, or put `-- atlas:txmode none` at the head of the file so that it runs outside of a transaction"
)


def nested_transactions(refused_inside: re.Pattern[str] | None = None) -> Analyzer:
    """The analyzer.

    Args:
        refused_inside: Statements that this server does not run inside of a transaction.
    """

    def check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
        if not view.file.in_transaction:
            return
        for statement in view.file.statements:
            text = head(statement.text)
            found = _CONTROL.match(text)
            if found:
                word = " ".join(found[1].upper().split())
                yield Finding(
                    "TX201",
                    f"{word} is inside of the transaction that the file runs in",
                    statement.position,
                    fixes=(_FIX,),
                )
            elif refused_inside is not None and (refused := refused_inside.match(text)):
                word = " ".join(refused[0].upper().split())
                yield Finding(
                    "TX101",
                    f"{word} cannot run inside of the transaction that the file runs in",
                    statement.position,
                    fixes=(_FIX,),
                )

    return Analyzer("nestedtx", "transaction conflicts detected", check)


def head(text: str) -> str:
    """A statement from its first word on."""
    found = _WITHOUT_COMMENTS.match(text)
    return text[found.end() :] if found else text
