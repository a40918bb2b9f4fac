"""``atlas migrate hash``: write ``atlas.sum`` anew. Silent when it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import DEFAULT_FORMAT, add_directory_flags, tool_of
from atlas.cli.urls.local_directories import local_folder

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import SumFile


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate hash --dir file://migrations", "after a file was edited on purpose")
    add_directory_flags(parser)
    parser.switch("--force", text="deprecated: the file is always written")


def run(arguments: Namespace, context: Context) -> int:
    """Recompute the sum of a local directory."""
    from atlas.sources.local import write_sum

    arguments, project = filled(arguments, context)
    if arguments.force:
        context.out("Flag --force has been deprecated, you can safely omit it.")
    path = local_folder(arguments, project)
    write_sum(path, _sum(path, tool_of(arguments)))
    return 0


def _sum(path: Path, tool: str) -> SumFile:
    if tool == DEFAULT_FORMAT:
        from atlas.engine.directory import compute_sum
        from atlas.sources.local import read_directory

        return compute_sum(read_directory(path))
    from atlas.engine.formats import sum_of
    from atlas.sources.tool_folders import read_tool_folder

    return sum_of(tool, read_tool_folder(path, tool))
