"""``atlas migrate rebase``: move files to the end of a directory, behind what came in from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.cli.commands.migrate.changing import (
    add_changing_flags,
    add_files_argument,
    chosen_to_change,
    refuse_applied,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate rebase 20240101000000_users.sql",
        "a file of a branch, behind those that were merged first",
    )
    parser.example(
        "atlas migrate rebase 20240101000000 20240102000000 --env local", "two files, which keep their order"
    )
    add_changing_flags(parser)
    add_files_argument(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Give the files new versions and write ``atlas.sum``, both or neither. Silent when it worked."""
    from atlas.engine.directory import moved_to_end
    from atlas.engine.migrate_plan import version_after
    from atlas.sources.local import change_files

    meant = chosen_to_change(arguments, context, "rebase")
    refuse_applied(meant, "with another version it would run there a second time")
    now = datetime.now(UTC)

    def following(grown: Directory, description: str) -> str:
        return version_after(grown, now, description)

    change_files(meant.path, moved_to_end(meant.directory, meant.files, following))
    return 0
