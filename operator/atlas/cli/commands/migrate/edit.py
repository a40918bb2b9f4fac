"""``atlas migrate edit``: open a file of a directory in an editor, and write ``atlas.sum`` anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.migrate.changing import add_changing_flags, chosen_to_change, refuse_applied
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate edit 20240101000000_users.sql", "a file, in the editor that EDITOR names")
    add_changing_flags(parser)
    parser.add_argument("files", nargs="*", metavar="name|version", help="the file, by name or version")


def run(arguments: Namespace, context: Context) -> int:
    """Edit a copy; when the editor ends well, the file and ``atlas.sum`` are written, both or neither."""
    from atlas.cli.terminal.editor import edited
    from atlas.engine.directory import with_content
    from atlas.sources.local import change_files

    meant = chosen_to_change(arguments, context, "edit")
    if len(meant.files) > 1:
        raise UsageError("one file at a time: expected 'atlas migrate edit NAME'")
    refuse_applied(meant, "it would not run there again, and nothing could tell what it did")
    (file,) = meant.files
    changed = edited(file, context.environ.get("EDITOR") or "vi")
    if changed != file:
        change_files(meant.path, with_content(meant.directory, changed))
    return 0
