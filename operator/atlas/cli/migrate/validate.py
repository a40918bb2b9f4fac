"""``atlas migrate validate``: does the directory match its ``atlas.sum``? Silent when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.directories import add_directory_flags, opened_directory
from atlas.cli.project_file import filled
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    add_directory_flags(parser)
    parser.flag("--dev-url", text="replay the directory on this dev database")


def run(arguments: Namespace, context: Context) -> int:
    """Check sums and that every file can be cut into statements.

    Raises:
        ChecksumMismatch: With the first line that differs.
        Unsupported: ``--dev-url`` was typed; replaying needs the declarative engine.
    """
    typed_dev_url = bool(arguments.dev_url)
    arguments, project = filled(arguments, context)
    if typed_dev_url:
        raise Unsupported(
            "replaying a directory on --dev-url is not supported by this version: leave the flag out to check "
            "the sums, or apply the directory to an empty database with 'atlas migrate apply'"
        )
    opened_directory(arguments, context, project)
    return 0
