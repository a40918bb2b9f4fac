"""What ``rebase``, ``rm`` and ``edit`` share: the files that are meant, in a local directory that matches its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.directories import add_directory_flags, local_path
from atlas.cli.memory_urls import SCHEME
from atlas.errors import HistoryError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.cli.parser import Parser
    from atlas.engine.directory import Directory, MigrationFile
    from atlas.project import Project


def add_changing_flags(parser: Parser) -> None:
    """The directory, and a database that must not have applied what is changed."""
    add_directory_flags(parser)
    parser.flag(
        "-u", "--url", text="refuse files that this database has applied; without it no database is asked"
    )
    parser.flag("--revisions-schema", text="schema of the revisions table of --url")


def opened_to_change(arguments: Namespace, project: Project | None) -> tuple[Path, Directory]:
    """The folder and its files as they lie there.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``: a change would hide that. Templates need none.
        UsageError: It is not a local one.
        Unsupported: The files are those of another tool.
    """
    from atlas.engine.directory import validate
    from atlas.sources.local import read_directory

    path = local_path(arguments, project)
    directory = read_directory(path)
    if not (arguments.dir or "").startswith(f"{SCHEME}://"):
        validate(directory)
    return path, directory


def chosen(directory: Directory, words: Sequence[str], command: str) -> tuple[MigrationFile, ...]:
    """The files that are meant.

    Raises:
        UsageError: None is, or there is no such file.
    """
    from atlas.engine.directory import chosen_files

    if not words:
        raise UsageError(f"missing the file: expected 'atlas migrate {command} NAME' or its version")
    return chosen_files(directory, words)


def refuse_applied(files: Sequence[MigrationFile], url: str, arguments: Namespace, what: str) -> None:
    """Stop where the database of ``--url`` has one of the files; ``url`` is '' where none was typed.

    Raises:
        HistoryError: It has.
        TargetError: It cannot be asked.
    """
    if not url:
        return
    from atlas.engine.database_url import parse_database_url
    from atlas.wiring import open_target

    database = open_target(parse_database_url(url))
    try:
        rows = database.revisions(arguments.revisions_schema or None).read()
    finally:
        database.session.close()
    applied = {row.version for row in rows}
    for file in files:
        if file.version in applied:
            raise HistoryError(
                f'"{file.name}" was applied to {database.url}: {what}. Write a new file that changes what it did, or take '
                "it back first with 'atlas migrate down'"
            )
