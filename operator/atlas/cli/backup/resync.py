"""``atlas backup resync``: backups that hold the same, and a registry that has what it missed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from atlas.cli.backup.naming import add_url_arguments, named_backups
from atlas.cli.project_file import filled
from atlas.cli.registry_access import registry_address
from atlas.errors import Unavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.engine.backups import Target
    from atlas.wire.contract import RegistryAddress


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup resync file:///srv/backup --env prod", "after the registry was away")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Copy what a backup lacks from the others, then push to the registry what only backups took."""
    from atlas.cli.render.duration import plural

    arguments, project = filled(arguments, context)
    targets = named_backups(arguments, project)
    address = registry_address(context, project)
    failures = _between(targets, context) + _to_registry(targets, address, context)
    if failures:
        raise Unavailable(f"{plural(failures, 'thing')} could not be brought where it belongs: see above")
    return 0


def _between(targets: Sequence[Target], context: Context) -> int:
    """Bring the backups together: along the row and back, so that the first has what only the last had."""
    from atlas.cli.render.duration import plural
    from atlas.engine.backups import resync
    from atlas.wiring import system_pace

    failures: set[str] = set()
    pairs = list(pairwise(targets))
    for first, second in [*pairs, *reversed(pairs[:-1])]:
        for done in resync(first, second, system_pace()):
            name = f"{done.repository.project}/{done.repository.slug}"
            for target, count in ((first, done.to_first), (second, done.to_second)):
                if count:
                    context.out(f"{name}: {plural(count, 'version')} brought to {target.url}")
            if done.error and name not in failures:
                failures.add(name)
                context.out(f"{name}: {done.error}")
    return len(failures)


def _to_registry(targets: Sequence[Target], address: RegistryAddress, context: Context) -> int:
    from atlas.engine.backups import bring_back
    from atlas.wiring import RegistryOfBackups, system_pace

    registry, failures = RegistryOfBackups(address), 0
    for target in targets:
        for done in bring_back(target, registry, system_pace()):
            failures += bool(done.error)
            told = done.error or done.note or f"brought to the registry from {target.url}"
            context.out(f"{done.reference}: {told}")
    return failures
