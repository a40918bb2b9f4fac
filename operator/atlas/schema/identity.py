"""What tells one object of a database from another: its kind and its names."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Every kind of object that is modelled. The values are the words of messages and of HCL blocks."""

    SCHEMA = "schema"
    EXTENSION = "extension"
    ENUM = "enum"
    DOMAIN = "domain"
    COMPOSITE = "composite"
    RANGE = "range"
    SEQUENCE = "sequence"
    TABLE = "table"
    COLUMN = "column"
    PRIMARY_KEY = "primary_key"
    UNIQUE = "unique"
    INDEX = "index"
    FOREIGN_KEY = "foreign_key"
    CHECK = "check"
    EXCLUDE = "exclude"
    TRIGGER = "trigger"
    POLICY = "policy"
    VIEW = "view"
    MATERIALIZED = "materialized"
    FUNCTION = "function"
    PROCEDURE = "procedure"
    AGGREGATE = "aggregate"
    EVENT = "event"

    @property
    def is_child(self) -> bool:
        """It lives in a relation and goes when the relation goes."""
        return self in _CHILDREN


_CHILDREN = frozenset(
    {
        Kind.COLUMN,
        Kind.PRIMARY_KEY,
        Kind.UNIQUE,
        Kind.INDEX,
        Kind.FOREIGN_KEY,
        Kind.CHECK,
        Kind.EXCLUDE,
        Kind.TRIGGER,
        Kind.POLICY,
    }
)


class Key(NamedTuple):
    """The identity of an object; sorts by kind, then names.

    Attributes:
        schema: '' for schemas themselves and for extensions.
        relation: For children the table, view or materialized view they belong to, else ''.
        name: For routines with their argument types, as ``f(integer, text)``. For a primary key ''. An object
            that has no name of its own (SQLite's anonymous checks and uniques) carries a name made of what it
            says, so that two states of it are found to be the same.
    """

    kind: Kind
    schema: str
    relation: str
    name: str

    @property
    def parent(self) -> Key | None:
        """The key of the relation of a child, taken for a table; None for other objects. See ``walk.owner``."""
        return Key(Kind.TABLE, self.schema, "", self.relation) if self.kind.is_child else None

    def __str__(self) -> str:
        names = (self.schema, self.relation, self.name)
        return f"{self.kind.value.replace('_', ' ')} {'.'.join(name for name in names if name)}"
