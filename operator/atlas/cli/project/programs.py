"""May programs run that files name? Only where the person at the command line, or the machine, says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context

ALLOW_PROGRAMS: Final = "ATLAS_ALLOW_PROGRAMS"
_YES = frozenset({"1", "t", "true"})


def may_run_programs(arguments: Namespace, context: Context) -> bool:
    """Whether ``--allow-programs`` was given, or the variable says the same of every command."""
    return getattr(arguments, "allow_programs", False) or context.environ.get(ALLOW_PROGRAMS, "") in _YES
