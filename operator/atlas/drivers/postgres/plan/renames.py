"""A realm as it is once its objects have their new names; the server follows a rename everywhere by itself."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from atlas.drivers.postgres.ddl.names import quote, unquote
from atlas.schema import Key, Kind, Realm
from atlas.schema.objects import MaterializedView, Routine, Sequence, View
from atlas.schema.table import ForeignKey, IndexPart, PartitionOf, Table
from atlas.schema.walk import child_key, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.schema import Rename
    from atlas.schema.objects import SchemaObject

T = TypeVar("T")

_IDENTIFIER = re.compile(r'"(?:[^"]|"")*"|[^\W\d][\w$]*')
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_TEXTS = frozenset(
    {"type", "default", "expr", "where", "definition", "using", "check", "when", "function", "ref_table"}
    | {"returns", "identity_arguments", "attached_to", "subtype", "state_function", "state_type", "opclass"}
)
"""Fields that hold SQL; the arguments of an aggregate are one, those of a trigger are not."""
_COLUMN_LISTS = ("include", "update_of", "delete_columns")
"""Fields of children that name columns of their own relation; ``columns`` of foreign keys too."""


class Renamer:
    """Applies renames to keys, texts and objects."""

    def __init__(self, renames: Iterable[Rename]) -> None:
        self._keys = {each.current_key: each.key for each in renames}
        self._schemas = {old.name: new.name for old, new in self._keys.items() if old.kind is Kind.SCHEMA}
        self._relations = {
            (old.schema, old.name): (new.schema, new.name)
            for old, new in self._keys.items()
            if not old.kind.is_child and old.kind is not Kind.SCHEMA
        }
        self._words = {
            old.name.partition("(")[0]: new.name.partition("(")[0] for old, new in self._keys.items()
        }
        # A query goes on giving out a renamed column under its former name, and says so with AS.
        self._stable = {
            old.name.partition("(")[0]: new.name.partition("(")[0]
            for old, new in self._keys.items()
            if old.kind is not Kind.COLUMN
        }

    def key(self, key: Key) -> Key:
        """The key under which an object is found afterwards."""
        if key in self._keys:
            return self._keys[key]
        if key.kind.is_child:
            schema, relation = self.relation(key.schema, key.relation)
            moved = key._replace(schema=schema, relation=relation)
            return self._keys.get(moved, moved)
        if key.kind is Kind.SCHEMA:
            return key
        moved = key._replace(schema=self._schemas.get(key.schema, key.schema))
        if key.kind in {Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE}:
            name, _, arguments = key.name.partition("(")
            moved = moved._replace(name=f"{name}({self.text(arguments)}")
        return self._keys.get(moved, moved)

    def relation(self, schema: str, name: str) -> tuple[str, str]:
        """Where a relation is found afterwards."""
        if (schema, name) in self._relations:
            return self._relations[schema, name]
        return self._schemas.get(schema, schema), name

    def column(self, schema: str, relation: str, name: str) -> str:
        """The name of a column afterwards."""
        return self.key(Key(Kind.COLUMN, schema, relation, name)).name

    def text(self, sql: str, words: Mapping[str, str] | None = None) -> str:
        """SQL of the catalogs with each renamed word replaced, as the server prints it afterwards."""
        words = self._words if words is None else words

        def word(found: re.Match[str]) -> str:
            name = unquote(found[0])
            if name not in words:
                return found[0]
            new = words[name]
            return new if _PLAIN.fullmatch(new) else quote(new)

        return _IDENTIFIER.sub(word, sql)

    def realm(self, realm: Realm) -> Realm:
        """The whole."""
        return replace(
            realm,
            schemas=tuple(
                replace(each, name=self._schemas.get(each.name, each.name)) for each in realm.schemas
            ),
            objects=tuple(self._object(each) for each in realm.objects),
            dependencies=frozenset((self.key(a), self.key(b)) for a, b in realm.dependencies),
        )

    def _object(self, item: SchemaObject) -> SchemaObject:
        moved = self.key(key_of(item))
        name = moved.name.partition("(")[0] if "(" in moved.name and "(" not in item.name else moved.name
        changed: dict[str, Any] = {"name": name}
        if item.__class__.__name__ != "Extension":
            changed["schema"] = moved.schema
        if isinstance(item, Table | View | MaterializedView):
            changed |= self._children(item)
        found: Any = self._walk(item, item if isinstance(item, Table | View | MaterializedView) else None)
        if isinstance(item, Sequence) and item.owned_by is not None:
            table, column = item.owned_by
            changed["owned_by"] = (
                self.relation(item.schema, table)[1],
                self.column(item.schema, table, column),
            )
        for name_, value in changed.items():
            if isinstance(value, tuple) and name_ != "owned_by":
                value = self._walk(value, item)  # noqa: PLW2901
            found = replace(found, **{name_: value})
        return found  # type: ignore[no-any-return]

    def _children(self, item: Table | View | MaterializedView) -> dict[str, Any]:
        """Children under their new names, the rest of them still as it was."""
        changed: dict[str, Any] = {}
        for field in fields(item):
            value = getattr(item, field.name)
            if isinstance(value, tuple) and value and is_dataclass(value[0]):
                if isinstance(item, View | MaterializedView) and field.name == "columns":
                    continue
                changed[field.name] = tuple(
                    replace(child, name=self.key(child_key(item, child)).name) for child in value
                )
        return changed

    def _walk(self, value: Any, owner: SchemaObject | None) -> Any:
        """``value`` with columns, relations and texts renamed; names of children are not touched."""
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            return tuple(self._walk(each, owner) for each in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed: dict[str, Any] = {}
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, str) and field.name in _TEXTS and not (isinstance(value, PartitionOf)):
                changed[field.name] = self.text(inner)
            elif is_dataclass(inner) or (isinstance(inner, tuple) and inner and is_dataclass(inner[0])):
                changed[field.name] = self._walk(inner, owner)
        changed |= self._structure(value, owner)
        return replace(value, **changed)

    def _structure(self, value: Any, owner: SchemaObject | None) -> dict[str, Any]:
        """Fields that name columns and relations."""

        def columns(names: Iterable[str]) -> tuple[str, ...]:
            return (
                tuple(self.column(owner.schema, owner.name, each) for each in names)
                if owner
                else tuple(names)
            )

        changed: dict[str, Any] = {}
        match value:
            case IndexPart() if value.column:
                changed["column"] = columns((value.column,))[0]
            case ForeignKey():
                changed |= {"columns": columns(value.columns), **self._foreign_key(value)}
            case PartitionOf():
                changed["schema"], changed["table"] = self.relation(value.schema, value.table)
            case Table():
                changed["inherits"] = tuple(self.relation(*each) for each in value.inherits)
            case Routine():
                changed["identity_arguments"] = self.text(value.identity_arguments)
                changed["body"] = self.text(value.body, self._stable) if value.sql_body else value.body
            case View() | MaterializedView():
                # One more CREATE OR REPLACE costs nothing; a materialized view without subqueries is left in peace.
                is_plain = isinstance(value, MaterializedView) and value.definition.count("SELECT") == 1
                changed["definition"] = self.text(value.definition, None if is_plain else self._stable)
            case _:
                pass
        if owner is not None:
            changed |= {
                name: columns(getattr(value, name)) for name in _COLUMN_LISTS if getattr(value, name, None)
            }
        return changed

    def _foreign_key(self, value: ForeignKey) -> dict[str, Any]:
        schema, table = self.relation(value.ref_schema, value.ref_table)
        names = (self.column(value.ref_schema, value.ref_table, each) for each in value.ref_columns)
        return {"ref_schema": schema, "ref_table": table, "ref_columns": tuple(names)}
