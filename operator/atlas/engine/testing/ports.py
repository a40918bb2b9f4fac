"""What a run of test cases needs of the world: a room for each case, answers of its server, and programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from atlas.engine.ports import Clock, Database
    from atlas.engine.schema_ports import DevRoom
    from atlas.engine.testing.case import Case, Command, Step
    from atlas.engine.testing.output import ResultSet

RunStatement = Callable[[str], Sequence["ResultSet"]]
"""Runs one statement of a person as written, and gives what it answers with. Raises as ``Session.execute``."""


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """A place that only one case sees.

    Attributes:
        bound: What the schema of the room is called by people; its passing name is in no message.
        dev_url: Where programs reach it, password included: for no text.
        dev: The room itself, where a step of the case needs it.
    """

    database: Database
    run: RunStatement
    bound: str
    dev_url: str
    dev: DevRoom | None = None


@dataclass(frozen=True, slots=True)
class ProgramEnd:
    """How a program ended, and what it wrote."""

    code: int
    out: str
    err: str


class Programs(Protocol):
    """Programs of this machine."""

    def run(self, words: Sequence[str], working_dir: str) -> ProgramEnd:
        """Run to the end, without input.

        Raises:
            SpecError: There is no such program or folder.
        """


@dataclass(frozen=True, slots=True)
class CasePorts:
    """The world of a run.

    Attributes:
        room: An empty room, or one that holds the tested schema.
        take: Takes a step that this kind of case has; returns '' or why it could not.
    """

    clock: Clock
    room: Callable[[Case, tuple[Command, ...]], AbstractContextManager[CaseRoom]]
    programs: Programs
    take: Callable[[CaseRoom, Step], str]
