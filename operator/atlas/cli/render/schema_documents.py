"""The documents of ``atlas schema`` behind ``--format``, and the functions that their templates know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.documents import Document
from atlas.cli.render.schema_text import skipped_names
from atlas.errors import StatementFailed
from atlas.gotemplate.encode_json import rfc3339
from atlas.gotemplate.values import FunctionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.apply_plan import PlanReport
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.plan import Plan, PlannedStatement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Realm


_FROM_NO_BACKUP = {"Source": "", "SourceTime": ""}


class InspectedSchema(dict[str, object]):
    """``atlas schema inspect`` as a template sees it: its JSON is the realm; the rest is asked for by name."""

    def __init__(
        self,
        realm: Realm,
        driver: SchemaDriver,
        *,
        bound: str,
        url: DatabaseURL | None,
        provenance: Mapping[str, object],
    ) -> None:
        from atlas.engine.inspect_documents import realm_document

        document = realm_document(realm)
        super().__init__({"schemas": [], **document})
        self._realm = realm
        self._driver = driver
        self._bound = bound
        self._others: dict[str, object] = {
            "Driver": realm.dialect,
            "Client": {"Name": realm.dialect},
            "Realm": {"schemas": [], **document},
            "URL": url.as_json() if url else None,
            "RedactedURL": str(url) if url else "",
            "Hash": self._hash,
            "MarshalHCL": self._hcl,
            "MarshalSQL": self._sql,
            **_FROM_NO_BACKUP,
            **provenance,
        }

    def __missing__(self, name: str) -> object:
        return self._others[name]

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """``sql``, ``hcl`` and ``mermaid`` of this schema."""

        def sql(_document: object, indent: str = "") -> str:
            return self._sql(indent)

        def hcl(_document: object) -> str:
            return self._hcl()

        def diagram(_document: object) -> str:
            from atlas.engine.inspect_documents import mermaid

            return mermaid(self._realm)

        return {"sql": sql, "hcl": hcl, "mermaid": diagram}

    def _hcl(self) -> str:
        from atlas.engine.hcl_schema import print_schema

        return print_schema(self._realm, self._driver.types)

    def _hash(self) -> str:
        from atlas.engine.hcl_schema import schema_hash

        return schema_hash(self._realm, self._driver.types)

    def _sql(self, indent: str = "") -> str:
        from atlas.engine.inspect_documents import creating_plan, plan_text

        return plan_text(creating_plan(self._driver, self._realm, bound=self._bound).statements, indent)


def plan_functions(statements: Sequence[PlannedStatement]) -> Mapping[str, Callable[..., object]]:
    """``sql`` of a plan; there is no other notation of it."""

    def sql(_document: object, indent: str = "") -> str:
        from atlas.engine.inspect_documents import plan_text

        return plan_text(statements, indent)

    def refuse(_document: object) -> str:
        raise FunctionError("a plan is SQL: use sql")

    return {"sql": sql, "hcl": refuse, "mermaid": refuse}


def diff_document(
    statements: Sequence[PlannedStatement],
    current: Realm,
    desired: Realm,
    provenance: Mapping[str, object] | None = None,
) -> Mapping[str, object]:
    """``atlas schema diff``: the statements; the two states are below ``From`` and ``To``, the text in ``MarshalSQL``.

    ``provenance`` says which backup served a state, where one did.
    """
    from atlas.engine.inspect_documents import plan_text, realm_document

    def marshal_sql(indent: str = "") -> str:
        return plan_text(statements, indent)

    return Document(
        {
            "Changes": [_statement(each) for each in statements],
            "Unsupported": [f"{found.kind} {found.name}" for found in current.unmodelled],
            **_FROM_NO_BACKUP,
            **(provenance or {}),
        },
        keep=("Changes",),
        unprinted={
            "From": realm_document(current),
            "To": realm_document(desired),
            "MarshalSQL": marshal_sql,
        },
    )


def apply_document(
    report: PlanReport, plan: Plan, env: Mapping[str, object], *, pre_planned: Document | None = None
) -> Document:
    """The result of ``schema apply`` and ``schema clean``, as clients decode it.

    ``Plan`` is the plan that was made before, where one was run. ``Applied`` is for those that read a run as that of a file; in a dry run it has what would be applied.
    """
    is_dry = report.error is None and bool(report.pending)
    failed = report.error if isinstance(report.error, StatementFailed) else None
    error = {"Stmt": report.failed_statement, "Text": failed.text} if failed else None
    changes = {"Applied": list(report.applied), "Pending": list(report.pending), "Error": error}
    moments = {"Start": rfc3339(report.start), "End": rfc3339(report.end)}
    applied = list(report.pending if is_dry else report.applied)
    hazards = [
        {"Kind": str(hazard.kind), "Object": str(hazard.key), "Text": hazard.text}
        for statement in plan.statements
        for hazard in statement.hazards
    ]
    return Document(
        {
            **env,
            **{name: env.get(name, "") for name in _FROM_NO_BACKUP},
            "Changes": Document(changes),
            "Error": str(report.error) if report.error else "",
            **moments,
            "Applied": Document({"Applied": applied, **moments, "Error": error})
            if applied or error
            else None,
            "Plan": pre_planned,
            "Hazards": hazards,
            "Skipped": skipped_names(plan.skipped),
            "Unsupported": [f"{found.kind} {found.name}" for found in plan.current.unmodelled],
        },
        keep=("Changes",),
    )


def _statement(statement: PlannedStatement) -> Document:
    return Document(
        {
            "Cmd": statement.text(),
            "Comment": statement.comment,
            "Reverse": [sql.text() for sql in statement.reverse],
            "Hazards": [f"{hazard.kind} {hazard.key}: {hazard.text}" for hazard in statement.hazards],
        }
    )
