"""What ``rebase``, ``rm`` and ``edit`` share: the files that are meant, in a local directory that matches its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags
from atlas.cli.urls.local_directories import local_path
from atlas.cli.urls.memory_urls import SCHEME
from atlas.errors import HistoryError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory, MigrationFile
    from atlas.project import Project


class Chosen(NamedTuple):
    """What a command changes: files of the directory in a folder. ``typed_url`` is the database of ``--url``, '' for none."""

    path: Path
    directory: Directory
    files: tuple[MigrationFile, ...]
    typed_url: str
    revisions_schema: str


def add_changing_flags(parser: Parser) -> None:
    """The directory, and a database that must not have applied what is changed."""
    add_directory_flags(parser)
    parser.flag(
        "-u", "--url", text="refuse files that this database has applied; without it no database is asked"
    )
    parser.flag("--revisions-schema", text="schema of the revisions table of --url")


def add_files_argument(parser: Parser) -> None:
    """Files of a directory."""
    parser.add_argument("files", nargs="*", metavar="name|version", help="the files, by name or version")


def chosen_to_change(arguments: Namespace, context: Context, command: str) -> Chosen:
    """The files of a local directory that are meant; raises as ``chosen``, and what a directory that is changed raises."""
    typed_url = arguments.url  # that of an env is not meant: its files are those of many databases
    arguments, project = filled(arguments, context)
    path, directory = _opened(arguments, project)
    files = chosen(directory, arguments.files, command)
    return Chosen(path, directory, files, typed_url, arguments.revisions_schema)


def _opened(arguments: Namespace, project: Project | None) -> tuple[Path, Directory]:
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


def refuse_applied(meant: Chosen, what: str) -> None:
    """Stop where the database of ``--url`` has one of the files.

    Raises:
        HistoryError: It has.
        TargetError: It cannot be asked.
    """
    if not meant.typed_url:
        return
    from atlas.engine.database_url import parse_database_url
    from atlas.wiring import open_target

    database = open_target(parse_database_url(meant.typed_url))
    try:
        rows = database.revisions(meant.revisions_schema or None).read()
    finally:
        database.session.close()
    applied = {row.version for row in rows}
    for file in meant.files:
        if file.version in applied:
            raise HistoryError(
                f'"{file.name}" was applied to {database.url}: {what}. Write a new file that changes what it did, or take '
                "it back first with 'atlas migrate down'"
            )
