"""The audit log: who changed what, written in the transaction of the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from atlas.server.store.tables import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from atlas.server.store.registry import Registry


class AuditRecord(NamedTuple):
    """One change; ``action`` is ``<thing>.<verb>``."""

    at: str
    actor: str
    action: str
    subject: str
    detail: str


def record(
    connection: Connection, at: str, project_id: int, actor: str, change: tuple[str, str, str]
) -> None:
    """Add one record; ``change`` is its action, subject and detail."""
    action, subject, detail = change
    values = {"at": at, "project_id": project_id, "actor": actor}
    connection.execute(insert(audit).values(**values, action=action, subject=subject, detail=detail))


def audit_log(registry: Registry, project_id: int) -> list[AuditRecord]:
    """The records of a project, the oldest first."""
    columns = (audit.c.at, audit.c.actor, audit.c.action, audit.c.subject, audit.c.detail)
    query = select(*columns).where(audit.c.project_id == project_id).order_by(audit.c.id)
    with registry.database.reading() as connection:
        return [AuditRecord(*row) for row in connection.execute(query)]
