"""Running texts in a dev room; the server's refusals come back with the place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state.together import first_refusal
from atlas.engine.mask import masker
from atlas.engine.scan import directive, scan
from atlas.engine.scan.quote import quote
from atlas.errors import DesiredStateError, DirectoryError, ParseError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.desired_state.states import SqlScript
    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.ports import Database
    from atlas.engine.scan import Statement

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
        line = line_of(statements[place], script.text)
        raise DesiredStateError(f"{script.name}:{line}: {words}") from refused


def words_of(refused: StatementFailed, database: Database, bound: str) -> str:
    """What the server said, without secrets, and without the passing name of a room."""
    words = masker(database.url.secrets)(refused.text)
    room = database.url.database
    return words.replace(room, bound) if bound and room.startswith(_ROOM_PREFIX) else words


def line_of(statement: Statement, text: str) -> int:
    """The line on which a statement begins."""
    first, newline, _ = text.partition("\n")
    # Positions count from the second line where the first one sets a delimiter.
    skipped = len((first + newline).encode("utf-8", "surrogateescape"))
    is_delimiter = directive(first, "delimiter") is not None
    start = statement.position + (skipped if is_delimiter else 0)
    return 1 + text.encode("utf-8", "surrogateescape").count(b"\n", 0, start)


def replay(directory: Directory, database: Database, *, version: str = "") -> None:
    """Run the files of a directory on an empty database: from its last checkpoint, up to ``version`` ('' for all).

    Raises:
        DesiredStateError: A statement that the server refuses, with its file.
        DirectoryError: There is no such version.
    """
    for file in files_to_replay(directory, version):
        for statement in file.statements(database.dialect.scan_options):
            try:
                database.session.execute(statement.text)
            except StatementFailed as refused:
                raise _replaying(file, statement, refused, database) from refused


def files_to_replay(directory: Directory, version: str = "") -> Sequence[MigrationFile]:
    """What a new database runs to get to ``version`` ('' for the last): a checkpoint stands for all before it."""
    if version and directory.file_of_version(version) is None:
        raise DirectoryError(
            f"migration with version {quote(version)} not found: expected one of the directory's versions"
        )
    files = [file for file in directory.files if not version or file.version <= version]
    starts = [number for number, file in enumerate(files) if file.is_checkpoint]
    start = starts[-1] if starts else 0
    return [file for file in files[start:] if not file.is_checkpoint or file is files[start]]


def _replaying(
    file: MigrationFile, statement: Statement, refused: StatementFailed, database: Database
) -> DesiredStateError:
    mask = masker(database.url.secrets)
    return DesiredStateError(
        f"{file.name}:{line_of(statement, file.text)}: sql/migrate: executing statement "
        f"{quote(mask(statement.text))} from version {quote(file.version)}: {mask(refused.text)}"
    )
