"""``atlas migrate show``: print a migration file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, opened_directory

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    from atlas.cli.commands.migrate.changing import add_files_argument

    parser.example(
        "atlas migrate show 20240101000000 --dir atlas://app", "a file of a directory in the registry"
    )
    add_directory_flags(parser)
    add_files_argument(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the files as they are, in the order in which they run."""
    from atlas.cli.commands.migrate.changing import chosen

    arguments, project = filled(arguments, context)
    directory = opened_directory(arguments, context, project).directory
    for file in chosen(directory, arguments.files, "show"):
        context.out(file.text, end="")
    return 0
