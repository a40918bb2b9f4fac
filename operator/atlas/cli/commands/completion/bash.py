"""``atlas completion bash``: the script for bash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.completion.printing import print_script

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """No flags of its own."""
    parser.example("source <(atlas completion bash)", "in the shell you are in")
    parser.example(
        "atlas completion bash > ~/.local/share/bash-completion/completions/atlas",
        "for every shell that is started from now on",
    )


def run(_arguments: Namespace, context: Context) -> int:
    """Print the script."""
    return print_script("atlas.bash", context)
