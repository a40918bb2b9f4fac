"""What a database looks like after renames: names that the server changes along with them are no changes any more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.renames import RELATIONS
from atlas.schema import Kind
from atlas.schema.table import Table
from atlas.schema.walk import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.schema import Realm, Rename
    from atlas.schema.objects import SchemaObject
    from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart

TableName = tuple[str, str]
_NAME = re.compile(r"'(?:[^'\\]|''|\\.)*'|`((?:[^`]|``)+)`", re.DOTALL)


def renamed(realm: Realm, renames: Iterable[Rename]) -> Realm:
    """``realm`` as it is after the renames: foreign keys, indexes, checks and expressions follow names by themselves."""
    changes = tuple(renames)
    if not changes:
        return realm
    relations = {
        (change.current_key.schema, change.current_key.name): (change.key.schema, change.key.name)
        for change in changes
        if change.key.kind in RELATIONS
    }
    names = _Names(relations, _children(changes, Kind.COLUMN), _children(changes, Kind.INDEX))
    return replace(realm, objects=tuple(_object(item, names) for item in realm.objects))


@dataclass(frozen=True, slots=True)
class _Names:
    """What is called what from now on; columns and indexes by the new name of their table."""

    relations: Mapping[TableName, TableName]
    columns: Mapping[TableName, Mapping[str, str]]
    indexes: Mapping[TableName, Mapping[str, str]]


def _children(changes: Iterable[Rename], kind: Kind) -> dict[TableName, dict[str, str]]:
    found: dict[TableName, dict[str, str]] = {}
    for change in changes:
        if change.key.kind is kind:
            table = (change.key.schema, change.key.relation)
            found.setdefault(table, {})[change.current_key.name] = change.key.name
    return found


def _object(item: SchemaObject, names: _Names) -> SchemaObject:
    key = key_of(item)
    schema, name = names.relations.get((key.schema, key.name), (key.schema, key.name))
    if isinstance(item, Table):
        return _Renaming(names, (schema, name)).table(replace(item, schema=schema, name=name))
    if key.kind in RELATIONS and (schema, name) != (key.schema, key.name):
        return replace(item, schema=schema, name=name)
    return item


@dataclass(frozen=True, slots=True)
class _Renaming:
    """The new names as one table sees them."""

    names: _Names
    own: TableName

    def table(self, table: Table) -> Table:
        indexes = sorted(map(self._index, table.indexes), key=lambda index: index.name)
        return replace(
            table,
            columns=tuple(map(self._column, table.columns)),
            primary_key=table.primary_key
            and replace(table.primary_key, parts=self._parts(table.primary_key.parts)),
            indexes=tuple(indexes),
            foreign_keys=tuple(map(self._foreign_key, table.foreign_keys)),
            checks=tuple(map(self._check, table.checks)),
            partition_by=table.partition_by
            and replace(table.partition_by, parts=self._parts(table.partition_by.parts)),
        )

    def _column(self, column: Column) -> Column:
        generated = column.generated
        return replace(
            column,
            name=self._name(column.name),
            generated=generated and replace(generated, expr=self._text(generated.expr)),
        )

    def _index(self, index: Index) -> Index:
        name = self.names.indexes.get(self.own, {}).get(index.name, index.name)
        return replace(index, name=name, parts=self._parts(index.parts))

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        target = (key.ref_schema, key.ref_table)
        target = self.names.relations.get(target, target)
        theirs = self.names.columns.get(target, {})
        return replace(
            key,
            columns=tuple(map(self._name, key.columns)),
            ref_schema=target[0],
            ref_table=target[1],
            ref_columns=tuple(theirs.get(name, name) for name in key.ref_columns),
        )

    def _check(self, check: Check) -> Check:
        return replace(
            check,
            name=self._name(check.name) if check.column else check.name,
            column=self._name(check.column),
            expr=self._text(check.expr),
        )

    def _parts(self, parts: tuple[IndexPart, ...]) -> tuple[IndexPart, ...]:
        return tuple(
            replace(part, column=self._name(part.column), expr=self._text(part.expr)) for part in parts
        )

    def _name(self, name: str) -> str:
        return self.names.columns.get(self.own, {}).get(name, name)

    def _text(self, text: str) -> str:
        """An expression of the server, in which every name of a column is in backticks."""

        def new(found: re.Match[str]) -> str:
            name = (found[1] or "").replace("``", "`")
            return found[0] if self._name(name) == name else "`" + self._name(name).replace("`", "``") + "`"

        return _NAME.sub(new, text) if self.own in self.names.columns else text
