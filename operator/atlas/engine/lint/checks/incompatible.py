"""BC: names that running programs use, and that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Kind, Rename

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView
    from atlas.engine.lint.policy import AnalyzerSettings

_CODES = {Kind.TABLE: ("BC101", "table"), Kind.COLUMN: ("BC102", "column")}


def incompatible() -> Analyzer:
    """The analyzer; a view or computed column that takes the place of the name makes it none."""
    return Analyzer("incompatible", "backward incompatible changes detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    added = {change.key for _, change in view.all_changes() if isinstance(change, Add)}
    for statement, change in view.changes():
        if not isinstance(change, Rename) or change.key.kind not in _CODES:
            continue
        before, after = change.current_key, change.key
        stands_in = (
            before._replace(kind=Kind.VIEW)
            if before.kind is Kind.TABLE
            else before._replace(relation=after.relation)
        )
        if stands_in in added:
            continue
        code, word = _CODES[after.kind]
        text = f"Renaming {word} {quote(before.name)} to {quote(after.name)}"
        yield Finding(code, text, statement.position, (before,))
