"""``atlas backup list``: what lies in backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.backup.naming import add_url_arguments, chosen_repositories, looked_at, named_backups
from atlas.cli.project.file import filled
from atlas.errors import AtlasError, NotFound

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.commands.backup.naming import Chosen
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Target
    from atlas.wire.index import RepositoryIndex


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup list file:///srv/backup", "a folder")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print a line for each repository of each backup; exit code 1 where there is no backup."""
    arguments, project = filled(arguments, context)
    chosen = chosen_repositories(arguments)
    looked = looked_at(named_backups(arguments, project))
    if looked.there:
        chosen.check(looked.repositories(), looked.urls)
    wholes = [_listed(target, chosen, context) for target in looked.there]
    if looked.complaints:
        raise NotFound(looked.complaints)
    return 0 if all(wholes) else 1


def _listed(target: Target, chosen: Chosen, context: Context) -> bool:
    context.out(target.url)
    is_whole, count = True, 0
    for key in filter(chosen.takes, target.content.repositories()):
        from atlas.engine.backups import index_of

        count += 1
        try:
            line = _line(index_of(target, key))
        except AtlasError as error:
            is_whole, line = False, f"{key.project}/{key.slug}: {error}"
        context.out(f"  {line}")
    if not count:
        context.out("  no repository yet")
    return is_whole


def _line(index: RepositoryIndex) -> str:
    from atlas.cli.render.duration import plural
    from atlas.wire.contract import SCHEMA

    kind = "schema" if index.key.type == SCHEMA else "directory"
    missed = len(index.unsynced) + len(index.unsynced_plans)
    return (
        f"{index.key.project}/{index.key.slug} ({kind}, {index.driver}): {plural(len(index.versions), 'version')}, "
        f"{plural(len(index.tags), 'tag')}{f', {missed} unsynced' if missed else ''}"
    )
