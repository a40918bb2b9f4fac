"""What cannot exist without what, as far as the server tells it: bodies of routines are only texts to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.schema import Key, Kind
from atlas.schema.objects import Routine, Sequence, View
from atlas.schema.table import Table
from atlas.schema.walk import child_key, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.schema.objects import SchemaObject

_QUALIFIED = re.compile(r"'(?:[^'\\]|''|\\.)*'|`((?:[^`]|``)+)`\.`((?:[^`]|``)+)`", re.DOTALL)


def dependencies(objects: Iterable[SchemaObject]) -> frozenset[tuple[Key, Key]]:
    """Pairs ``(dependent, needed)``."""
    items = tuple(objects)
    named = {
        (item.schema, item.name): key_of(item)
        for item in items
        if isinstance(item, Table | View | Sequence | Routine)
    }
    found: set[tuple[Key, Key]] = set()
    for item in items:
        if isinstance(item, View):
            found.update(
                (key_of(item), needed)
                for needed in named_in(item.definition, named)
                if needed != key_of(item)
            )
        elif isinstance(item, Table):
            found.update(_of_table(item, named))
    return frozenset(found)


def named_in(text: str, named: Mapping[tuple[str, str], Key]) -> set[Key]:
    """The objects whose qualified names stand in a text of the server, not within strings.

    An alias that is called like a schema may look like one; a pair too many delays an object, and no more.
    """
    return {
        named[pair]
        for found in _QUALIFIED.finditer(text)
        if found[1] and (pair := (found[1].replace("``", "`"), found[2].replace("``", "`"))) in named
    }


def _of_table(table: Table, named: Mapping[tuple[str, str], Key]) -> Iterator[tuple[Key, Key]]:
    own = key_of(table)
    columns = {column.name: child_key(table, column) for column in table.columns}
    for column in table.columns:
        if column.default and "`" in column.default:
            for needed in named_in(column.default, named):
                yield own, needed
                yield columns[column.name], needed
    primary = () if table.primary_key is None else (table.primary_key,)
    for index in (*primary, *table.indexes):
        key = child_key(table, index)
        yield from ((key, columns[part.column]) for part in index.parts if part.column in columns)
    for foreign in table.foreign_keys:
        key = child_key(table, foreign)
        yield key, Key(Kind.TABLE, foreign.ref_schema, "", foreign.ref_table)
        yield from ((key, columns[name]) for name in foreign.columns if name in columns)
