"""Everything that is looked at together, and what was found that the model does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from atlas.schema.table import Table

if TYPE_CHECKING:
    from atlas.schema.identity import Key
    from atlas.schema.objects import SchemaObject
    from atlas.schema.options import Options

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A named set of objects; ``charset`` and ``collation`` are MySQL's."""

    name: str
    comment: str = ""
    charset: str = ""
    collation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmodelled:
    """Something that was found and is not compared: ``event trigger``, ``virtual table``, ``grant``, ….

    Attributes:
        name: Qualified, as a person would write it.
        on: The relation that it belongs to, as ``schema.name``; '' for none.
    """

    kind: str
    name: str
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Realm:
    """One state of a database.

    Attributes:
        dialect: ``postgres``, ``mysql``, ``mariadb`` or ``sqlite``.
        schemas: Sorted by name.
        objects: Sorted by schema, kind and name; SQLite's tables in the order of creation.
        dependencies: Pairs ``(dependent, needed)``: the first cannot exist without the second. Kept out of
            comparisons and hashes: they follow from the objects.
        unmodelled: Sorted.
        foreign: Objects that belong to another owner than the role of the session, who would be the owner of what is
            made anew. Only drivers look at it.
        excluded: Keys of what patterns left out of it. Not compared, but there: who drops or rebuilds what holds
            one of these would lose it.
        histories: Tables of revisions that were left out of it.
        needed: Pairs ``(excluded, needed)`` of what patterns left out and what is there.
        session: Settings of the session that read it which decide how SQL must be written (MySQL's ``sql_mode``).
            Not compared.
    """

    dialect: str
    schemas: tuple[Schema, ...] = ()
    objects: tuple[SchemaObject, ...] = ()
    dependencies: frozenset[tuple[Key, Key]] = frozenset()
    unmodelled: tuple[Unmodelled, ...] = ()
    foreign: tuple[Unmodelled, ...] = ()
    excluded: frozenset[Key] = frozenset()
    histories: frozenset[Key] = frozenset()
    needed: frozenset[tuple[Key, Key]] = frozenset()
    session: Options = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return self.of(Table)

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """The objects of one class, in order."""
        return tuple(each for each in self.objects if isinstance(each, kind))
