"""What happens during a run, told as it happens: a closed family of events for progress and logs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The lock is held and the pending files are known; ``current`` is '' on a first run."""

    current: str
    target: str
    files: int


@dataclass(frozen=True, slots=True)
class ChecksStarted:
    """A section of checks is asked before the file of this version begins."""

    version: str
    name: str


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """One check; ``error`` is '' where its answer was good enough."""

    version: str
    text: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ChecksDone:
    """The section held; ``seconds`` is None in a dry run, which asks nothing."""

    version: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class ChecksFailed:
    """The section did not hold: the run ends here, and the file was not begun."""

    version: str
    error: str


@dataclass(frozen=True, slots=True)
class FileStarted:
    """``skipped`` statements were complete before this run."""

    name: str
    version: str
    statements: int
    skipped: int


@dataclass(frozen=True, slots=True)
class StatementStarted:
    """``index`` counts from 1 over the whole file."""

    version: str
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class FileDone:
    """The file and its revision row are committed, unless the transaction spans all files."""

    version: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FileFailed:
    """The run ends here; ``statement`` is '' when it was stopped between two of them."""

    version: str
    statement: str
    error: str


Event = (
    RunStarted
    | ChecksStarted
    | CheckAsked
    | ChecksDone
    | ChecksFailed
    | FileStarted
    | StatementStarted
    | FileDone
    | FileFailed
)
Observer = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """An observer for callers who wait for the report."""
