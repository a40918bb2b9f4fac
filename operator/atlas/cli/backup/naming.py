"""Which backups a command means: those of its arguments, else those of the env."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.backups import backups_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.parser import Parser
    from atlas.engine.backups import Target
    from atlas.project import Project


def add_url_arguments(parser: Parser) -> None:
    """The URLs of backups."""
    parser.add_argument(
        "urls",
        nargs="*",
        default=[],
        metavar="url",
        help="backups, as file:///folder (default: those of --env)",
    )


def named_backups(arguments: Namespace, project: Project | None) -> tuple[Target, ...]:
    """The backups, each once.

    Raises:
        UsageError: None is named.
    """
    backups = backups_of(project)
    urls = tuple(dict.fromkeys(arguments.urls or (*backups.directories, *backups.schemas)))
    if not urls:
        raise UsageError(
            "no backup is named: expected its URL, as file:///folder, or --env with repo { backup = [ … ] } in atlas.hcl"
        )
    return backups.opened(urls)
