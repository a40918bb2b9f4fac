"""A state in HCL, made in a dev room by the statements that a driver plans for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.desired_state.scripts import words_of
from atlas.engine.desired_state.together import first_refusal
from atlas.engine.hcl_schema import read_schema
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.restrict import restrict
from atlas.engine.rooms.rebind import rebound
from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.desired_state.states import HclState, RealmState
    from atlas.engine.hcl_schema import HclSchema
    from atlas.engine.plan import PlannedStatement
    from atlas.engine.schema_ports import DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.errors import StatementFailed
    from atlas.schema import Realm


def run_hcl(
    state: HclState,
    room: DevRoom,
    *,
    driver: SchemaDriver,
    scope: Scope,
    dialect: str,
    blank: Realm | None = None,
) -> HclSchema:
    """Make a state in an empty room; returns it as it was written.

    ``blank`` are the schemas of a room that is not empty, for a part of a composite state.

    Raises:
        ParseError: A file that does not parse, or says what has no meaning.
        DesiredStateError: The server refuses an object; its block is named with file and line.
    """
    read = read_schema(
        state.files,
        dialect=dialect,
        types=driver.types,
        variables=state.variables,
        bound="" if state.is_pushed else scope.bound,
    )
    if state.is_pushed and scope.bound and len(read.realm.schemas) == 1:
        read = replace(read, realm=rebound(read.realm, read.realm.schemas[0].name, scope.bound))
    empty = blank or room.inspect()
    desired = _bound(read.realm, empty, scope.bound) if scope.bound else read.realm
    refused = _refusal(with_schemas(desired, blank), empty, room, driver, scope.bound)
    if refused is not None:
        statement, words, cause = refused
        raise DesiredStateError(f"{_place(statement, state.files)}: {statement.comment}: {words}") from cause
    return read


def run_realm(
    state: RealmState, room: DevRoom, *, driver: SchemaDriver, scope: Scope, blank: Realm | None = None
) -> None:
    """Make in an empty room what was read of another database; ``blank`` as in ``run_hcl``.

    Raises:
        DesiredStateError: The server refuses an object, with the statement's comment.
    """
    desired = with_schemas(restrict(state.realm, scope), blank)
    refused = _refusal(desired, blank or room.inspect(), room, driver, scope.bound)
    if refused is not None:
        statement, words, cause = refused
        raise DesiredStateError(f"{statement.comment}: {words}") from cause


def with_schemas(realm: Realm, blank: Realm | None) -> Realm:
    """``realm`` with the schemas of ``blank`` that it does not name, so that a plan drops none."""
    named = {schema.name for schema in realm.schemas}
    others = [schema for schema in (blank.schemas if blank else ()) if schema.name not in named]
    return replace(realm, schemas=tuple(sorted((*realm.schemas, *others), key=lambda schema: schema.name)))


def _refusal(
    desired: Realm, empty: Realm, room: DevRoom, driver: SchemaDriver, bound: str
) -> tuple[PlannedStatement, str, StatementFailed] | None:
    """Run the plan between two realms: the statement that the server refuses, its words, and its error."""
    plan = make_plan(driver, empty, desired, PlanOptions(bound=bound))
    refusal = first_refusal([statement.text() for statement in plan.statements], room.database.session)
    if refusal is None:
        return None
    return plan.statements[refusal[0]], words_of(refusal[1], room.database, bound), refusal[1]


def _bound(realm: Realm, empty: Realm, bound: str) -> Realm:
    """``realm`` as one of a single schema, which is there whether a block says so or not."""
    names = [schema.name for schema in realm.schemas]
    if len(names) > 1:
        raise DesiredStateError(
            f'cannot use HCL with more than 1 schema when dev-url is limited to schema "{bound}": found '
            f"{', '.join(names)}; give URLs that name no schema, or keep one schema in the files"
        )
    if names and names[0] != bound:
        raise DesiredStateError(
            f'mismatched HCL and database schemas: "{bound}" <> "{names[0]}": name the schema of the files as that of '
            "the URL, or give URLs that name no schema"
        )
    return realm if names else replace(realm, schemas=empty.schemas)


def _place(statement: PlannedStatement, files: Sequence[tuple[str, str]]) -> str:
    """Where the block of the first changed object begins, as well as a text search can tell; else the files."""
    for change in statement.changes:
        key = change.key
        kinds, name = (
            (r"table|view|materialized", key.relation) if key.relation else (key.kind.value, key.name)
        )
        block = re.compile(rf'^[ \t]*(?:{kinds})[ \t]+(?:"[^"\n]*"[ \t]+)?"{re.escape(name)}"', re.MULTILINE)
        for file_name, text in files:
            found = block.search(text)
            if found:
                return f"{file_name}:{1 + text.count(chr(10), 0, found.start())}"
    return ", ".join(name for name, _ in files)
