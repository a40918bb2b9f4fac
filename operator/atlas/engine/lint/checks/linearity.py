"""NL: files that were added in the middle of a directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding, SuggestedFix
from atlas.engine.scan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView
    from atlas.engine.lint.policy import AnalyzerSettings

_FIX = SuggestedFix("Give the file a version of now, and run 'atlas migrate hash'")


def non_linear() -> Analyzer:
    """The analyzer."""
    return Analyzer("non_linear", "non-linear changes detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    if view.file.out_of_order:
        text = (
            f"Migration file {quote(view.file.name)} was added before files that were there already: databases that "
            "are past it will not run it"
        )
        yield Finding("NL101", text, 0, fixes=(_FIX,))
