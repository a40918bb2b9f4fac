"""``atlas registry import``: copy what another registry has into the data of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry import Tally, add_data_flags, data_of, registry_door, repositories
from atlas.errors import Unavailable, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


_VARIABLE = "ATLAS_IMPORT_TOKEN"  # $ATLAS_TOKEN is for the address of $ATLAS_CLOUD_URL and for no other


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas registry import --data ./registry --from https://registry.example --token aci_…",
        "all that the token may read; again later, what came since",
    )
    add_data_flags(parser)
    parser.flag("--from", text="address of the other registry, as https://registry.example")
    parser.flag("--token", text=f"a token of the other registry (default: ${_VARIABLE})")
    parser.flag("--project", text="project of this registry to import into (default: that of the token)")


def run(arguments: Namespace, context: Context) -> int:
    """Copy versions, ordinals, tags, times and plans, each content proved; what is there already stays."""
    data, tally = data_of(arguments), Tally(context.out)
    origin = getattr(arguments, "from")
    if not origin:
        raise UsageError(
            'required flag(s) "from" not set: expected the address of a registry, as https://host'
        )
    token = arguments.token or context.environ.get(_VARIABLE, "")
    if not token:
        raise UsageError(f'required flag(s) "token" not set: give --token, or set {_VARIABLE}')
    name, count = registry_door().import_registry(data, origin, token, arguments.project, tally.add)
    context.out(f"{name}: {tally.total()}; {tally.news()}. This registry has {repositories(count)} now.")
    if tally.failures:
        raise Unavailable("not everything could be imported: the lines above say what stands in the way")
    return 0
