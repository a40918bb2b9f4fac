"""Test cases as data: a name, and the commands that are run in a room of the case's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.hcl.positions import Range


class OutputFormat(Enum):
    """How rows become a text that a test can be compared with."""

    CSV = "csv"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an output has to be; None asks for nothing. At most one of the two is set."""

    output: str | None = None
    match: str | None = None


@dataclass(frozen=True, slots=True)
class Exec:
    """SQL that has to succeed."""

    place: Range
    sql: str
    expected: Expected = Expected()
    format: OutputFormat = OutputFormat.CSV


@dataclass(frozen=True, slots=True)
class Catch:
    """SQL that has to be refused; ``error`` is a part of the server's words, or a pattern of it, '' for any."""

    place: Range
    sql: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Assert:
    """SQL that has to give one row of one true value; ``error_message`` is told when it does not."""

    place: Range
    sql: str
    error_message: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """A line for the person who reads the report."""

    place: Range
    message: str


@dataclass(frozen=True, slots=True)
class External:
    """A program that has to end with 0."""

    place: Range
    program: tuple[str, ...]
    working_dir: str = ""
    expected: Expected = Expected()


@dataclass(frozen=True, slots=True)
class Migrate:
    """Apply the migration directory up to a version."""

    place: Range
    to: str


@dataclass(frozen=True, slots=True)
class MakeSchema:
    """Make the state of these URLs, which a plan then leads from."""

    place: Range
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplyPlan:
    """Run the plan at a URL."""

    place: Range
    url: str


@dataclass(frozen=True, slots=True)
class Cleanup:
    """SQL for the end of the case, whatever its result."""

    place: Range
    sql: str


Step: TypeAlias = Migrate | MakeSchema | ApplyPlan
"""What brings a room somewhere: each kind of case has its own."""
UNKNOWN_URL = "db://room"
"""Stands for the URL of a room that is not there yet: functions of URLs can work on it."""
Command: TypeAlias = Exec | Catch | Assert | Log | External | Step | Cleanup


@dataclass(frozen=True, slots=True)
class Case:
    """One case, or one round of a block with ``for_each``.

    Attributes:
        name: The label of the block; of a round followed by ``/`` and its number or key.
        parallel: Whether it says that it may run beside others.
        commands: What to run, in the order of the file, once the URL of its room is known.
    """

    name: str
    place: Range
    skip: bool
    parallel: bool
    commands: Callable[[str], tuple[Command, ...]] = field(repr=False, compare=False)


class Verdict(Enum):
    """How a case ended, in the word of the report."""

    PASS = "PASS"  # noqa: S105  no password
    FAIL = "FAIL"
    SKIP = "SKIP"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """``notes`` are for a person: each begins with its place, and may have further lines."""

    name: str
    verdict: Verdict
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


def said_in(commands: tuple[Command, ...]) -> str:
    """All SQL of a case."""
    return ";\n".join(command.sql for command in commands if isinstance(command, Exec | Catch | Assert))
