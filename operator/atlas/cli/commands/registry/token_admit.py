"""``atlas registry token admit``: let in a token that was made elsewhere, as the chart's hook makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_WORDS = {
    "new": "The token is admitted.",
    "known": "The token was admitted before.",
    "changed": "The token was admitted before, with another scope; it has this one now.",
}


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas registry token admit --data /data --project acme --name operator",
        "the token of $ATLAS_TOKEN, which is not on the command line for others to see",
    )
    add_data_flags(parser)
    parser.flag("--project", text="the project that the token sees; made if it is new", default="default")
    parser.flag("--name", text="what the audit log calls it", default="operator")
    parser.flag(
        "--scope", text="read (pull, list and report) or push (all of it; the default)", default="push"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Admit the token of the environment; twice is no error."""
    token = context.settings.token
    if not token:
        raise UsageError("no token to admit: expected it in $ATLAS_TOKEN")
    admission = registry_door().admit_token(
        data_of(arguments), token, project=arguments.project, name=arguments.name, scope=arguments.scope
    )
    context.out(_WORDS[admission])
    return 0
