"""``docs/reference/coverage.md``: which change of which kind of object a case proves, and why there is none elsewhere."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.schema import Kind, Schema
from atlas.schema.objects import (
    Aggregate,
    Composite,
    Domain,
    Enum,
    Event,
    Extension,
    MaterializedView,
    RangeType,
    Routine,
    Sequence,
    View,
)
from atlas.schema.table import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)
from atlas.schema.walk import CHILD_FIELDS

from docs.coverage_reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "tests" / "cases"
TARGET = Path(__file__).parent / "reference" / "coverage.md"
DRIVERS = {"postgres": "PostgreSQL", "mariadb": "MariaDB", "sqlite": "SQLite"}
CLASSES: dict[Kind, type] = {
    Kind.SCHEMA: Schema,
    Kind.EXTENSION: Extension,
    Kind.ENUM: Enum,
    Kind.DOMAIN: Domain,
    Kind.COMPOSITE: Composite,
    Kind.RANGE: RangeType,
    Kind.SEQUENCE: Sequence,
    Kind.TABLE: Table,
    Kind.COLUMN: Column,
    Kind.PRIMARY_KEY: PrimaryKey,
    Kind.UNIQUE: Unique,
    Kind.INDEX: Index,
    Kind.FOREIGN_KEY: ForeignKey,
    Kind.CHECK: Check,
    Kind.EXCLUDE: Exclude,
    Kind.TRIGGER: Trigger,
    Kind.POLICY: Policy,
    Kind.VIEW: View,
    Kind.MATERIALIZED: MaterializedView,
    Kind.FUNCTION: Routine,
    Kind.PROCEDURE: Routine,
    Kind.AGGREGATE: Aggregate,
    Kind.EVENT: Event,
}
HEAD = """\
# What is proved

Written by `make docs` from `tests/cases`; a test fails when it is out of date, and when a cell is empty without a reason.

A case is two states of a database and the plan between them. On a real server its plan is compared with what was
written down, it is applied to tables with rows, the result equals a database that was built from the desired state (by
`pg_dump`, `SHOW CREATE` or SQLite's pragmas), every kept table has its rows, a second plan is empty, and the state
printed as HCL makes the same state again.

Servers of these proofs: PostgreSQL 15, MariaDB 10.11, the SQLite of Python. **MySQL itself was not run**: what differs
from MariaDB is written from its manual; its cases run where `ATLAS_TEST_MYSQL_URL` names a server.
"""


_PROPERTIES: dict[Kind, set[str]] = {Kind.EXTENSION: {"schema"}, Kind.PRIMARY_KEY: {"name"}}
"""Fields that are names elsewhere, and here something that changes."""


def changes_of(kind: Kind) -> Iterator[str]:
    """Every change that an object of this kind can have."""
    yield from ("add", "drop", "rename")
    ignored = {"schema", "name"} - _PROPERTIES.get(kind, set())
    if kind in {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED}:
        ignored |= CHILD_FIELDS - ({"columns"} if kind is not Kind.TABLE else set())
    for field in fields(CLASSES[kind]):
        if field.name not in ignored:
            yield f"modify:{field.name}"


def proved() -> dict[str, Counter[str]]:
    """By driver: how many cases show each change."""
    found: dict[str, Counter[str]] = {driver: Counter() for driver in DRIVERS}
    for path in sorted(CASES.glob("*/*/*/case.toml")):
        driver = path.relative_to(CASES).parts[0]
        case = tomllib.loads(path.read_text("utf-8"))
        found[driver].update(case.get("changes", ()))
    return found


def case_counts() -> Counter[str]:
    """How many cases a driver has."""
    return Counter(path.relative_to(CASES).parts[0] for path in CASES.glob("*/*/*/case.toml"))


def reason_of(driver: str, kind: Kind, change: str) -> str:
    """Why no case shows this change, '' where nobody said."""
    return REASONS.get(reason_pattern(f"{driver} {kind.value} {change}"), "")


def reason_pattern(label: str) -> str:
    """The first pattern of the reasons that fits ``driver kind change``, '' for none."""
    return next((pattern for pattern in REASONS if fnmatch(label, pattern)), "")


def unexplained() -> list[str]:
    """Cells without a case and without a reason."""
    found = proved()
    return [
        f"{driver} {kind.value} {change}"
        for driver in DRIVERS
        for kind in Kind
        for change in changes_of(kind)
        if not found[driver][f"{kind.value} {change}"] and not reason_of(driver, kind, change)
    ]


def page() -> str:
    """The whole page."""
    found, counts, notes = proved(), case_counts(), _Notes()
    lines = [HEAD, "| | cases |", "|---|---|"]
    lines += [f"| {title} | {counts[driver]} |" for driver, title in DRIVERS.items()]
    lines += ["", "## Kinds and changes", "", "A number counts cases, a letter is a reason below.", ""]
    lines += [f"| kind | change | {' | '.join(DRIVERS.values())} |", "|---|---|---|---|---|"]
    for kind in Kind:
        for change in changes_of(kind):
            cells = [
                str(found[driver][f"{kind.value} {change}"] or notes.letter(reason_of(driver, kind, change)))
                for driver in DRIVERS
            ]
            if any(cell.isdigit() for cell in cells):
                lines.append(f"| {kind.value.replace('_', ' ')} | {change} | {' | '.join(cells)} |")
    lines += ["", "Changes that no driver proves, for one reason each:", ""]
    lines += list(_nowhere(found, notes))
    lines += ["", "## Reasons", ""]
    lines += [f"- **{letter}**: {reason}" for reason, letter in notes.letters.items()]
    return "\n".join(lines) + "\n"


def _nowhere(found: dict[str, Counter[str]], notes: _Notes) -> Iterator[str]:
    for kind in Kind:
        missing = [
            f"`{change}` ({'/'.join(notes.letter(reason_of(driver, kind, change)) for driver in DRIVERS)})"
            for change in changes_of(kind)
            if not any(found[driver][f"{kind.value} {change}"] for driver in DRIVERS)
        ]
        if missing:
            yield f"- {kind.value.replace('_', ' ')}: {', '.join(missing)}"


class _Notes:
    """Reasons by letter, in the order of their first use."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}

    def letter(self, reason: str) -> str:
        if not reason:
            return "?"
        number = len(self.letters)
        letter = "abcdefghijklmnopqrstuvwxyz"[number % 26] * (number // 26 + 1)
        return self.letters.setdefault(reason, letter)
