"""Printing the script of a shell."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.cli.context import Context


def print_script(name: str, context: Context) -> int:
    """Print a file of ``scripts`` as it is."""
    context.out(
        (files("atlas.cli.commands.completion") / "scripts" / name).read_text(encoding="utf-8"), end=""
    )
    return 0
