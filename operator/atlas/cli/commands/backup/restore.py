"""``atlas backup restore``: make the data of a registry of a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.backup.naming import absence_of, chosen_repositories
from atlas.cli.commands.registry.door import Tally, add_data_flags, data_of, registry_door, repositories
from atlas.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup restore file:///srv/backup --data ./registry", "into a new registry")
    parser.example(
        "atlas backup restore file:///srv/backup --data ./registry --repo shop",
        "one repository, and no tokens",
    )
    add_data_flags(parser)
    parser.repeated("--repo", text="only the repository of this name, a schema or a directory, and no tokens")
    parser.add_argument("url", metavar="url", help="the backup, as file:///folder")


def run(arguments: Namespace, context: Context) -> int:
    """Copy what the registry lacks, each version proved, and build the index; what is there already stays.

    Raises:
        NotFound: There is no backup, or it has no repository of a name.
        Unavailable: Something in it is damaged; the rest was brought.
    """
    from atlas.cli.render.duration import plural
    from atlas.wire.contract import DEFAULT_PROJECT
    from atlas.wiring import open_backup

    source = open_backup(arguments.url, DEFAULT_PROJECT)
    if absence := absence_of(source):
        raise NotFound(absence)
    chosen = chosen_repositories(arguments)
    if chosen.names:
        chosen.check(source.content.repositories(), [source.url])
    tally = Tally(context.out)
    count, let_in, revoked = registry_door().restore(
        data_of(arguments), arguments.url, chosen.names, tally.add
    )
    if let_in:
        context.out(
            f"{plural(let_in, 'token')} let in again: revoke those that were revoked after the backup."
        )
    if revoked:
        context.out(f"{plural(revoked, 'token')} revoked, as in the backup.")
    context.out(f"Indexed {repositories(count)}.")
    if tally.failures:
        raise Unavailable("not everything could be restored: the lines above say what is damaged")
    return 0
