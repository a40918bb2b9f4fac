"""States that are put together: each part is made in one room, in order, its bare names meaning its schema."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.desired_state.states import CompositeState, DesiredState
    from atlas.engine.schema_ports import DevRoom
    from atlas.engine.scope import Scope
    from atlas.schema import Realm


def parts_in_turn(
    state: CompositeState, room: DevRoom, scope: Scope
) -> Iterator[tuple[DesiredState, Scope, Realm]]:
    """Each part with the scope of its schema and the realm that it begins from: schemas without what others made.

    The room is in the schema of a part when the part is given.

    Raises:
        DesiredStateError: A part of another schema than the bound one, or one without a name behind others.
    """
    entered = ""
    for part in state.parts:
        name = part.schema or scope.bound
        if scope.bound and name != scope.bound:
            raise DesiredStateError(
                f'schema "{name}" of a composite schema is not the "{scope.bound}" that the URLs are bound to: give it '
                "that name, or give URLs that name no schema"
            )
        if entered and not name:
            raise DesiredStateError(
                "a part of a composite schema without a name comes before those that have one: name its schema"
            )
        if name and not scope.bound and name != entered:
            room.enter(name)
            entered = name
        yield part.state, replace(scope, bound=name), _blank(room.inspect(), name)


def _blank(realm: Realm, name: str) -> Realm:
    """The schemas alone; with a name only that one: a plan that begins here drops nothing."""
    schemas = tuple(schema for schema in realm.schemas if name in ("", schema.name))
    return replace(
        realm, schemas=schemas, objects=(), dependencies=frozenset(), excluded=frozenset(), unmodelled=()
    )
