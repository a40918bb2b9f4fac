"""Plans and what became of them, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.inspect_documents import plan_text
from atlas.engine.plan.hazard import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.engine.plan import PlannedStatement
    from atlas.schema import Change, Key, Unmodelled

SYNCED = "Schema is synced, no changes to be made"
ALL_SYNCED = "Schemas are synced, no changes to be made."
NOTHING_TO_DROP = "Nothing to drop"
_INDENT = "  "


def planned_text(statements: Sequence[PlannedStatement]) -> str:
    """The plan with its hazards, which are comments of SQL as well; every line ends in a newline."""
    return f"-- Planned Changes:\n{plan_text(statements, _INDENT)}{_hazards(statements)}"


def losses(statements: Iterable[PlannedStatement]) -> str:
    """The hazards of statements that delete data, '' for none; every line ends in a newline."""
    return _hazards(statements, frozenset({HazardKind.DELETES_DATA}))


def rename_hints(likely: Iterable[tuple[Key, Key]]) -> str:
    """What to write where a drop and an add are meant as a rename; every line ends in a newline."""
    return "".join(
        f"-- {current} to {desired.name} looks like a rename. If it is one, write it in the desired state: "
        f'renamed_from = "{current.name}" in HCL, -- atlas:rename {_asked(current, desired)} in SQL\n'
        for current, desired in likely
    )


def _asked(current: Key, desired: Key) -> str:
    former = ".".join(_quoted(name) for name in (current.relation, current.name) if name)
    return f"{current.kind.value} {former} {_quoted(desired.name)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _hazards(
    statements: Iterable[PlannedStatement], kinds: frozenset[HazardKind] = frozenset(HazardKind)
) -> str:
    lines = dict.fromkeys(
        f"--   {hazard.kind} {hazard.key}: {hazard.text}\n"
        for statement in statements
        for hazard in statement.hazards
        if hazard.kind in kinds
    )
    return "".join(("-- Hazards:\n", *lines)) if lines else ""


def skipped_names(skipped: Iterable[Change]) -> list[str]:
    """Changes that a ``diff`` block leaves out: ``drop table main.users``."""
    return [f"{type(change).__name__.lower()} {change.key}" for change in skipped]


def unsupported_lines(found: Iterable[Unmodelled]) -> list[str]:
    """What the database holds beside what is compared; one line each, for stderr."""
    return [
        f"Unsupported: {each.kind} {each.name} is left as it is: this version does not compare it"
        for each in found
    ]
