"""Running the files of a directory in a dev room, file by file or statement by statement.

Statements commit by themselves there: what a file says of transactions is about a database with rows and other
users, and a room has neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.mask import masker
from atlas.engine.scan.quote import quote
from atlas.engine.sensitive import mask_of
from atlas.errors import DesiredStateError, DirectoryError, ParseError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.ports import Database
    from atlas.engine.scan import Statement

_ONLY_INSIDE = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:LOCK\s|DECLARE\s)", re.IGNORECASE | re.DOTALL)
"""What PostgreSQL refuses outside of a transaction, and what says nothing about a schema."""


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


def text_of_files(files: Iterable[MigrationFile]) -> str:
    """What files say, for a room that has to know it beforehand."""
    return ";\n".join(file.text for file in files)


def replay_files(files: Sequence[MigrationFile], database: Database) -> None:
    """Run files, in the order given.

    Raises:
        DesiredStateError: The first statement that the server refuses, with its version.
        ParseError: A file that cannot be cut into statements.
    """
    for file in files:
        replay_file(file, database)


def replay_file(file: MigrationFile, database: Database) -> None:
    """Run one file; raises as ``replay_files``."""
    for statement in statements_of(file, database):
        run_statement(file, statement, database)


def statements_of(file: MigrationFile, database: Database) -> tuple[Statement, ...]:
    """The statements of a file.

    Raises:
        ParseError: With the name of the file.
    """
    options = database.dialect.scan_options
    try:
        file.checks(options)  # wrong ones are told where files are looked at, not only where they run
        return file.statements(options)
    except ParseError as error:
        raise _named(error, file) from error


def ask_checks(file: MigrationFile, database: Database) -> None:
    """Put the checks of a file to a room that is as the files before it have made it; the answers do not matter.

    Raises:
        DesiredStateError: The first one that the server refuses.
    """
    for checks in file.checks(database.dialect.scan_options):
        for statement in checks.statements:
            try:
                database.ask(statement.text)
            except StatementFailed as refused:
                mask = mask_of(file, (statement,), masker(database.url.secrets), database.dialect.name)
                raise DesiredStateError(
                    f"{checks.name} of file {quote(file.name)}: the check {quote(mask(statement.text))} cannot be asked: "
                    f"{mask(refused.text)}"
                ) from refused


def down_statements_of(file: MigrationFile, database: Database) -> tuple[Statement, ...] | None:
    """The statements that take a file back, None where it has none; raises as ``statements_of``."""
    try:
        return file.down_statements(database.dialect.scan_options)
    except ParseError as error:
        raise _named(error, file) from error


def _named(error: ParseError, file: MigrationFile) -> ParseError:
    return ParseError(f"sql/migrate: scanning statements from {quote(file.name)}: {error}")


def run_statement(file: MigrationFile, statement: Statement, database: Database) -> None:
    """Run one statement; raises as ``replay_files``."""
    if database.dialect.name == "postgres" and _ONLY_INSIDE.match(statement.text):
        return
    try:
        database.session.execute(statement.text.removeprefix("\ufeff"))
    except StatementFailed as refused:
        mask = mask_of(file, (statement,), masker(database.url.secrets), database.dialect.name)
        raise DesiredStateError(
            f"executing statement {quote(mask(statement.text))} from version {quote(file.version)}: {mask(refused.text)}"
        ) from refused
