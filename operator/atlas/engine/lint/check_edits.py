"""The way out that lint suggests for what may be lost, written out: the file with a check before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.directory.txtar import MIGRATION, sections_of
from atlas.engine.lint.findings import TextEdit
from atlas.schema import Kind, flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.directory import MigrationFile
    from atlas.engine.lint.findings import FileReport, Finding, Report, SuggestedFix
    from atlas.schema import Key, Realm

_CODES = ("DS102", "DS103")
_SECTION = "checks/destructive.sql"
_QUOTES = {"postgres": '"'}


def with_check_edits(report: FileReport, file: MigrationFile, before: Realm, *, bound: str) -> FileReport:
    """Give each suggestion to add a check the text of the whole file with all of them.

    A file that has sections, or directives whose place would be another then, is left to its author; so is one that
    drops what it has renamed before, for a check is asked before all of it.

    Args:
        report: Of ``file``.
        file: As it is.
        before: What is there when its checks are asked.
        bound: The schema of names that are written bare; '' writes all with theirs.
    """
    found = [
        (finding.code, key) for finding in report.findings if finding.code in _CODES for key in finding.keys
    ]
    if not found or not _can_be_wrapped(file):
        return report
    there = flatten(before)
    if any(key not in there for _, key in found):
        return report
    questions = [f"-- atlas:assert {code}\n{_question(key, before.dialect, bound)};" for code, key in found]
    edit = TextEdit(1, max(1, len(file.text.splitlines())), _wrapped(file.text, questions))
    return replace(report, reports=tuple(_with_edit(each, edit) for each in report.reports))


def _can_be_wrapped(file: MigrationFile) -> bool:
    return not file.is_archive and not sections_of(file.content) and "atlas:" not in _head(file.text)


def _head(text: str) -> str:
    return "\n".join(_leading_comments(text))


def _leading_comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip() and not line.startswith(("--", "#")):
            return
        yield line


def _question(key: Key, dialect: str, bound: str) -> str:
    quote = _QUOTES.get(dialect, "`")

    def quoted(name: str) -> str:
        return quote + name.replace(quote, quote * 2) + quote

    names = [key.relation if key.kind is Kind.COLUMN else key.name]
    if key.schema and key.schema != bound:
        names.insert(0, key.schema)
    where = f" WHERE {quoted(key.name)} IS NOT NULL" if key.kind is Kind.COLUMN else ""
    table = ".".join(map(quoted, names))
    return f"SELECT NOT EXISTS (SELECT 1 FROM {table}{where}) AS {quoted('is_empty')}"


def _wrapped(text: str, questions: list[str]) -> str:
    checks = "\n".join(dict.fromkeys(questions))
    return f"-- atlas:txtar\n\n-- {_SECTION} --\n{checks}\n\n-- {MIGRATION} --\n{text.rstrip(chr(10))}"


def _with_edit(report: Report, edit: TextEdit) -> Report:
    return replace(report, findings=tuple(_of_finding(finding, edit) for finding in report.findings))


def _of_finding(finding: Finding, edit: TextEdit) -> Finding:
    if finding.code not in _CODES:
        return finding
    fixes: tuple[SuggestedFix, ...] = tuple(replace(fix, edit=edit) for fix in finding.fixes)
    return replace(finding, fixes=fixes)
