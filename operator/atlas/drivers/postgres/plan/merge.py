"""Statements of ordered steps: one ALTER TABLE of the clauses that stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.plan import PlannedStatement, SqlText

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Context
    from atlas.drivers.postgres.plan.step import Step


def statement_of(context: Context, steps: list[Step]) -> PlannedStatement:
    """One statement of one step, or of clauses of one table."""
    first = steps[0]
    changes = tuple(dict.fromkeys(change for step in steps for change in step.changes))
    hazards = tuple(dict.fromkeys(hazard for step in steps for hazard in step.hazards))
    if first.clause_of is None:
        sql, reverse = first.sql, tuple(SqlText(each) for each in first.reverse or ())
    else:
        head = f"ALTER TABLE {context.relation(first.clause_of)}"
        sql = SqlText(f"{head} {', '.join(step.sql.text() for step in steps)}")
        reverse = _reverse(head, steps)
    return PlannedStatement(
        sql=sql,
        comment=first.comment,
        changes=changes,
        hazards=hazards,
        reverse=reverse,
        in_transaction=all(step.in_transaction for step in steps),
        lock_timeout_s=first.lock_timeout_s,
    )


def _reverse(head: str, steps: list[Step]) -> tuple[SqlText, ...]:
    """Clauses undone in reverse order; nothing if one of them cannot be undone."""
    if any(step.reverse is None for step in steps):
        return ()
    clauses = [clause for step in reversed(steps) for clause in step.reverse or ()]
    # A constraint goes with its columns, and cannot be dropped after them.
    clauses.sort(key=lambda clause: not clause.startswith("DROP CONSTRAINT "))
    return (SqlText(f"{head} {', '.join(clauses)}"),) if clauses else ()
