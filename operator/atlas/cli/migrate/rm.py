"""``atlas migrate rm``: take files out of a directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.migrate.changing import add_changing_flags, chosen, opened_to_change, refuse_applied
from atlas.cli.project_file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate rm 20240101000000", "a file that is not wanted any more, and its line in atlas.sum"
    )
    add_changing_flags(parser)
    parser.add_argument("files", nargs="*", metavar="name|version", help="the files, by name or version")


def run(arguments: Namespace, context: Context) -> int:
    """Delete the files and write ``atlas.sum``, both or neither. Silent when it worked."""
    from atlas.engine.directory import without_files
    from atlas.sources.local import change_files

    url = arguments.url
    arguments, project = filled(arguments, context)
    path, directory = opened_to_change(arguments, project)
    files = chosen(directory, arguments.files, "rm")
    refuse_applied(files, url, arguments, "nothing could tell any more what it did")
    change_files(path, without_files(directory, files))
    return 0
