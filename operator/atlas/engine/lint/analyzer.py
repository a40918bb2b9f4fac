"""What an analyzer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from atlas.engine.lint.file import FileView
    from atlas.engine.lint.findings import Finding
    from atlas.engine.lint.policy import AnalyzerSettings


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Looks for one class of things.

    Attributes:
        name: In ``lint`` blocks and ``atlas:nolint``.
        text: The heading of its findings.
        check: Finds them; may be given a file without statements.
        is_error: Whether findings make the command fail when no policy says otherwise.
    """

    name: str
    text: str
    check: Callable[[FileView, AnalyzerSettings], Iterable[Finding]]
    is_error: bool = False
