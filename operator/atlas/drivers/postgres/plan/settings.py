"""Storage parameters, and other words of ``options``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.index import NO_STORAGE

if TYPE_CHECKING:
    from atlas.schema.options import Options


def storage_changes(current: Options, desired: Options) -> list[tuple[str, str]]:
    """Clauses of ALTER that change storage parameters, each with the clause that undoes it."""
    before = {word: value for word, value in current if word not in NO_STORAGE}
    after = {word: value for word, value in desired if word not in NO_STORAGE}
    there = _clauses(before, after)
    back = _clauses(after, before)
    return [(clause, ", ".join(back)) for clause in there]


def _clauses(before: dict[str, str], after: dict[str, str]) -> list[str]:
    changed = [f"{word} = {value}" for word, value in after.items() if before.get(word) != value]
    gone = [word for word in before if word not in after]
    clauses = [f"SET ({', '.join(changed)})"] if changed else []
    return [*clauses, f"RESET ({', '.join(gone)})"] if gone else clauses
