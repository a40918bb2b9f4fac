"""A dev database as its own room: it has to be clean, and is as it was when the room is left."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.postgres.catalog import catalog_sql
from atlas.drivers.postgres.dirt import dirt
from atlas.drivers.postgres.inspect.rows import catalog_view
from atlas.drivers.postgres.lock import lock_key
from atlas.drivers.postgres.normalize.neighbours import refuse_to_leave
from atlas.drivers.postgres.normalize.scratch import room_url
from atlas.errors import DevInUse, PlanError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.postgres.session import PostgresSession

LOCK_TIMEOUT_S = 60
_LOCK_KEY = lock_key("atlas_dev_room")
_PUBLIC = "public"


class Thing(NamedTuple):
    """An object as ``pg_identify_object`` names it; ``schema`` is '' for what is in none."""

    catalog: str
    oid: str
    type: str
    schema: str
    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: objects, and schemas with their comments."""

    things: frozenset[Thing]
    schemas: dict[str, str | None]


@contextmanager
def in_place(dev: PostgresDatabase, bound: str, reason: str, *, said: str = "") -> Iterator[PostgresDatabase]:
    """The dev database by a connection of its own; bare names mean ``bound``, which is made where it is missing.

    Args:
        dev: Its session looks and cleans; what a person's statements do to a session stays in the other.
        bound: The schema that has to be empty; with '' the whole database.
        reason: Why no scratch database was made, for the error.
        said: The texts that will run in it.

    Raises:
        PolicyRefused: ``said`` changes a schema of somebody else; nothing was run.
        PlanError: It is not clean; or could not be cleaned afterwards.
        DevInUse: Another room in it was not left in time.
    """
    from atlas.drivers.postgres import open_database

    session = dev.session
    _lock(session)
    try:
        before = _contents(session)
        _refuse_unclean(session, bound, before, reason)
        extensions = {thing.name for thing in before.things if thing.type == "extension"}
        others = before.schemas.keys() - {bound} if bound else frozenset()
        refuse_to_leave(said, schemas=others, extensions=extensions)
        try:
            if bound and bound not in before.schemas:
                session.run(f"CREATE SCHEMA {session.identifier(bound)}")
            room = open_database(room_url(dev.url, bound))
            try:
                yield room
            finally:
                room.session.close()
        finally:
            _empty(session, before, bound)
    finally:
        session.query(f"SELECT pg_catalog.pg_advisory_unlock({_LOCK_KEY})")


def _lock(session: PostgresSession) -> None:
    timeout = f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S}s'"
    try:
        session.run(f"{timeout}; SELECT pg_catalog.pg_advisory_lock({_LOCK_KEY})")
    except StatementFailed as error:
        raise DevInUse(
            f"the dev database is in use by another run, which did not end within {LOCK_TIMEOUT_S} s; "
            "give each its own, or a role that may create databases"
        ) from error


def _contents(session: PostgresSession) -> Contents:
    with catalog_view(session):
        things = session.query(catalog_sql(session, "room_contents")) or []
        schemas = session.query(catalog_sql(session, "room_schemas")) or []
    return Contents(
        frozenset(Thing(*(value or "" for value in row)) for row in things),
        {name or "": comment for name, comment in schemas},
    )


def _refuse_unclean(session: PostgresSession, bound: str, contents: Contents, reason: str) -> None:
    found = dirt(session, bound, "" if bound else _PUBLIC)
    if found is None:
        found = next((_named(thing) for thing in sorted(contents.things) if _is_dirt(thing, bound)), None)
    if found is not None:
        raise PlanError(
            f"sql/migrate: connected database is not clean: {found}; expected an empty dev database, or a role "
            f"that may create one beside it ({reason})"
        )


def _is_dirt(thing: Thing, bound: str) -> bool:
    """Extensions may be there: making one can need a right that the role of a dev database lacks."""
    if bound:
        return thing.schema == bound
    return thing.type != "extension" and (thing.type, thing.name) != ("schema", _PUBLIC)


def _named(thing: Thing) -> str:
    if not thing.name:  # a function has none without its arguments
        return f"found {thing.type} {thing.identity}"
    return f'found {thing.type} "{thing.name}"' + (f' in schema "{thing.schema}"' if thing.schema else "")


def _empty(session: PostgresSession, before: Contents, bound: str) -> None:
    """Drop what is there and was not before, and bring back schemas that are gone.

    A schema that was there and is not ours is used by others, who make things too: what is new in it stays, and is told.
    """
    others = before.schemas.keys() - {bound} if bound else frozenset()
    new = _contents(session).things - before.things
    refusals = [
        refusal
        for thing in sorted(new, key=_turn)
        if thing.schema not in others and (refusal := _drop(session, thing))
    ]
    after = _contents(session)
    for schema, comment in before.schemas.items():
        if schema not in after.schemas:
            session.run(f"CREATE SCHEMA {session.identifier(schema)}")
        if comment != after.schemas.get(schema):
            text = "NULL" if comment is None else session.literal(comment)
            session.run(f"COMMENT ON SCHEMA {session.identifier(schema)} IS {text}")
    left = after.things - before.things
    if left:
        raise PlanError(
            f"the dev database could not be emptied: {_named(min(left))} is still there"
            f"{''.join(f' ({refusal})' for refusal in refusals[:1])}; drop it if it came from the desired state, or give "
            "another dev database"
        )


def _drop(session: PostgresSession, thing: Thing) -> str:
    """Drop it with all that needs it, unless it went already; the server's words when it refuses."""
    try:
        session.run(f"DROP {_word(thing.type)} IF EXISTS {thing.identity} CASCADE")
    except StatementFailed as refused:
        return refused.text
    return ""


def _turn(thing: Thing) -> tuple[int, Thing]:
    """Event triggers first, which fire on the other drops; then tables, then schemas with all that is in them.

    NB: a schema does not go with an extension in it that an index has an operator class with options of: the server
    looks for the options of what is gone already (22023, PostgreSQL 15).
    """
    return {"event trigger": 0, "table": 1, "materialized view": 1, "schema": 2}.get(thing.type, 3), thing


def _word(type_name: str) -> str:
    words = {
        "composite type": "TYPE",
        "foreign-data wrapper": "FOREIGN DATA WRAPPER",
        "statistics object": "STATISTICS",
    }
    return words.get(type_name, type_name.upper())
