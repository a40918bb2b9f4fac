"""Tokens: 32 random bytes shown once, stored as their SHA-256, bound to one project.

A slow hash would add nothing: nobody guesses 256 bits.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import insert, select, update

from atlas.errors import NotFound, Rejected, Unauthorized
from atlas.server.store.audit import record
from atlas.server.store.registry import Principal, Registry, Scope
from atlas.server.store.tables import projects, tokens
from atlas.wire.reference import checked_slug

if TYPE_CHECKING:
    from sqlalchemy import Connection

PREFIX = "aci_"
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
Admission = Literal["new", "known", "changed"]
"""What admitting a token did; ``changed`` is its scope."""
LOCAL_ACTOR = "local"  # whoever can read the data folder


class TokenRecord(NamedTuple):
    """A token without its secret."""

    id: int
    name: str
    project: str
    scope: str
    created_at: str
    revoked_at: str | None


def create_token(registry: Registry, project: str, *, name: str, scope: Scope = "push") -> str:
    """Make a token for ``project``, which is made with it where it is new; the return is its only copy."""
    token = PREFIX + urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    admit_token(registry, token, project, name=name, scope=scope)
    return token


def admit_token(registry: Registry, token: str, project: str, *, name: str, scope: Scope) -> Admission:
    """Let in ``token``, which was made as ``create_token`` makes one. One that is known keeps its name.

    Raises:
        Rejected: It has another form, so that it might be guessed, it was revoked, or it is one of another project.
    """
    checked_slug(project)
    if not _FORM.fullmatch(token):
        raise Rejected(f"the token is none of a registry: expected {PREFIX} and 43 letters, digits, - or _")

    def write(connection: Connection) -> Admission:
        project_id = ensure_project(connection, project, at=registry.now())
        known = connection.execute(select(tokens).where(tokens.c.hash == _hash(token))).one_or_none()
        if known is None:
            values = {"project_id": project_id, "name": name, "hash": _hash(token), "scope": scope}
            connection.execute(insert(tokens).values(**values, created_at=registry.now()))
            record(connection, registry.now(), project_id, LOCAL_ACTOR, ("token.create", name, scope))
            return "new"
        if known.revoked_at is not None:
            raise Rejected(f"token {known.id} was revoked: give a new one")
        if known.project_id != project_id:
            raise Rejected(f"token {known.id} is one of another project than {project}: give a new one")
        if known.scope == scope:
            return "known"
        connection.execute(update(tokens).where(tokens.c.id == known.id).values(scope=scope))
        record(connection, registry.now(), project_id, LOCAL_ACTOR, ("token.scope", known.name, scope))
        return "changed"

    return registry.database.retried(write)


def list_tokens(registry: Registry) -> list[TokenRecord]:
    """Every token, also revoked ones, the oldest first."""
    columns = (
        tokens.c.id,
        tokens.c.name,
        projects.c.name,
        tokens.c.scope,
        tokens.c.created_at,
        tokens.c.revoked_at,
    )
    query = select(*columns).join(projects, projects.c.id == tokens.c.project_id).order_by(tokens.c.id)
    with registry.database.reading() as connection:
        return [TokenRecord(*row) for row in connection.execute(query)]


def revoke_token(registry: Registry, token_id: int) -> None:
    """Refuse a token from now on; revoking twice is no error. Raises ``NotFound``."""

    def write(connection: Connection) -> None:
        row = connection.execute(select(tokens).where(tokens.c.id == token_id)).one_or_none()
        if row is None:
            raise NotFound(f"token {token_id} not found")
        if row.revoked_at is None:
            connection.execute(
                update(tokens).where(tokens.c.id == token_id).values(revoked_at=registry.now())
            )
            record(connection, registry.now(), row.project_id, LOCAL_ACTOR, ("token.revoke", row.name, ""))

    registry.database.retried(write)


def authenticate(registry: Registry, token: str) -> Principal:
    """Who holds ``token``; raises ``Unauthorized`` where it is unknown or revoked."""
    columns = (tokens.c.id, tokens.c.name, tokens.c.project_id, projects.c.name, tokens.c.scope)
    query = (
        select(*columns)
        .join(projects, projects.c.id == tokens.c.project_id)
        .where(tokens.c.hash == _hash(token), tokens.c.revoked_at.is_(None))
    )
    with registry.database.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise Unauthorized("Unauthorized")
    return Principal(*row)


def ensure_project(connection: Connection, name: str, *, at: str) -> int:
    """The number of a project, which is made where it is new."""
    found = connection.execute(select(projects.c.id).where(projects.c.name == name)).scalar_one_or_none()
    if found is not None:
        return int(found)
    made = connection.execute(insert(projects).values(name=name, created_at=at).returning(projects.c.id))
    return int(made.scalar_one())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
