"""Who needs whom, read from an object's own fields; and what texts suggest where no catalog says it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import split_type, unquote
from atlas.schema import Key, Kind
from atlas.schema.objects import (
    Aggregate,
    Composite,
    Domain,
    Extension,
    RangeType,
    Routine,
    Sequence,
)
from atlas.schema.table import Column, ForeignKey, Index, Table, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.schema.walk import Object

_WORD = re.compile(r'"(?:[^"]|"")*"|[^\W\d][\w$]*')
_SQL_FIELDS = frozenset(
    {"default", "expr", "where", "using", "check", "when", "definition", "body", "returns", "opclass"}
    | {"state_function", "canonical", "subtype_diff", "support"}
)
_SQL_PARTS = frozenset({"parts", "arguments", "options"})
"""Fields with tuples of parts, or of pairs whose values are SQL; children are objects of their own."""
_TYPES = (Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE, Kind.RANGE, Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED)


def structural(objects: Mapping[Key, Object], *, is_read: bool) -> Iterator[tuple[Key, Key]]:
    """Pairs that fields state: schemas, parents, referenced tables, functions of triggers, types of columns.

    Args:
        objects: One state.
        is_read: Catalogs have said which key a foreign key refers to; otherwise each that it may refer to is taken.
    """
    routines = _routines(objects)
    for key, item in objects.items():
        if key.schema:
            yield key, Key(Kind.SCHEMA, "", "", key.schema)
        if key.kind.is_child:
            for kind in (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED):
                yield key, Key(kind, key.schema, "", key.relation)
        for text in _types(item):
            yield from ((key, needed) for needed in _type_keys(text, objects))
        yield from ((key, needed) for needed in _stated(key, item))
        if isinstance(item, ForeignKey) and not is_read:
            yield from _referenced_keys(key, item, objects)
        if isinstance(item, Trigger):
            yield from ((key, each) for each in routines.get(item.function, ()))
        if isinstance(item, Index) and item.attached_to:
            schema, _, name = item.attached_to.partition(".")
            yield from ((key, each) for each in _indexes(schema, name, objects))


def _stated(key: Key, item: Object) -> Iterator[Key]:
    """What an object names by schema and name."""
    match item:
        case ForeignKey():
            yield from _foreign_key(key, item)
        case Table():
            for schema, name in _parents(item):
                yield Key(Kind.TABLE, schema, "", name)
        case Sequence() if item.owned_by is not None:
            table, column = item.owned_by
            yield Key(Kind.COLUMN, key.schema, table, column)
        case Trigger() if item.ref_table:
            schema, _, name = item.ref_table.partition(".")
            yield Key(Kind.TABLE, schema, "", name)
        case Extension() if item.schema:
            yield Key(Kind.SCHEMA, "", "", item.schema)
        case _:
            pass


def _parents(item: Table) -> Iterator[tuple[str, str]]:
    yield from item.inherits
    if item.partition_of is not None:
        yield item.partition_of.schema, item.partition_of.table


def _indexes(schema: str, name: str, objects: Mapping[Key, Object]) -> Iterator[Key]:
    for key, item in objects.items():
        if key.schema == schema and (
            (key.kind in {Kind.INDEX, Kind.UNIQUE} and key.name == name)
            or (key.kind is Kind.PRIMARY_KEY and name in {getattr(item, "name", ""), f"{key.relation}_pkey"})
        ):
            yield key


def _foreign_key(key: Key, item: ForeignKey) -> Iterator[Key]:
    yield Key(Kind.TABLE, item.ref_schema, "", item.ref_table)
    yield from (Key(Kind.COLUMN, key.schema, key.relation, name) for name in item.columns)
    yield from (Key(Kind.COLUMN, item.ref_schema, item.ref_table, name) for name in item.ref_columns)


def _referenced_keys(key: Key, item: ForeignKey, objects: Mapping[Key, Object]) -> Iterator[tuple[Key, Key]]:
    table = objects.get(Key(Kind.TABLE, item.ref_schema, "", item.ref_table))
    if not isinstance(table, Table):
        return
    wanted = sorted(item.ref_columns)
    if table.primary_key and sorted(part.column for part in table.primary_key.parts) == wanted:
        yield key, Key(Kind.PRIMARY_KEY, item.ref_schema, item.ref_table, "")
    for kind, found in ((Kind.UNIQUE, table.uniques), (Kind.INDEX, table.indexes)):
        for each in found:
            is_unique = getattr(each, "unique", True)
            if is_unique and sorted(part.column for part in each.parts) == wanted:
                yield key, Key(kind, item.ref_schema, item.ref_table, each.name)


def _types(item: Object) -> Iterator[str]:
    match item:
        case Column() | Domain():
            yield item.type
        case Composite():
            yield from (each.type for each in item.fields)
        case RangeType():
            yield item.subtype
        case Routine():
            yield from (each.type for each in item.arguments)
            yield item.returns.removeprefix("SETOF ")
        case Aggregate():
            yield item.state_type
        case _:
            pass


def _type_keys(text: str, objects: Mapping[Key, Object]) -> Iterator[Key]:
    found = split_type(text)
    if found is None:
        return
    for kind in _TYPES:
        key = Key(kind, found[0], "", found[1])
        if key in objects:
            yield key


def _routines(objects: Mapping[Key, Object]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key in objects:
        if key.kind in {Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE}:
            found.setdefault(f"{key.schema}.{key.name.partition('(')[0]}", []).append(key)
    return found


def bodies(objects: Mapping[Key, Object]) -> Iterator[tuple[Key, Key]]:
    """What the bodies of routines mention: the server keeps no account of a body that is a string."""
    texts = {
        key: item.body for key, item in objects.items() if isinstance(item, Routine) and not item.sql_body
    }
    return mentions(texts, objects)


def texts(objects: Mapping[Key, Object]) -> Iterator[tuple[Key, Key]]:
    """What every expression and query mentions, for a state that no server has read."""
    found = {key: " ".join(_expressions(item)) for key, item in objects.items()}
    return mentions({key: text for key, text in found.items() if text}, objects)


def mentions(texts: Mapping[Key, str], objects: Mapping[Key, Object]) -> Iterator[tuple[Key, Key]]:
    """Objects, that are no children, whose name stands in a text."""
    by_name: dict[str, list[Key]] = {}
    for key in objects:
        if not key.kind.is_child and key.kind not in {Kind.SCHEMA, Kind.EXTENSION}:
            by_name.setdefault(key.name.partition("(")[0], []).append(key)
    for key, text in texts.items():
        for word in words(text) & by_name.keys():
            yield from ((key, each) for each in by_name[word] if each != key)


def words(text: str) -> set[str]:
    """Every word of a text that may be a name."""
    return {unquote(word) for word in _WORD.findall(text)}


def _expressions(item: Object) -> Iterator[str]:
    """Every text of an object that is SQL, wherever in it."""
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, str) and field.name in _SQL_FIELDS:
            yield value
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _expressions(value)  # type: ignore[arg-type]  # a part of an object
        elif isinstance(value, tuple) and field.name in _SQL_PARTS:
            for each in value:
                if is_dataclass(each) and not isinstance(each, type):
                    yield from _expressions(each)  # type: ignore[arg-type]
                elif isinstance(each, tuple):
                    yield str(each[-1])
