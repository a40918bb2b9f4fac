"""``atlas completion zsh``: the script for zsh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.completion.printing import print_script

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """No flags of its own."""
    parser.example("source <(atlas completion zsh)", "in the shell you are in")
    parser.example("atlas completion zsh > ~/.zfunc/_atlas", "for every shell, where fpath has ~/.zfunc")


def run(_arguments: Namespace, context: Context) -> int:
    """Print the script."""
    return print_script("atlas.zsh", context)
