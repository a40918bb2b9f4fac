"""``atlas backup restore``: make the data of a registry of a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry import add_data_flags, data_of, registry_door
from atlas.errors import Unavailable

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup restore file:///srv/backup --data ./registry", "into a new registry")
    add_data_flags(parser)
    parser.add_argument("url", metavar="url", help="the backup, as file:///folder")


def run(arguments: Namespace, context: Context) -> int:
    """Copy what the data folder lacks, each version proved, and build the index; what is there already stays."""
    from pathlib import Path

    from atlas.cli.render.duration import plural
    from atlas.engine.backups import bring
    from atlas.wire.contract import DEFAULT_PROJECT
    from atlas.wiring import open_backup, system_pace

    data = data_of(arguments)
    source = open_backup(arguments.url, DEFAULT_PROJECT)
    target = open_backup((Path(arguments.data).absolute() / "content").as_uri(), DEFAULT_PROJECT)
    failures = 0
    for done in bring(source, target, system_pace()):
        name = f"{done.repository.project}/{done.repository.slug}"
        failures += bool(done.error)
        context.out(f"{name}: {done.error or plural(done.to_second, 'version') + ' brought'}")
    count = registry_door().reindex(data)
    context.out(f"Indexed {count} {'repository' if count == 1 else 'repositories'}.")
    if failures:
        raise Unavailable("not everything could be restored: the lines above say what is damaged")
    return 0
