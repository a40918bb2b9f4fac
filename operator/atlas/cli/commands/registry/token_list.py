"""``atlas registry token list``: which tokens there are. Their secrets are not stored, so none is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door
from atlas.cli.render.columns import columns

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_HEADS = ("ID", "NAME", "PROJECT", "SCOPE", "CREATED", "REVOKED")


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry token list --data ./registry", "who may come in")
    add_data_flags(parser)
    parser.flag("--format", text="Go template for the answer")


def run(arguments: Namespace, context: Context) -> int:
    """Print a table of the tokens."""
    tokens = registry_door().list_tokens(data_of(arguments))
    if arguments.format:
        from atlas.gotemplate import render

        keys = ("ID", "Name", "Project", "Scope", "Created", "Revoked")
        context.out(render(arguments.format, [dict(zip(keys, token, strict=True)) for token in tokens]))
        return 0
    rows = [tuple("" if cell is None else str(cell) for cell in token) for token in tokens]
    context.out(columns([_HEADS, *rows]))
    return 0
