"""``atlas backup list``: what lies in backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.backup.naming import add_url_arguments, named_backups
from atlas.cli.project_file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.wire.index import RepositoryIndex


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup list file:///srv/backup", "a folder")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print a line for each repository of each backup."""
    from atlas.engine.backups import index_of

    arguments, project = filled(arguments, context)
    for target in named_backups(arguments, project):
        context.out(target.url)
        for key in target.content.repositories():
            context.out(f"  {_line(index_of(target, key))}")
    return 0


def _line(index: RepositoryIndex) -> str:
    from atlas.cli.render.duration import plural
    from atlas.wire.contract import SCHEMA

    kind = "schema" if index.key.type == SCHEMA else "directory"
    missed = len(index.unsynced) + len(index.unsynced_plans)
    return (
        f"{index.key.project}/{index.key.slug} ({kind}, {index.driver}): {plural(len(index.versions), 'version')}, "
        f"{plural(len(index.tags), 'tag')}{f', {missed} unsynced' if missed else ''}"
    )
