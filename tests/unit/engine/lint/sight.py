"""A file as lint sees it, made of the states between its statements; no server is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from atlas.drivers import lint_analyzers
from atlas.engine.diff import changed_fields, diff
from atlas.engine.lint import FileReport, LintFile, LintPolicy, LintStatement, analyze
from atlas.engine.lint.rebuild import folded
from atlas.engine.lint.renames import said_renames
from atlas.schema import Realm, Schema
from atlas.schema.table import Column, Index, IndexPart, Table

SCHEMAS = {"postgres": "public", "mysql": "app", "mariadb": "app", "sqlite": "main"}


def realm(dialect: str, *tables: Table) -> Realm:
    """Tables of the dialect's usual schema."""
    schema = SCHEMAS[dialect]
    return Realm(
        dialect=dialect,
        schemas=(Schema(name=schema),),
        objects=tuple(replace(table, schema=schema) for table in sorted(tables, key=lambda each: each.name)),
    )


def table(name: str, *columns: Column, **children: object) -> Table:
    return Table(schema="", name=name, columns=columns, **children)  # type: ignore[arg-type]


def column(name: str, type_text: str = "int", **fields: object) -> Column:
    return Column(name=name, type=type_text, **fields)  # type: ignore[arg-type]


def index(name: str, *columns: str, **fields: object) -> Index:
    return Index(name=name, parts=tuple(IndexPart(column=each) for each in columns), **fields)  # type: ignore[arg-type]


def seen(
    texts: Sequence[str],
    states: Sequence[Realm],
    *,
    in_transaction: bool = True,
    nolint: Sequence[str] = (),
    of_file: tuple[str, ...] = (),
    out_of_order: bool = False,
) -> LintFile:
    """A file of these statements, with one state more than it has statements."""
    position = 0
    statements: list[LintStatement] = []
    for number, (text, (before, after)) in enumerate(zip(texts, pairwise(states), strict=True)):
        changes = diff(before, after, differs=changed_fields, renames=said_renames(text, before, after))
        said = (nolint[number],) if number < len(nolint) and nolint[number] is not None else ()
        statements.append(
            LintStatement(
                text=text, position=position, changes=changes, before=before, after=after, nolint=said
            )
        )
        position += len(text.encode()) + 1
    dialect = states[0].dialect
    if dialect == "sqlite":
        statements = list(folded(statements, lambda a, b: diff(a, b, differs=changed_fields)))
    return LintFile(
        name="2.sql",
        text="".join(f"{text}\n" for text in texts),
        dialect=dialect,
        statements=tuple(statements),
        in_transaction=in_transaction,
        nolint=of_file,
        out_of_order=out_of_order,
    )


def report(file: LintFile, policy: LintPolicy | None = None) -> FileReport:
    return analyze(file, lint_analyzers(file.dialect), policy)


def told(file: LintFile, policy: LintPolicy | None = None) -> list[str]:
    """``CODE text`` of every finding, in order."""
    return [f"{finding.code} {finding.text}" for finding in report(file, policy).findings]


def codes(file: LintFile, policy: LintPolicy | None = None) -> list[str]:
    return [finding.code for finding in report(file, policy).findings]
