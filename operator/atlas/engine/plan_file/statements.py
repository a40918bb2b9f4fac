"""The text of a plan to statements that can be run, and back.

A text says nothing of transactions, hazards and changes. A statement that the planner would write too has all of it
from there; a statement of a person is known by its first words alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import MigrationFile
from atlas.engine.migrate_plan.file_text import migration_text, with_directive
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.engine.scan import scan
from atlas.errors import ParseError, PolicyRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan import Plan
    from atlas.engine.plan_file.document import PlanFile
    from atlas.engine.scan import ScanOptions, Statement

_INDENT: Final = "  "
_COMMENTS: Final = re.compile(r"(?:\s|--[^\n]*(?:\n|\Z)|#[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_CONTROL: Final = re.compile(
    r"(BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE\s+TRANSACTION|XA|"
    r"SET\s+(?:SESSION\s+|@@|@@SESSION\.)?AUTOCOMMIT)\b(?!\s+(?:NOT\s+)?ATOMIC\b)",
    re.IGNORECASE,
)
_TRACED: Final = re.compile(
    r"(?:CREATE|ALTER|DROP|RENAME|COMMENT|GRANT|REVOKE|SET|PRAGMA|ANALYZE|VACUUM|REINDEX|REFRESH)\b",
    re.IGNORECASE,
)
"""Statements that show in the schema, or may be run any number of times."""
_OUTSIDE: Final = {
    # What the servers refuse, or do not obey, inside of a transaction (PreventInTransactionBlock; sqlite.org/pragma).
    "postgres": re.compile(
        r"(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX|REINDEX|REFRESH\s+MATERIALIZED\s+VIEW|ALTER\s+TABLE)\b.*\bCONCURRENTLY\b|"
        r"VACUUM\b|(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)\b|ALTER\s+(?:SYSTEM|DATABASE)\b|CLUSTER\s*;?\Z|"
        r"REINDEX\s+(?:\([^)]*\)\s*)?(?:DATABASE|SYSTEM|SCHEMA)\b",
        re.IGNORECASE | re.DOTALL,
    ),
    "sqlite": re.compile(r"PRAGMA\b|VACUUM\b|(?:ATTACH|DETACH)\b", re.IGNORECASE),
}


def text_of_plan(plan: Plan, options: ScanOptions, directives: Iterable[str] = ()) -> str:
    """The migration of a plan, each statement with its comment; directives (``atlas:nolint``) are its first lines."""
    file = MigrationFile("plan.sql", migration_text(plan.statements, _INDENT, options).encode())
    for each in reversed(tuple(directives)):
        name, *values = each.removeprefix("--").strip().removeprefix("atlas:").split()
        file = with_directive(file, name, *values)
    return file.text


def statements_of_text(plan: PlanFile, options: ScanOptions) -> tuple[Statement, ...]:
    """The statements of a plan's text as they stand in it.

    Raises:
        ParseError: The text cannot be cut, or holds no statement.
        PolicyRefused: It opens or ends transactions, which is the business of a run.
    """
    try:
        found = scan(plan.migration, options)
    except ParseError as error:
        raise ParseError(f'the migration of plan "{plan.name}": {error}') from error
    if not found:
        raise ParseError(f'the migration of plan "{plan.name}" holds no statement')
    for statement in found:
        if control := _CONTROL.match(without_comments(statement.text)):
            word = " ".join(control[1].upper().split())
            raise PolicyRefused(
                f'plan "{plan.name}" holds {word}: the run of a plan opens and ends its transactions itself; take the '
                "statement out, and choose them by --tx-mode"
            )
    return found


def plan_by_text(plan: Plan, file: PlanFile, options: ScanOptions) -> Plan:
    """``plan`` with the statements of a text in the place of its own; the states stay, and so does the proof of them.

    ``-- atlas:txmode none`` in the first lines lets each statement commit by itself.

    Raises:
        ParseError, PolicyRefused: As ``statements_of_text``.
    """
    known: dict[str, list[PlannedStatement]] = {}
    for fresh in plan.statements:
        for form in {_bare(fresh.text()), _bare(fresh.text(_INDENT))}:
            known.setdefault(form, []).append(fresh)
    is_apart = "none" in MigrationFile("plan.sql", file.migration.encode()).directives("txmode")
    made: list[PlannedStatement] = []
    for number, statement in enumerate(statements_of_text(file, options), start=1):
        text = _bare(statement.text)
        twins = known.get(text, [])
        planned = twins.pop(0) if twins else _of_a_person(statement, number, plan.current.dialect)
        made.append(replace(planned, in_transaction=False) if is_apart and not planned.with_next else planned)
    return replace(plan, statements=tuple(made))


def _of_a_person(statement: Statement, number: int, dialect: str) -> PlannedStatement:
    text = _bare(statement.text)
    outside = _OUTSIDE.get(dialect)
    return PlannedStatement(
        sql=SqlText(text),
        comment=_comment(statement) or f"run statement {number} of the plan",
        in_transaction=outside is None or outside.match(without_comments(text)) is None,
        leaves_trace=_TRACED.match(without_comments(text)) is not None,
    )


def _comment(statement: Statement) -> str:
    """The last line of words before a statement, as the planner words its own."""
    lines = [comment.strip().removeprefix("--").strip() for comment in statement.comments]
    words = next(
        (line for line in reversed(lines) if line and not line.startswith(("atlas:", "/*", "#"))), ""
    )
    return words[:1].lower() + words[1:]


def _bare(text: str) -> str:
    return text.strip().removesuffix(";").rstrip()


def without_comments(text: str) -> str:
    """A statement from its first word on."""
    found = _COMMENTS.match(text)
    return text[found.end() :] if found else text
