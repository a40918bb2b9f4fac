"""The documents of ``atlas schema plan`` behind ``--format``, as the Go clients decode them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.documents import Document
from atlas.cli.render.lint_documents import file_report_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.client.plans import StoredPlan
    from atlas.engine.lint import FileReport
    from atlas.engine.plan_file import PlanFile
    from atlas.engine.scan import Statement


def plan_file_document(
    file: PlanFile,
    statements: Sequence[Statement] = (),
    *,
    places: tuple[str, str] = ("", ""),
    stored: StoredPlan | None = None,
    url: str = "",
) -> Document:
    """A plan as ``File`` has it; ``places`` say where the two states were read, ``url`` where the file was saved."""
    return Document(
        {
            "Name": file.name,
            "FromHash": file.current_hash,
            "FromDesc": places[0],
            "ToHash": file.desired_hash,
            "ToDesc": places[1],
            "Migration": file.migration,
            "Stmts": [_statement(each) for each in statements],
            "URL": stored.url if stored else url,
            "Link": stored.link if stored else "",
            "Status": stored.status if stored else "",
            "Source": stored.source if stored else "",
            **_backups(stored),
        }
    )


def stored_plan_document(stored: StoredPlan) -> Document:
    """A plan of the registry, as lists have it."""
    return plan_file_document(stored.file, stored=stored)


def schema_plan_document(
    env: Mapping[str, object], repository: str, file: Document, *, lint: FileReport | None = None
) -> Document:
    """The result of ``schema plan`` and ``schema plan lint``."""
    fields = {
        "Env": Document(env),
        "Repo": repository,
        "Lint": _lint(lint, env) if lint else None,
        "File": file,
        "Error": "",
    }
    return Document(fields, keep=("Env", "File"))


def approval_document(stored: StoredPlan) -> Document:
    """The result of ``schema plan push`` and ``schema plan approve``."""
    return Document(
        {"URL": stored.url, "Link": stored.link, "Status": stored.status, **_backups(stored)},
    )


def _backups(stored: StoredPlan | None) -> dict[str, object]:
    """Which backups took a push, and which did not with the reason; nothing where there are none."""
    return {
        "Backups": list(stored.backups) if stored else [],
        "Warnings": [f"{each}" for each in stored.missed] if stored else [],
    }


def _lint(report: FileReport, env: Mapping[str, object]) -> Document:
    step = Document(
        {
            "Name": f"Analyze {report.name}",
            "Text": f"{len(report.reports)} reports were found in analysis",
            "Result": file_report_document(report),
        }
    )
    fields = {"Env": Document(env), "Steps": [step], "Files": [file_report_document(report)]}
    return Document(fields, keep=("Env", "Steps", "Files"))


def _statement(statement: Statement) -> Document:
    fields = {"Pos": statement.position, "Text": statement.text, "Comments": list(statement.comments)}
    return Document(fields, keep=("Pos", "Text"))
