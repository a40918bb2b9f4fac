"""Rooms of test cases: dev rooms whose statements answer, and which programs can reach where a case runs some."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevRoom
    from atlas.engine.scope import Scope
    from atlas.engine.testing import Programs, ResultSet
    from atlas.wiring.databases import OpenedDev


def run_for_results(database: Database, statement: str) -> Sequence[ResultSet]:
    """Run a person's statement, and give what it answers with.

    Raises:
        StatementFailed: The server refused it.
        ConnectFailed: The connection broke.
    """
    from atlas.drivers import run_for_results as run

    return run(database, statement)


def case_programs(environ: Mapping[str, str]) -> Programs:
    """Programs of this machine, for cases that may run them."""
    from atlas.sources.case_programs import CasePrograms

    return CasePrograms(environ)


@contextmanager
def case_room(
    opened: OpenedDev, scope: Scope, *, said: str, is_shared: bool, is_history: bool
) -> Iterator[DevRoom]:
    """An empty room.

    Args:
        opened: The dev database.
        scope: As the schemas in the room are called.
        said: The texts that will run in it.
        is_shared: Other programs reach it by its URL: of SQLite it is a file then.
        is_history: Files may make users and the like; they are taken back in silence.

    Raises:
        Unsupported, PlanError: As ``DevDatabase.room``.
    """
    if is_shared and opened.dialect == "sqlite":
        with _file_room(opened.database.url) as room:
            yield room
        return
    from atlas.engine.rooms.beside import STILL_THERE
    from atlas.errors import Unsupported

    is_left = False
    try:
        with opened.dev.room(scope, said=said) as room:
            yield room
            is_left = True
    except Unsupported as beside:
        if not (is_left and is_history) or STILL_THERE in str(beside):
            raise


@contextmanager
def _file_room(dev: DatabaseURL) -> Iterator[DevRoom]:
    import tempfile

    from atlas.drivers.sqlite.normalize import room_in_file

    with tempfile.TemporaryDirectory(prefix="atlas_dev_") as folder, room_in_file(dev, folder) as room:
        yield room


def reachable_url(url: DatabaseURL) -> str:
    """The URL of a room as a program needs it, password and all. Never for a text that people see."""
    from atlas.engine.database_url import connection_text

    return connection_text(url)
