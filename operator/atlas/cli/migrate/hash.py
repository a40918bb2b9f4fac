"""``atlas migrate hash``: write ``atlas.sum`` anew. Silent when it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.directories import add_directory_flags, local_path
from atlas.cli.project_file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate hash --dir file://migrations", "after a file was edited on purpose")
    add_directory_flags(parser)
    parser.switch("--force", text="deprecated: the file is always written")


def run(arguments: Namespace, context: Context) -> int:
    """Recompute the sum of a local directory."""
    from atlas.engine.directory import compute_sum
    from atlas.sources.local import read_directory, write_sum

    arguments, project = filled(arguments, context)
    if arguments.force:
        context.out("Flag --force has been deprecated, you can safely omit it.")
    path = local_path(arguments, project)
    write_sum(path, compute_sum(read_directory(path)))
    return 0
