"""What lint says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema import Key


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Lines of a file, counted from 1 and both included, and the text in their place, without its last line end."""

    line: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SuggestedFix:
    """A way out, as one sentence, and written out where it can be."""

    message: str
    edit: TextEdit | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that one statement does.

    Attributes:
        code: ``DS102``; the page of the reference has it as an anchor.
        position: Of the statement in its file, in bytes; 0 for the file as a whole.
        keys: The objects it is about; the message of a refused plan names them.
    """

    code: str
    text: str
    position: int
    keys: tuple[Key, ...] = ()
    fixes: tuple[SuggestedFix, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one analyzer in one file, in the order of the statements; never empty.

    Attributes:
        analyzer: Its name in ``lint`` blocks and ``atlas:nolint``.
        text: ``destructive changes detected``.
        is_error: The policy wants the command to fail because of them.
    """

    analyzer: str
    text: str
    findings: tuple[Finding, ...]
    is_error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What was found in one file.

    Attributes:
        text: The file.
        changes: How many differences its statements made.
        error: Why it could not be run or read, '' when it could.
    """

    name: str
    text: str
    reports: tuple[Report, ...] = ()
    changes: int = 0
    error: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, analyzer by analyzer."""
        return tuple(finding for report in self.reports for finding in report.findings)

    @property
    def is_error(self) -> bool:
        """Whether lint fails because of this file."""
        return bool(self.error) or any(report.is_error for report in self.reports)
