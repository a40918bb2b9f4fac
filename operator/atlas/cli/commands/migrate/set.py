"""``atlas migrate set``: say which version a database is at, without running anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.cli.urls.targets import add_target_flags, opened_target

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate set 20240101000000 --env prod", "a database that was changed by other means"
    )
    add_directory_flags(parser)
    add_target_flags(parser)
    parser.add_argument("version", nargs="?", default="", help="the version; left out, the last file's")


def run(arguments: Namespace, context: Context) -> int:
    """Write and remove revision rows in one transaction, and list them."""
    from atlas.cli.render.set_text import set_text
    from atlas.engine.apply import ApplyOptions
    from atlas.engine.history.set_version import set_version
    from atlas.settings import OPERATOR_VERSION
    from atlas.wiring import SystemClock

    arguments, project = filled(arguments, context)
    source = opened_directory(arguments, context, project)
    options = ApplyOptions(
        revisions_schema=arguments.revisions_schema, lock_timeout_s=0, operator_version=OPERATOR_VERSION
    )
    with opened_target(arguments) as database:
        report = set_version(
            source.directory, database, arguments.version or None, options, clock=SystemClock()
        )
    context.out(set_text(report), end="")
    return 0
