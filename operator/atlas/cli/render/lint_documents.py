"""The documents behind ``--format`` of lint: field names, order and omissions as the Go clients decode them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.documents import Document
from atlas.engine.sensitive import shown_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.engine.lint import FileReport, Finding
    from atlas.engine.lint.directory import DirectoryReport
    from atlas.engine.lint.findings import TextEdit


def summary_document(
    report: DirectoryReport, total: int, env: Mapping[str, object], states: tuple[str, str] | None
) -> Document:
    """The result of ``migrate lint``; ``total`` counts the files of the directory, ``states`` are in HCL."""
    return Document(
        {
            "URL": "",
            "Env": Document(env),
            "Schema": Document({"Current": states[0], "Desired": states[1]}) if states else None,
            "Steps": [
                _step("Migration Integrity Check", "File atlas.sum is valid"),
                _step("Detect New Migration Files", _detected(report, total)),
                _replayed(report),
                *(_analyzed(file) for file in report.files if not file.error),
            ],
            "Files": [file_report_document(file) for file in report.files],
        },
        keep=("Env", "Steps"),
    )


def _detected(report: DirectoryReport, total: int) -> str:
    found = f"Found {len(report.files)} new migration files (from {total} total)"
    return "; ".join((found, *report.doubts))


def broken_sum_document(message: str, detail: str, env: Mapping[str, object]) -> Document:
    """The result for a directory that does not match its ``atlas.sum``."""
    where = f": {detail}" if detail else ""
    error = f"{message} (atlas.sum){where}"
    step = _step("Migration Integrity Check", "File atlas.sum is invalid", error)
    files = [Document({"Name": "atlas.sum", "Text": "", "Reports": (), "Error": error})]
    return Document({"URL": "", "Env": Document(env), "Schema": None, "Steps": [step], "Files": files})


def _step(name: str, text: str, error: str = "", result: Document | None = None) -> Document:
    return Document({"Name": name, "Text": text, "Error": error, "Result": result})


def _replayed(report: DirectoryReport) -> Document:
    if report.error:
        return _step("Replay Migration Files", "Failed loading changes on dev database", report.error)
    changes = sum(file.changes for file in report.files)
    return _step("Replay Migration Files", f"Loaded {changes} changes on dev database")


def _analyzed(file: FileReport) -> Document:
    count = len(file.reports)
    return _step(
        f"Analyze {file.name}", f"{count} reports were found in analysis", "", file_report_document(file)
    )


def file_report_document(file: FileReport) -> Document:
    """``Name``, ``Text``, ``Reports``, ``Error``: what failed, or the texts of reports that the policy makes errors."""
    errors = [file.error] if file.error else [report.text for report in file.reports if report.is_error]
    return Document(
        {
            "Name": file.name,
            "Text": shown_content(file.text),
            "Reports": [
                Document({"Text": report.text, "Diagnostics": diagnostics(report.findings)}, keep=("Text",))
                for report in file.reports
            ],
            "Error": "; ".join(errors),
        },
        keep=("Name",),
    )


def diagnostics(findings: Sequence[Finding]) -> list[Document]:
    """``Pos``, ``Text``, ``Code`` and ``SuggestedFixes`` of each finding."""
    return [
        Document(
            {
                "Pos": finding.position,
                "Text": finding.text,
                "Code": finding.code,
                "SuggestedFixes": [
                    Document({"Message": fix.message, "TextEdit": _edit(fix.edit)}) for fix in finding.fixes
                ],
            },
            keep=("Pos", "Text", "Code"),
        )
        for finding in findings
    ]


def _edit(edit: TextEdit | None) -> Document | None:
    return Document({"Line": edit.line, "End": edit.end, "NewText": edit.text}) if edit else None


def schema_lint_document(report: FileReport, provenance: Mapping[str, object]) -> Document:
    """The result of ``schema lint``: a step for each analyzer that found something.

    ``provenance`` says which backup served a state, where one did.
    """
    steps = [
        Document(
            {
                "Text": each.text,
                "Desc": "",
                "Error": each.is_error,
                "Diagnostics": [
                    Document({"Text": finding.text, "Code": finding.code}) for finding in each.findings
                ],
            },
            keep=("Text",),
        )
        for each in report.reports
    ]
    return Document({"Steps": steps, **provenance}, keep=("Steps",))
