"""Running texts in a dev room; the server's refusals come back with the place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state.together import first_refusal
from atlas.engine.mask import masker
from atlas.engine.rooms.replay import files_to_replay, run_statement, statements_of
from atlas.engine.scan import line_at, scan
from atlas.errors import DesiredStateError, ParseError

if TYPE_CHECKING:
    from atlas.engine.desired_state.states import SqlScript
    from atlas.engine.directory import Directory
    from atlas.engine.ports import Database
    from atlas.errors import StatementFailed

_ROOM_PREFIX = "atlas_dev_"


def run_script(script: SqlScript, database: Database, *, bound: str = "") -> None:
    """Run a script up to the first statement that is refused; messages call the database of a room ``bound``.

    Raises:
        DesiredStateError: ``name:line: `` and the server's words.
        ParseError: ``name:line:column: …``: the text cannot be cut into statements.
    """
    try:
        statements = scan(script.text, database.dialect.scan_options)
    except ParseError as error:
        raise ParseError(f"{script.name}:{error}") from error
    refusal = first_refusal([statement.text for statement in statements], database.session)
    if refusal is not None:
        place, refused = refusal
        words = words_of(refused, database, bound)
        line = line_at(script.text, statements[place].position)
        raise DesiredStateError(f"{script.name}:{line}: {words}") from refused


def words_of(refused: StatementFailed, database: Database, bound: str) -> str:
    """What the server said, without secrets, and without the passing name of a room."""
    words = masker(database.url.secrets)(refused.text)
    room = database.url.database
    return words.replace(room, bound) if bound and room.startswith(_ROOM_PREFIX) else words


def replay(directory: Directory, database: Database, *, version: str = "") -> None:
    """Run the files of a directory on an empty database: from its last checkpoint, up to ``version`` ('' for all).

    Raises:
        DesiredStateError: A statement that the server refuses, with its file and line.
        DirectoryError: There is no such version.
        ParseError: A file that cannot be cut into statements.
    """
    for file in files_to_replay(directory, version):
        for statement in statements_of(file, database):
            try:
                run_statement(file, statement, database)
            except DesiredStateError as refused:
                line = line_at(file.text, statement.position)
                raise DesiredStateError(f"{file.name}:{line}: sql/migrate: {refused}") from refused
