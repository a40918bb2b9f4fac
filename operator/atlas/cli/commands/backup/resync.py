"""``atlas backup resync``: backups that hold the same, and what the registry has; a registry that has what it missed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from atlas.cli.commands.backup.naming import (
    absence_of,
    add_url_arguments,
    chosen_repositories,
    looked_at,
    named_backups,
    named_by_env,
)
from atlas.cli.commands.backup.registry import NoRegistry, RegistryBeside, registry_beside
from atlas.cli.project.file import filled
from atlas.errors import LoginRequired, NotFound, Unavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.commands.backup.naming import Chosen, Looked
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Adopted, Target
    from atlas.project import Project


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup resync --env prod", "after the registry, or a backup, was away")
    parser.example("atlas backup resync file:///srv/backup --repo shop", "one repository of one backup")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Bring backups together, push to the registry what only they took, and take over what it has besides."""
    from atlas.cli.render.duration import plural

    arguments, project = filled(arguments, context)
    chosen = chosen_repositories(arguments)
    looked = looked_at(named_backups(arguments, project))
    targets = (*looked.there, *(target for target, _ in looked.absent))
    for complaint in looked.unreached:
        context.err(f"Warning: left out: {complaint}")
    tell, failures = _Telling(context), len(looked.unreached)
    with registry_beside(context, project) as registry:
        _check(looked, chosen, registry)
        failures += _between(targets, chosen, tell)
        if isinstance(registry, RegistryBeside):
            failures += _to_registry(targets, registry, chosen, tell)
            failures += sum(_from_registry(each, registry, chosen, tell, project) for each in targets)
    if not looked.there and not any(map(_is_there, targets)):
        raise NotFound(looked.complaints)
    if isinstance(registry, NoRegistry):
        context.err(f"Warning: the registry was left out: {registry.reason}")
        failures += registry.is_out
    if failures:
        raise Unavailable(
            f"{plural(failures, 'thing')} could not be brought where it belongs, see above: run this again later"
        )
    if not tell.lines:
        context.err("Nothing is lacking.")
    return 0


class _Telling:
    """Lines for a person, counted."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.lines = 0

    def __call__(self, line: str) -> None:
        self._context.out(line)
        self.lines += 1


def _check(looked: Looked, chosen: Chosen, registry: RegistryBeside | NoRegistry) -> None:
    """Refuse what is mistyped before anything is written, and what is alone."""
    if isinstance(registry, NoRegistry):
        if not looked.there:
            raise NotFound(looked.complaints)
        if len(looked.there) + len(looked.absent) == 1 and not registry.is_out:
            raise LoginRequired("command requires 'atlas login'")
    known, places = {*looked.repositories()}, looked.urls
    if isinstance(registry, RegistryBeside):
        known |= registry.repositories
        places.append(registry.target.url)
    chosen.check(known, places)


def _is_there(target: Target) -> bool:
    return not absence_of(target)


def _between(targets: Sequence[Target], chosen: Chosen, tell: _Telling) -> int:
    """Bring the backups together: along the row and back, so that the first has what only the last had."""
    from atlas.cli.render.duration import plural
    from atlas.engine.backups import resync
    from atlas.wiring import system_pace

    failures: set[str] = set()
    pairs = list(pairwise(targets))
    for first, second in [*pairs, *reversed(pairs[:-1])]:
        for done in resync(first, second, system_pace(), chosen.takes):
            name = f"{done.repository.project}/{done.repository.slug}"
            for target, count in ((first, done.to_first), (second, done.to_second)):
                if count:
                    tell(f"{name}: {plural(count, 'version')} brought to {target.url}")
            if done.error and name not in failures:
                failures.add(name)
                tell(f"{name}: {done.error}")
    return len(failures)


def _to_registry(targets: Sequence[Target], registry: RegistryBeside, chosen: Chosen, tell: _Telling) -> int:
    from atlas.engine.backups import bring_back
    from atlas.wiring import RegistryOfBackups, system_pace

    pushed, failures = RegistryOfBackups(registry.address), 0
    for target in targets:
        for done in bring_back(target, pushed, system_pace(), chosen.takes):
            failures += bool(done.error)
            told = done.error or done.note or f"brought to the registry from {target.url}"
            tell(f"{done.reference}: {told}")
    return failures


def _from_registry(
    target: Target, registry: RegistryBeside, chosen: Chosen, tell: _Telling, project: Project | None
) -> int:
    """Bring to a backup what the registry has of its repositories, of those that the env pushes, and of ``--repo``."""
    from atlas.engine.backups import adopt
    from atlas.wiring import system_pace

    wanted = {*target.content.repositories()} | named_by_env(target, project)
    if chosen.names:
        wanted |= registry.repositories
    keys = sorted(filter(chosen.takes, wanted & registry.repositories))
    failures = 0
    for done in adopt(registry.target, target, keys, system_pace()):
        failures += bool(done.error)
        for line in _told(done, target):
            tell(f"{done.repository.project}/{done.repository.slug}: {line}")
    return failures


def _told(done: Adopted, target: Target) -> list[str]:
    lines = [f"{what} brought to {target.url} from the registry" for what in done.brought]
    if done.mended:
        lines.append(f"{done.mended} damaged in {target.url}, mended from the registry")
    lines += [
        f'plan "{name}" taken out of {target.url}: the registry has removed it' for name in done.removed
    ]
    return [done.error] if done.error else lines
