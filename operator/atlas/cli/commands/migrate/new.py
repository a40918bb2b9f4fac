"""``atlas migrate new``: an empty file with a version of now, and its line in ``atlas.sum``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import DEFAULT_FORMAT, add_directory_flags
from atlas.cli.urls.local_directories import opened_to_add
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.local_directories import WritableDirectory
    from atlas.engine.directory import Directory


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate new add_users", "an empty file, to be written by hand")
    add_directory_flags(parser)
    parser.switch("--edit", text="open the new file in $EDITOR")
    parser.add_argument("name", nargs="?", default="", help="what the file does, for its name")


def run(arguments: Namespace, context: Context) -> int:
    """Create the file; a missing directory is made. The directory must match its sum before."""
    from atlas.cli.commands.migrate.new_file import refuse_present, write_new_file
    from atlas.cli.terminal.editor import edited
    from atlas.engine.directory import MigrationFile, new_file_name

    arguments, project = filled(arguments, context)
    source = opened_to_add(arguments, project)
    if source.tool != DEFAULT_FORMAT:
        return _new_of_tool(source, arguments)
    path, directory = source.path, source.written
    file = MigrationFile(new_file_name(_version(source.directory, arguments.name), arguments.name), b"")
    refuse_present(path, directory, file)
    if arguments.edit:
        file = edited(file, context.environ.get("EDITOR") or "vi")
    write_new_file(path, directory, file)
    return 0


def _version(directory: Directory, name: str) -> str:
    """That of now; the next number where files are numbered, and one of now would not be the last."""
    from atlas.engine.directory import generated_version
    from atlas.engine.migrate_plan import version_after
    from atlas.errors import DirectoryError

    now = datetime.now(UTC)
    try:
        return version_after(directory, now, name)
    except DirectoryError:  # as the Go tools name it; a run says that it is out of order
        return generated_version(now)


def _new_of_tool(source: WritableDirectory, arguments: Namespace) -> int:
    from atlas.cli.commands.migrate.tool_files import write_tool_files
    from atlas.engine.formats import tool_files
    from atlas.engine.migrate_plan import version_after

    if arguments.edit:
        raise UsageError(
            f"--edit opens files of atlas only: leave it out, and edit what is made for {source.tool}"
        )
    version = version_after(source.directory, datetime.now(UTC), arguments.name)
    write_tool_files(source, tool_files(source.tool, (), version, arguments.name))
    return 0
