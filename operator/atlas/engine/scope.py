"""Which part of a database is looked at: the schema a URL is bound to, schemas by name, and patterns of objects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema import Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to look at.

    Attributes:
        bound: The one schema that the target's URL is bound to; '' for a URL that means all schemas. Names of
            this schema are written bare in plans.
        schemas: Only these schemas of an unbound URL; () for all. A name that does not exist is no error.
        exclude: Patterns ``schema.table.child`` of what is left out, on both sides of a comparison.
        include: Patterns of what alone is kept; () for all.
        with_revisions: The table of revisions is looked at like any other: for those who drop everything.
        charset: MySQL: the charset of the bound schema on the target, so that a room of it has the same and a table
            without one means the same there. '' takes that of the dev server. ``collation`` alike.
        comment: PostgreSQL, MariaDB: the comment that the bound schema, or ``public``, has on the target, so that a desired
            state that does not speak of it changes nothing. None leaves that of the dev server.
    """

    bound: str = ""
    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    with_revisions: bool = False
    charset: str = ""
    collation: str = ""
    comment: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The schemas to read; () for all of the user's."""
        return (self.bound,) if self.bound else self.schemas

    def like(self, target: Realm) -> Scope:
        """This scope with the charset, collation and comment that its bound schema has on the target."""
        for schema in target.schemas:
            if schema.name == self.bound:
                return replace(
                    self, charset=schema.charset, collation=schema.collation, comment=schema.comment
                )
            if not self.bound and schema.name == "public" and target.dialect == "postgres":
                return replace(self, comment=schema.comment)
        return self
