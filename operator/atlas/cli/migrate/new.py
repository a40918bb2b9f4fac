"""``atlas migrate new``: an empty file with a version of now, and its line in ``atlas.sum``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.cli.directories import DEFAULT_FORMAT, add_directory_flags, opened_to_add
from atlas.cli.project_file import filled
from atlas.errors import AtlasError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.directories import WritableDirectory
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate new add_users", "an empty file, to be written by hand")
    add_directory_flags(parser)
    parser.switch("--edit", text="open the new file in $EDITOR")
    parser.add_argument("name", nargs="?", default="", help="what the file does, for its name")


def run(arguments: Namespace, context: Context) -> int:
    """Create the file; a missing directory is made. The directory must match its sum before."""
    from atlas.engine.directory import (
        MigrationFile,
        compute_sum,
        directory_of,
        generated_version,
        new_file_name,
    )
    from atlas.sources.local import read_directory, write_file, write_sum

    arguments, project = filled(arguments, context)
    source = opened_to_add(arguments, project)
    if source.tool != DEFAULT_FORMAT:
        return _new_of_tool(source, arguments)
    path, directory = source.path, source.written
    file = MigrationFile(new_file_name(generated_version(datetime.now(UTC)), arguments.name), b"")
    if any(present.name == file.name for present in directory.files):
        raise UsageError(f"{path / file.name} exists already: wait a second, or give another name")
    write_file(path, file)
    if arguments.edit:
        _edit(path / file.name, context.environ)
        directory = read_directory(path)
        write_sum(path, compute_sum(directory))
    else:
        try:
            write_sum(path, compute_sum(directory_of((*directory.files, file), directory.sum_text)))
        except AtlasError:
            (path / file.name).unlink()  # without its line it would break the directory
            raise
    return 0


def _new_of_tool(source: WritableDirectory, arguments: Namespace) -> int:
    from atlas.cli.migrate.tool_files import write_tool_files
    from atlas.engine.formats import tool_files
    from atlas.engine.migrate_plan import version_after

    if arguments.edit:
        raise UsageError(
            f"--edit opens files of atlas only: leave it out, and edit what is made for {source.tool}"
        )
    version = version_after(source.directory, datetime.now(UTC), arguments.name)
    write_tool_files(source, tool_files(source.tool, (), version, arguments.name))
    return 0


def _edit(path: Path, environ: Mapping[str, str]) -> None:
    import shlex
    import subprocess

    editor = environ.get("EDITOR") or "vi"
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the person's own editor
    except (OSError, subprocess.CalledProcessError) as error:
        raise UsageError(
            f"editor {editor!r} failed on {path}: {error}; set EDITOR to one that works"
        ) from error
