"""``atlas backup verify``: prove that everything in backups can be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.backup.naming import add_url_arguments, named_backups
from atlas.cli.project_file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup verify file:///srv/backup", "a folder")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Read every file of every version and plan; exit code 1 where one is damaged."""
    from atlas.cli.render.duration import plural
    from atlas.engine.backups import verify

    arguments, project = filled(arguments, context)
    is_whole = True
    for target in named_backups(arguments, project):
        found = verify(target)
        counts = (
            _repositories(found.repositories),
            plural(found.versions, "version"),
            plural(found.plans, "plan"),
        )
        context.out(f"{target.url}: {', '.join(counts)}, {len(found.damages)} damaged")
        for damage in found.damages:
            context.out(f"  {damage.repository.project}/{damage.repository.slug}: {damage.text}")
        is_whole = is_whole and not found.damages
    return 0 if is_whole else 1


def _repositories(count: int) -> str:
    return "1 repository" if count == 1 else f"{count} repositories"
