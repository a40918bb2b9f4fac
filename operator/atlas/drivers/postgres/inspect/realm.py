"""A realm of the rows of an inspection. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.dependencies import dependencies
from atlas.drivers.postgres.inspect.relation import relations
from atlas.drivers.postgres.inspect.routine import routines
from atlas.drivers.postgres.inspect.type import types
from atlas.drivers.postgres.inspect.unmodelled import foreign, unmodelled
from atlas.schema import Realm, Schema, key_of
from atlas.schema.objects import Extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.schema.objects import SchemaObject


def objects_of(found: Found) -> tuple[SchemaObject, ...]:
    """All objects, in their order. What depends on what is not looked at."""
    objects = [*types(found), *relations(found), *routines(found), *_extensions(found)]
    return tuple(sorted(objects, key=_place))


def realm_of(found: Found, objects: tuple[SchemaObject, ...]) -> Realm:
    """The realm with the objects that ``objects_of`` made."""
    return Realm(
        dialect="postgres",
        schemas=tuple(sorted(_schemas(found), key=lambda schema: schema.name)),
        objects=objects,
        dependencies=dependencies(found),
        unmodelled=unmodelled(found),
        foreign=foreign(found),
    )


def _place(item: SchemaObject) -> tuple[str, str, str]:
    key = key_of(item)
    return key.schema, key.kind.value, key.name


def _schemas(found: Found) -> Iterator[Schema]:
    for row in found.schemas:
        yield Schema(name=row["name"], comment=row["comment"] or "")


def _extensions(found: Found) -> Iterator[Extension]:
    for row in found.extensions:
        yield Extension(
            name=row["name"], schema=row["schema"], version=row["version"], comment=row["comment"] or ""
        )
