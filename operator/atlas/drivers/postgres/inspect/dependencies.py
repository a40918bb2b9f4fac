"""What cannot exist without what, as the server keeps it in ``pg_depend``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.keys import keys_of
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found

_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED)


def dependencies(found: Found) -> frozenset[tuple[Key, Key]]:
    """Pairs ``(dependent, needed)``.

    A pair with a column has a pair with its table beside it. A child needs its own relation and its schema, which
    its key says, and no pair does. A sequence needs the column that owns it, and the column's default needs the sequence.
    """
    return frozenset(_pairs(found))


def _pairs(found: Found) -> Iterator[tuple[Key, Key]]:
    keys = keys_of(found)
    for row in found.depend:
        dependent, needed = keys.get(row["dependent"]), keys.get(row["needed"])
        if dependent is None or needed is None or dependent == needed or _is_own(dependent, needed):
            continue
        yield dependent, needed
        relation = needed.parent
        if relation is not None and relation != dependent and not _is_own(dependent, relation):
            yield dependent, relation
    schemas = {row["name"]: Key(Kind.SCHEMA, "", "", row["name"]) for row in found.schemas}
    for key in set(keys.values()):
        if key.schema and not key.kind.is_child:
            yield key, schemas[key.schema]
    for row in found.extensions:
        if row["schema"] in schemas:
            yield Key(Kind.EXTENSION, "", "", row["name"]), schemas[row["schema"]]


def _is_own(dependent: Key, needed: Key) -> bool:
    """``needed`` is the relation of a child, or its schema."""
    if not dependent.kind.is_child:
        return False
    if needed.kind is Kind.SCHEMA:
        return needed.name == dependent.schema
    return needed.kind in _RELATIONS and (needed.schema, needed.name) == (
        dependent.schema,
        dependent.relation,
    )
