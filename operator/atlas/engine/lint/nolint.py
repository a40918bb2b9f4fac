"""``atlas:nolint`` and ``atlas:assert``: which findings a file or statement does not want to hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.lint.file import LintFile, LintStatement
    from atlas.engine.lint.findings import Finding


def skips_file(file: LintFile) -> bool:
    """The file says ``atlas:nolint`` and names nothing: it is not looked at."""
    return any(not value.split() for value in file.nolint)


class Silence:
    """What is not to be said of one file, by class or code, statement by statement."""

    def __init__(self, file: LintFile) -> None:
        self._file = _names((*file.nolint, *file.asserted))
        self._statements = {statement.position: _Silenced(statement) for statement in file.statements}

    def hides(self, finding: Finding, analyzer: str) -> bool:
        """Whether a directive names the class or code of a finding, or all of them."""
        names = {analyzer, finding.code}
        if names & self._file:
            return True
        statement = self._statements.get(finding.position)
        return statement is not None and (statement.everything or bool(names & statement.names))


class _Silenced:
    def __init__(self, statement: LintStatement) -> None:
        self.everything = any(not value.split() for value in statement.nolint)
        self.names = _names(statement.nolint)


def _names(values: Iterable[str]) -> frozenset[str]:
    return frozenset(name for value in values for name in value.split())
