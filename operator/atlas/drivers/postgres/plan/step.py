"""The smallest thing that is ordered: a statement, or a clause of ALTER TABLE."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.plan import Hazard, SqlText
    from atlas.schema import Change, Key


class Phase(IntEnum):
    """Where a step stands when nothing else decides."""

    RENAME = 0
    DROP = 1
    BUILD = 2
    LATE_DROP = 3
    """Types, functions and sequences: what used them is changed before."""


class Act(IntEnum):
    """What a step does to the object of its key."""

    RENAME = 0
    REMOVE = 1
    BUILD = 2
    """It is there, or as desired, afterwards."""
    FINISH = 3
    """Comments and settings: nothing needs them."""
    DETACH = 4
    """A table leaves its parent, before anything of the two changes."""
    ATTACH = 5
    """A table gets a parent, when both are as desired."""


class Place(IntEnum):
    """Order of clauses within one ALTER TABLE."""

    DROP_CONSTRAINT = 10
    CHANGED_CHECK = 15
    ALTER_COLUMN = 20
    DROP_COLUMN = 30
    ADD_COLUMN = 40
    COLUMN_DETAIL = 45
    ADD_PRIMARY_KEY = 50
    ADD_UNIQUE = 55
    ADD_CHECK = 60
    ADD_FOREIGN_KEY = 70
    SETTING = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A statement, or with ``clause_of`` what stands behind ``ALTER TABLE t``.

    Attributes:
        sql: The statement, or the clause.
        clause_of: The key of the table; clauses of one table become one statement where the order allows it.
        place: Order of a clause among those.
        reverse: Statements that undo it; of a clause one clause each. None where nothing does.
        number: Distinguishes steps; the order in which they were made.
        after: Numbers of steps that must have run before.
    """

    number: int
    phase: Phase
    act: Act
    key: Key
    sql: SqlText
    comment: str = ""
    clause_of: Key | None = None
    place: int = 0
    hazards: tuple[Hazard, ...] = ()
    reverse: tuple[str, ...] | None = None
    in_transaction: bool = True
    lock_timeout_s: float | None = None
    changes: tuple[Change, ...] = ()
    after: frozenset[int] = frozenset()
