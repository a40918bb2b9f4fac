"""A realm within a scope: schemas by name, patterns of objects, and never the table of revisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from atlas.engine.history.revisions import TABLE_NAME
from atlas.engine.patterns import Level, parse_patterns, words_of
from atlas.schema import Kind, flatten, key_of
from atlas.schema.objects import Extension, MaterializedView, View
from atlas.schema.table import Column, Table
from atlas.schema.walk import CHILD_LISTS, child_key, children, named_needs, used_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from atlas.engine.patterns import Pattern
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Key, Realm, Schema, Unmodelled
    from atlas.schema.objects import SchemaObject
    from atlas.schema.walk import Child


def inspect_realm(driver: SchemaDriver, database: Database, scope: Scope) -> Realm:
    """What ``scope`` shows of a database."""
    return restrict(driver.inspect(database, scope), scope)


def restrict(realm: Realm, scope: Scope) -> Realm:
    """``realm`` without what ``scope`` leaves out, and without ``atlas_schema_revisions`` unless it says so.

    Raises:
        UsageError: A pattern that cannot be understood.
    """
    return within(realm if scope.with_revisions else without_revisions(realm), scope)


def without_revisions(realm: Realm) -> Realm:
    """``realm`` without the table of revisions, which is then in ``histories``, and without a schema of that name."""
    schemas = tuple(schema for schema in realm.schemas if schema.name != TABLE_NAME)
    rest = _with_objects(realm, schemas, tuple(item for item in realm.objects if not _is_of_revisions(item)))
    hidden = frozenset(key_of(item) for item in realm.objects if _is_of_revisions(item))
    return replace(rest, histories=hidden) if hidden else rest


def _is_of_revisions(item: SchemaObject) -> bool:
    return item.schema == TABLE_NAME or (isinstance(item, Table) and item.name == TABLE_NAME)


def within(realm: Realm, scope: Scope) -> Realm:
    """``realm`` within the schemas and patterns of ``scope``; what patterns leave out is in ``excluded``."""
    named = _of_schemas(realm, scope.names) if scope.names else realm
    chooser = _Chooser(
        scope.bound,
        parse_patterns(scope.exclude, is_bound=bool(scope.bound)),
        parse_patterns(scope.include, is_bound=bool(scope.bound)),
    )
    if not chooser.exclude and not chooser.include:
        return named
    objects = tuple(chooser.within(item) for item in named.objects if chooser.keeps(_way_of(item)))
    homes = {item.schema for item in objects}
    kept = replace(
        named,
        schemas=tuple(
            schema
            for schema in named.schemas
            if chooser.keeps_schema(schema.name, is_home=schema.name in homes)
        ),
        objects=objects,
        unmodelled=tuple(found for found in named.unmodelled if chooser.keeps(_way_of_unmodelled(found))),
    )
    there = flatten(kept).keys()
    left_out = flatten(named).keys() - there
    pairs = (
        pair
        for pair in (*named.dependencies, *named_needs(named))
        if pair[0] in left_out and pair[1] in there
    )
    return _linked(replace(kept, excluded=named.excluded | left_out, needed=named.needed | frozenset(pairs)))


def _of_schemas(realm: Realm, names: Sequence[str]) -> Realm:
    schemas = tuple(schema for schema in realm.schemas if schema.name in names)
    objects = (item for item in realm.objects if item.schema in names or isinstance(item, Extension))
    return _with_objects(realm, schemas, tuple(objects))


def _with_objects(realm: Realm, schemas: tuple[Schema, ...], objects: tuple[SchemaObject, ...]) -> Realm:
    """``realm`` with fewer schemas and objects; itself where nothing is missing, which is the common case."""
    if len(schemas) == len(realm.schemas) and len(objects) == len(realm.objects):
        return realm
    return _linked(replace(realm, schemas=schemas, objects=objects))


def _linked(realm: Realm) -> Realm:
    """``realm`` with only those dependencies whose two ends are there."""
    there = flatten(realm).keys()
    pairs = (pair for pair in realm.dependencies if pair[0] in there and pair[1] in there)
    return replace(realm, dependencies=frozenset(pairs))


@dataclass(frozen=True, slots=True)
class _Chooser:
    """What two lists of patterns keep. Ways begin with the schema, which patterns of a bound scope leave out."""

    bound: str
    exclude: tuple[Pattern, ...]
    include: tuple[Pattern, ...]

    def keeps(self, way: Sequence[Level]) -> bool:
        seen = self._seen(way)
        if any(pattern.matches(seen) for pattern in self.exclude):
            return False
        return not self.include or any(
            pattern.matches(seen) or pattern.leads_to(seen) for pattern in self.include
        )

    def keeps_schema(self, name: str, *, is_home: bool) -> bool:
        """A schema stays for what is kept in it, and where it is included itself."""
        way = _way_to_schema(name)
        is_included = not self.include or any(pattern.matches(self._seen(way)) for pattern in self.include)
        return self.keeps(way) and (is_home or is_included or name == self.bound)

    def within(self, item: SchemaObject) -> SchemaObject:
        """A kept object with those of its children that are kept."""
        if not isinstance(item, Table | View | MaterializedView):
            return item
        gone = {
            child_key(item, child): child for child in children(item) if not self._keeps_child(item, child)
        }
        cascading = {
            child.name
            for child in gone.values()
            if isinstance(child, Column) and not self._goes_alone(item, child)
        }
        for child in children(item):
            if used_columns(child) & cascading:
                gone[child_key(item, child)] = child
        return _without(item, gone.keys()) if gone else item

    def _keeps_child(self, owner: Table | View | MaterializedView, child: Child) -> bool:
        return self.keeps((*_way_of(owner), _level(child_key(owner, child))))

    def _goes_alone(self, owner: Table | View | MaterializedView, column: Column) -> bool:
        """Only patterns for columns alone leave this one out."""
        seen = self._seen((*_way_of(owner), _level(child_key(owner, column))))
        matching = [pattern for pattern in self.exclude if pattern.matches(seen)]
        return bool(matching) and all(pattern.names_only_columns for pattern in matching)

    def _seen(self, way: Sequence[Level]) -> Sequence[Level]:
        begins_with_schema = way[0].words == words_of(Kind.SCHEMA)
        return way[1:] if self.bound and begins_with_schema else way


def _way_to_schema(name: str) -> tuple[Level, ...]:
    return (Level((name,), words_of(Kind.SCHEMA)),)


def _way_of(item: SchemaObject) -> tuple[Level, ...]:
    key = key_of(item)
    # An extension belongs to the database: it is named without a schema, in a bound scope too.
    return (*(_way_to_schema(item.schema) if not isinstance(item, Extension) else ()), _level(key))


def _level(key: Key) -> Level:
    plain = key.name.partition("(")[0] if key.name.endswith(")") else key.name
    return Level(tuple(dict.fromkeys((plain, key.name))), words_of(key.kind))


def _way_of_unmodelled(found: Unmodelled) -> tuple[Level, ...]:
    names = [*found.on.split("."), found.name.rpartition(".")[2]] if found.on else found.name.split(".")
    words = frozenset({found.kind.replace(" ", "_")})
    kinds = (words_of(Kind.SCHEMA), words_of(Kind.TABLE), words)
    ways = [Level((name,), kind) for name, kind in zip(names, kinds, strict=False)]
    return (*ways[:-1], ways[-1]._replace(words=words))


def _without(item: Table | View | MaterializedView, gone: Collection[Key]) -> SchemaObject:
    fields: dict[str, Any] = {}
    for name in CHILD_LISTS.values():
        if name == "columns" and not isinstance(item, Table):
            continue
        known = getattr(item, name, ())
        fields[name] = tuple(child for child in known if child_key(item, child) not in gone)
    if isinstance(item, Table) and item.primary_key and child_key(item, item.primary_key) in gone:
        fields["primary_key"] = None
    return replace(item, **{name: value for name, value in fields.items() if hasattr(item, name)})
