"""What cannot exist without what. Views and triggers depend on every relation that their text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.text.names import folded, names_in
from atlas.schema import Key, Kind, key_of
from atlas.schema.objects import View
from atlas.schema.table import Table
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.schema.objects import SchemaObject


def dependencies(objects: tuple[SchemaObject, ...]) -> frozenset[tuple[Key, Key]]:
    """Pairs ``(dependent, needed)``."""
    relations = {folded(item.name): key_of(item) for item in objects if isinstance(item, Table | View)}
    return frozenset(pair for item in objects for pair in _needs(item, relations) if pair[0] != pair[1])


def _needs(item: SchemaObject, relations: Mapping[str, Key]) -> Iterator[tuple[Key, Key]]:
    if not isinstance(item, Table | View):
        return
    own = key_of(item)
    if isinstance(item, Table):
        for key in item.foreign_keys:
            needed = relations.get(folded(key.ref_table))
            if needed is not None and needed.kind is Kind.TABLE:
                yield own, needed
    else:
        for name in names_in(item.definition) & relations.keys():
            yield own, relations[name]
    for trigger in item.triggers:
        yield child_key(item, trigger), own
        for name in names_in(trigger.definition or trigger.body) & relations.keys():
            yield child_key(item, trigger), relations[name]
