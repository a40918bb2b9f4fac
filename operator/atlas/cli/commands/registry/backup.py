"""``atlas registry backup``: copy a whole registry into a bucket, while it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import Tally, add_data_flags, data_of, registry_door
from atlas.errors import Unavailable, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry backup --data ./registry --to file:///srv/backup", "every night")
    parser.example(
        "atlas registry backup --data /var/lib/atlas --to s3://backups/atlas?region=us-east-1 --verify",
        "once a week: what earlier runs brought is read back too",
    )
    add_data_flags(parser)
    parser.flag(
        "--to", text="the backup, as file:///folder or s3://bucket/folder?region=us-east-1", required=True
    )
    parser.switch("--verify", text="read back and mend also what earlier runs brought")


def run(arguments: Namespace, context: Context) -> int:
    """Copy what the backup lacks and tell how much that was; exit code 1 where something could not be copied."""
    from atlas.cli.render.duration import plural

    if not arguments.to:
        raise UsageError('required flag(s) "to" not set: expected a bucket, as file:///srv/backup')
    data, tally = data_of(arguments), Tally(context.out)
    name, tokens = registry_door().back_up(data, arguments.to, proves=arguments.verify, tell=tally.add)
    context.out(f"{name}: {tally.total()}, {plural(tokens, 'token')}; {tally.news()}")
    if tally.failures:
        raise Unavailable("the backup is not complete: the lines above say what stands in the way")
    return 0
