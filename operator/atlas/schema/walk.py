"""Every object of a realm under its key, children of relations beside the relations themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias, assert_never

from atlas.schema.identity import Key, Kind
from atlas.schema.objects import (
    Aggregate,
    Composite,
    Domain,
    Enum,
    Event,
    Extension,
    MaterializedView,
    RangeType,
    Routine,
    SchemaObject,
    Sequence,
    View,
)
from atlas.schema.realm import Schema
from atlas.schema.table import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema.realm import Realm

Child: TypeAlias = Column | PrimaryKey | Unique | Index | ForeignKey | Check | Exclude | Trigger | Policy
Object: TypeAlias = Schema | SchemaObject | Child

_KINDS: dict[type, Kind] = {
    Schema: Kind.SCHEMA,
    Extension: Kind.EXTENSION,
    Enum: Kind.ENUM,
    Domain: Kind.DOMAIN,
    Composite: Kind.COMPOSITE,
    RangeType: Kind.RANGE,
    Sequence: Kind.SEQUENCE,
    Table: Kind.TABLE,
    Column: Kind.COLUMN,
    PrimaryKey: Kind.PRIMARY_KEY,
    Unique: Kind.UNIQUE,
    Index: Kind.INDEX,
    ForeignKey: Kind.FOREIGN_KEY,
    Check: Kind.CHECK,
    Exclude: Kind.EXCLUDE,
    Trigger: Kind.TRIGGER,
    Policy: Kind.POLICY,
    View: Kind.VIEW,
    MaterializedView: Kind.MATERIALIZED,
    Aggregate: Kind.AGGREGATE,
    Event: Kind.EVENT,
}

_WORDS = re.compile(r"'(?:[^']|'')*'|[\"`\[\]]|\d[\w.]*|\w+|[<>=!|&]+|\S")
_QUOTES = frozenset('"`[]')
_NO_SPACE = re.compile(r"(?<=[(.]) | (?=[),.])")

CHILD_LISTS = {
    Kind.COLUMN: "columns",
    Kind.UNIQUE: "uniques",
    Kind.INDEX: "indexes",
    Kind.FOREIGN_KEY: "foreign_keys",
    Kind.CHECK: "checks",
    Kind.EXCLUDE: "excludes",
    Kind.TRIGGER: "triggers",
    Kind.POLICY: "policies",
}
"""In which field of a relation its children of a kind are, where it may have several."""
CHILD_FIELDS = frozenset({*CHILD_LISTS.values(), "primary_key"})
"""Fields of relations whose elements are objects with keys of their own."""


def key_of(item: SchemaObject | Schema) -> Key:
    """The key of an object that is no child."""
    match item:
        case Schema():
            return Key(Kind.SCHEMA, "", "", item.name)
        case Extension():
            return Key(Kind.EXTENSION, "", "", item.name)
        case Routine():
            kind = Kind.PROCEDURE if item.is_procedure else Kind.FUNCTION
            return Key(kind, item.schema, "", f"{item.name}({item.identity_arguments})")
        case Aggregate():
            return Key(Kind.AGGREGATE, item.schema, "", f"{item.name}({item.arguments})")
        case (
            Table()
            | View()
            | MaterializedView()
            | Sequence()
            | Enum()
            | Domain()
            | Composite()
            | RangeType()
            | Event()
        ):
            return Key(_KINDS[type(item)], item.schema, "", item.name)
        case _:
            assert_never(item)


def child_key(relation: Table | View | MaterializedView, child: Child) -> Key:
    """The key of a child; one without a name of its own is named by what it says.

    So is a foreign key with a number for a name: the number changes whenever another one comes or goes.
    """
    if isinstance(child, PrimaryKey):
        return Key(Kind.PRIMARY_KEY, relation.schema, relation.name, "")
    name = child.name
    if isinstance(child, Check) and not name:
        name = f"({_bare(child.expr)})"
    elif isinstance(child, ForeignKey) and name.isdecimal():
        name = f"({', '.join(child.columns)}) references {child.ref_table} ({', '.join(child.ref_columns)})"
    elif isinstance(child, Unique) and not name:
        name = f"({', '.join(part.column or part.expr for part in child.parts)})"
    return Key(_KINDS[type(child)], relation.schema, relation.name, name)


def _bare(expr: str) -> str:
    """An expression without quotes around names, with the same spaces and in lower case however it was written."""
    words = (
        word if word.startswith("'") else word.lower() for word in _WORDS.findall(expr) if word not in _QUOTES
    )
    return _NO_SPACE.sub("", " ".join(words))


def children(relation: SchemaObject) -> Iterator[Child]:
    """The children of a relation, columns first; a view's columns follow from its definition and are none."""
    match relation:
        case Table():
            yield from relation.columns
            if relation.primary_key is not None:
                yield relation.primary_key
            yield from relation.uniques
            yield from relation.indexes
            yield from relation.foreign_keys
            yield from relation.checks
            yield from relation.excludes
            yield from relation.triggers
            yield from relation.policies
        case View():
            yield from relation.triggers
        case MaterializedView():
            yield from relation.indexes
        case _:
            return


def used_columns(child: Child) -> set[str]:
    """The columns of its own table without which a child cannot be."""
    match child:
        case PrimaryKey() | Unique() | Index() | Exclude():
            return {part.column for part in child.parts if part.column} | set(child.include)
        case ForeignKey():
            return set(child.columns)
        case _:
            return set()


def named_needs(realm: Realm) -> Iterator[tuple[Key, Key]]:
    """Pairs ``(child, needed)`` of columns and tables that children of tables name: not all catalogs tell them."""
    for table in realm.tables:
        for child in children(table):
            key = child_key(table, child)
            for name in sorted(used_columns(child)):
                yield key, key._replace(kind=Kind.COLUMN, name=name)
            if isinstance(child, ForeignKey):
                target = Key(Kind.TABLE, child.ref_schema, "", child.ref_table)
                yield key, target
                for name in child.ref_columns:
                    yield key, Key(Kind.COLUMN, target.schema, target.name, name)


def flatten(realm: Realm) -> dict[Key, Object]:
    """All objects by key: schemas, then objects in the realm's order, each relation followed by its children."""
    found: dict[Key, Object] = {key_of(schema): schema for schema in realm.schemas}
    for item in realm.objects:
        found[key_of(item)] = item
        if isinstance(item, Table | View | MaterializedView):
            found.update((child_key(item, child), child) for child in children(item))
    return found
