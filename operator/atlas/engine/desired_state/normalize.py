"""A desired state to the realm that a server reads of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from atlas.engine.desired_state.composite import parts_in_turn
from atlas.engine.desired_state.hcl import run_hcl, run_realm
from atlas.engine.desired_state.renames import read_renames
from atlas.engine.desired_state.scripts import replay, run_script
from atlas.engine.desired_state.states import (
    CompositeState,
    DirectoryState,
    HclState,
    Normalized,
    RealmState,
    SqlState,
)
from atlas.engine.restrict import restrict
from atlas.engine.rooms.replay import files_to_replay, text_of_files
from atlas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.desired_state.states import DesiredState
    from atlas.engine.hcl_schema import HclSchema
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Key, Realm, Schema

NO_DEV_DATABASE = (
    "--dev-url cannot be empty. Expected the URL of an empty database of the same kind and version, in which the "
    "desired state is tried out"
)


def normalize(
    state: DesiredState,
    *,
    driver: SchemaDriver,
    dev: DevDatabase | None,
    scope: Scope,
    dialect: str,
    is_history: bool = False,
) -> Normalized:
    """Run a state in a room of the dev database, and read it back within ``scope``.

    ``dev`` is needed for every form but ``RealmState``. With ``is_history`` the state is what files have made already,
    users of the server among it; else those are refused.

    Raises:
        DesiredStateError: ``file:line: `` and the server's words for a statement that it refuses.
        Unsupported: The state holds what this version does not serve.
        UsageError: There is no dev database.
    """
    if isinstance(state, RealmState):
        return Normalized(restrict(state.realm, scope))
    if dev is None:
        raise UsageError(NO_DEV_DATABASE)
    text = text_of(state)
    with dev.room(scope, replayed=text) if is_history else dev.room(scope, said=text) as room:
        read = fill(state, room, driver=driver, scope=scope, dialect=dialect)
        realm = room.inspect()
    renames = tuple(_renames(state, realm, scope.bound))
    if read is None:
        return Normalized(restrict(realm, scope), renames)
    realm = _with_settings(realm, read.realm.schemas)
    return Normalized(restrict(realm, scope), (*read.renames, *renames), read.warnings)


def fill(
    state: DesiredState,
    room: DevRoom,
    *,
    driver: SchemaDriver,
    scope: Scope,
    dialect: str,
    blank: Realm | None = None,
) -> HclSchema | None:
    """Make a state in an empty room; returns what is in HCL as it was written, None where nothing is.

    ``blank`` are the schemas of a room that is not empty, for a part of a composite state.

    Raises:
        DesiredStateError: ``file:line: `` and the server's words for a statement that it refuses.
        Unsupported: The state holds what this version does not serve.
    """
    match state:
        case SqlState():
            for script in state.scripts:
                run_script(script, room.database, bound=scope.bound)
        case HclState():
            return run_hcl(state, room, driver=driver, scope=scope, dialect=dialect, blank=blank)
        case DirectoryState():
            replay(state.directory, room.database, version=state.version)
        case RealmState():
            run_realm(state, room, driver=driver, scope=scope, blank=blank)
        case CompositeState():
            found = [
                fill(part, room, driver=driver, scope=own, dialect=dialect, blank=schemas)
                for part, own, schemas in parts_in_turn(state, room, scope)
            ]
            return _together([read for read in found if read is not None])
        case _:
            assert_never(state)
    return None


def _together(found: Sequence[HclSchema]) -> HclSchema | None:
    if not found:
        return None
    return replace(
        found[0],
        realm=replace(
            found[0].realm, schemas=tuple(schema for read in found for schema in read.realm.schemas)
        ),
        renames=tuple(pair for read in found for pair in read.renames),
        warnings=tuple(warning for read in found for warning in read.warnings),
    )


def _renames(state: DesiredState, realm: Realm, bound: str) -> Iterator[tuple[Key, Key]]:
    """Those that SQL asks for."""
    match state:
        case SqlState():
            yield from read_renames(state.scripts, realm, bound=bound)
        case CompositeState():
            for part in state.parts:
                yield from _renames(part.state, realm, part.schema or bound)
        case _:
            pass


def text_of(state: DesiredState) -> str:
    """What may make things beside a room; HCL has no words for them."""
    match state:
        case SqlState():
            return ";\n".join(script.text for script in state.scripts)
        case DirectoryState():
            return text_of_files(files_to_replay(state.directory, state.version))
        case CompositeState():
            return ";\n".join(text_of(part.state) for part in state.parts)
        case _:
            return ""


def _with_settings(realm: Realm, said: tuple[Schema, ...]) -> Realm:
    """``realm`` with the charsets that HCL gives to schemas: a room of one schema keeps those of its own to itself."""
    named = {schema.name: schema for schema in said if schema.charset or schema.collation}
    schemas = tuple(
        replace(schema, charset=named[schema.name].charset, collation=named[schema.name].collation)
        if schema.name in named and not schema.charset
        else schema
        for schema in realm.schemas
    )
    return replace(realm, schemas=schemas)
