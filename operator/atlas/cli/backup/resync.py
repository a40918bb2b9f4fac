"""``atlas backup resync``: backups that hold the same, and what the registry has; a registry that has what it missed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from atlas.cli.backup.naming import (
    absence_of,
    add_url_arguments,
    chosen_repositories,
    named_backups,
    named_by_env,
)
from atlas.cli.backup.registry import NoRegistry, RegistryBeside, registry_beside
from atlas.cli.project_file import filled
from atlas.errors import LoginRequired, NotFound, Unavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.backup.naming import Chosen
    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
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
    targets = named_backups(arguments, project)
    absences = [absence_of(target) for target in targets]
    with registry_beside(context, project) as registry:
        _check(targets, absences, chosen, registry)
        failures = _between(targets, chosen, context)
        if isinstance(registry, RegistryBeside):
            failures += _to_registry(targets, registry, chosen, context)
            failures += sum(_from_registry(each, registry, chosen, context, project) for each in targets)
        else:
            context.err(f"Warning: the registry was left out: {registry.reason}")
            failures += registry.is_out
    if all(absences) and not any(map(_is_there, targets)):
        raise NotFound("\n".join(absences))
    if failures:
        raise Unavailable(f"{plural(failures, 'thing')} could not be brought where it belongs: see above")
    return 0


def _check(
    targets: Sequence[Target],
    absences: Sequence[str],
    chosen: Chosen,
    registry: RegistryBeside | NoRegistry,
) -> None:
    """Refuse what is mistyped before anything is written, and what is alone."""
    if isinstance(registry, NoRegistry):
        if all(absences):
            raise NotFound("\n".join(absences))
        if len(targets) == 1 and not registry.is_out:
            raise LoginRequired("command requires 'atlas login'")
    there = [target for target, absence in zip(targets, absences, strict=True) if not absence]
    known = {key for target in there for key in target.content.repositories()}
    places = [target.url for target in there]
    if isinstance(registry, RegistryBeside):
        known |= registry.repositories
        places.append(registry.target.url)
    chosen.check(known, places)


def _is_there(target: Target) -> bool:
    return not absence_of(target)


def _between(targets: Sequence[Target], chosen: Chosen, context: Context) -> int:
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
                    context.out(f"{name}: {plural(count, 'version')} brought to {target.url}")
            if done.error and name not in failures:
                failures.add(name)
                context.out(f"{name}: {done.error}")
    return len(failures)


def _to_registry(
    targets: Sequence[Target], registry: RegistryBeside, chosen: Chosen, context: Context
) -> int:
    from atlas.engine.backups import bring_back
    from atlas.wiring import RegistryOfBackups, system_pace

    pushed, failures = RegistryOfBackups(registry.address), 0
    for target in targets:
        for done in bring_back(target, pushed, system_pace(), chosen.takes):
            failures += bool(done.error)
            told = done.error or done.note or f"brought to the registry from {target.url}"
            context.out(f"{done.reference}: {told}")
    return failures


def _from_registry(
    target: Target, registry: RegistryBeside, chosen: Chosen, context: Context, project: Project | None
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
            context.out(f"{done.repository.project}/{done.repository.slug}: {line}")
    return failures


def _told(done: Adopted, target: Target) -> list[str]:
    lines = [f"{what} brought to {target.url} from the registry" for what in done.brought]
    if done.mended:
        lines.append(f"{done.mended} damaged in {target.url}, mended from the registry")
    lines += [
        f'plan "{name}" taken out of {target.url}: the registry has removed it' for name in done.removed
    ]
    return [done.error] if done.error else lines
