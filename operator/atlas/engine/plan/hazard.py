"""What a statement of a plan can cost."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from atlas.schema import Key


class HazardKind(StrEnum):
    """The kinds of cost; the values are the words of JSON, policies and tests."""

    DELETES_DATA = "DELETES_DATA"
    """Rows, or values of rows, are gone afterwards."""
    MAY_FAIL = "MAY_FAIL"
    """Whether it succeeds depends on the rows that are there."""
    REWRITES_TABLE = "REWRITES_TABLE"
    """The server writes the whole table anew (MySQL: ALGORITHM=COPY), and blocks writers meanwhile."""
    SCANS_TABLE = "SCANS_TABLE"
    """Every row is read while a lock is held."""
    BLOCKS_READS = "BLOCKS_READS"
    """A lock that conflicts with readers, held for longer than a moment."""
    BLOCKS_WRITES = "BLOCKS_WRITES"
    """A lock that conflicts with writers, held for longer than a moment."""
    BUILDS_INDEX = "BUILDS_INDEX"
    """CPU and disk for as long as the table is large."""
    DROPS_INDEX = "DROPS_INDEX"
    """Queries may become slow."""
    BREAKS_CLIENTS = "BREAKS_CLIENTS"
    """A name that programs use is gone: a rename, a dropped view or function."""
    CHANGES_ACCESS = "CHANGES_ACCESS"
    """Who may see or write which rows."""
    UPGRADES_EXTENSION = "UPGRADES_EXTENSION"
    UNTRACKED_DEPENDENCIES = "UNTRACKED_DEPENDENCIES"
    """The server does not know what a body written as text depends on."""
    NOT_TRANSACTIONAL = "NOT_TRANSACTIONAL"
    """It must run outside of a transaction; a failure leaves what ran before it."""


class Hazard(NamedTuple):
    """One cost of one statement, with the object that it is a cost of; ``text`` is one sentence for a person."""

    kind: HazardKind
    key: Key
    text: str
