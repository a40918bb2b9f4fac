"""A desired state to the realm that a server reads of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from atlas.engine.desired_state.hcl import run_hcl, run_realm
from atlas.engine.desired_state.renames import read_renames
from atlas.engine.desired_state.scripts import replay, run_script
from atlas.engine.desired_state.states import (
    DirectoryState,
    HclState,
    Normalized,
    RealmState,
    SqlState,
)
from atlas.engine.replay import files_to_replay
from atlas.engine.restrict import restrict
from atlas.errors import UsageError

if TYPE_CHECKING:
    from atlas.engine.desired_state.states import DesiredState
    from atlas.engine.hcl_schema import HclSchema
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Realm, Schema

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
    with dev.room(scope, said="" if is_history else text_of(state)) as room:
        read = fill(state, room, driver=driver, scope=scope, dialect=dialect)
        realm = room.inspect()
    if read is not None:
        realm = _with_settings(realm, read.realm.schemas)
        return Normalized(restrict(realm, scope), read.renames, read.warnings)
    renames = read_renames(state.scripts, realm, bound=scope.bound) if isinstance(state, SqlState) else ()
    return Normalized(restrict(realm, scope), renames)


def fill(
    state: DesiredState, room: DevRoom, *, driver: SchemaDriver, scope: Scope, dialect: str
) -> HclSchema | None:
    """Make a state in an empty room; returns a state in HCL as it was written.

    Raises:
        DesiredStateError: ``file:line: `` and the server's words for a statement that it refuses.
        Unsupported: The state holds what this version does not serve.
    """
    match state:
        case SqlState():
            for script in state.scripts:
                run_script(script, room.database, bound=scope.bound)
        case HclState():
            return run_hcl(state, room, driver=driver, scope=scope, dialect=dialect)
        case DirectoryState():
            replay(state.directory, room.database, version=state.version)
        case RealmState():
            run_realm(state, room, driver=driver, scope=scope)
        case _:
            assert_never(state)
    return None


def text_of(state: DesiredState) -> str:
    """What may make things beside a room; HCL has no words for them."""
    match state:
        case SqlState():
            return ";\n".join(script.text for script in state.scripts)
        case DirectoryState():
            return ";\n".join(file.text for file in files_to_replay(state.directory, state.version))
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
