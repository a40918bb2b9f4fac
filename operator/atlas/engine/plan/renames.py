"""Changes that look like renames. They are put to a person as a question, never taken for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema import Add, Drop
from atlas.schema.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.schema import Change, Key


def likely_renames(changes: Sequence[Change]) -> tuple[tuple[Key, Key], ...]:
    """Pairs ``(current, desired)``: the one column of a table that goes and the one that comes, of the same type.

    Likewise for tables of a schema: the one that goes and the one that comes, with the same columns.
    """
    return (*_tables(changes), *_columns(changes))


def _columns(changes: Iterable[Change]) -> Iterable[tuple[Key, Key]]:
    gone: dict[tuple[str, str], list[Drop]] = {}
    come: dict[tuple[str, str], list[Add]] = {}
    for change in changes:
        place = (change.key.schema, change.key.relation)
        if isinstance(change, Drop) and isinstance(change.current, Column):
            gone.setdefault(place, []).append(change)
        elif isinstance(change, Add) and isinstance(change.desired, Column):
            come.setdefault(place, []).append(change)
    for place, drops in gone.items():
        adds = come.get(place, [])
        if len(drops) == 1 and len(adds) == 1 and _type(drops[0].current) == _type(adds[0].desired):
            yield drops[0].key, adds[0].key


def _tables(changes: Iterable[Change]) -> Iterable[tuple[Key, Key]]:
    gone: dict[str, list[Drop]] = {}
    come: dict[str, list[Add]] = {}
    for change in changes:
        if isinstance(change, Drop) and isinstance(change.current, Table):
            gone.setdefault(change.key.schema, []).append(change)
        elif isinstance(change, Add) and isinstance(change.desired, Table):
            come.setdefault(change.key.schema, []).append(change)
    for schema, drops in gone.items():
        adds = come.get(schema, [])
        if len(drops) == 1 and len(adds) == 1 and _shape(drops[0].current) == _shape(adds[0].desired):
            yield drops[0].key, adds[0].key


def _type(item: object) -> str:
    return item.type if isinstance(item, Column) else ""


def _shape(item: object) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.type) for column in item.columns) if isinstance(item, Table) else ()
