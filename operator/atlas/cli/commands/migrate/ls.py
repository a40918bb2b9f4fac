"""``atlas migrate ls``: names of migration files, one a line."""

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
    parser.example("atlas migrate ls --latest --short", "the newest version")
    add_directory_flags(parser)
    parser.switch("--short", text="print versions only")
    parser.switch("--latest", text="print the last file only")


def run(arguments: Namespace, context: Context) -> int:
    """Print the files in the order they run."""
    arguments, project = filled(arguments, context)
    files = opened_directory(arguments, context, project).directory.files
    for file in files[-1:] if arguments.latest else files:
        context.out(file.version if arguments.short else file.name)
    return 0
