"""``atlas backup verify``: prove that everything in backups can be served, and that each has what the others have."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atlas.cli.commands.backup.naming import (
    add_url_arguments,
    chosen_repositories,
    looked_at,
    named_backups,
    named_by_env,
)
from atlas.cli.commands.backup.registry import NoRegistry, RegistryBeside, registry_beside, telling_history
from atlas.cli.project.file import filled
from atlas.errors import NotFound, Unavailable
from atlas.record import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from atlas.cli.commands.backup.naming import Chosen
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Target
    from atlas.project import Project
    from atlas.wire.index import RepositoryIndex
    from atlas.wire.layout import RepositoryKey

    Compare: TypeAlias = Callable[[RepositoryIndex | None, RepositoryIndex], tuple[str, ...]]


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas backup verify file:///srv/backup", "a folder")
    parser.example("atlas backup verify --env prod --repo shop", "one repository, in the backups of an env")
    add_url_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Read every file of every version and plan; exit code 1 where one is damaged, or in others and not here."""
    arguments, project = filled(arguments, context)
    chosen = chosen_repositories(arguments)
    looked = looked_at(named_backups(arguments, project))
    if not looked.there:
        raise NotFound(looked.complaints)
    chosen.check(looked.repositories(), looked.urls)
    with registry_beside(context, project) as beside:
        registry = telling_history(beside)
        if isinstance(registry, NoRegistry):
            context.err(f"Not compared with a registry: {registry.reason}")
        looking = _Looking(looked.there, registry, chosen, project)
        wholes = [_is_whole(target, looking, context) for target in looked.there]
    if looked.complaints:
        raise NotFound(looked.complaints)
    return 0 if all(wholes) else 1


@dataclass(frozen=True, slots=True)
class _Looking:
    """What a backup is compared with."""

    targets: Sequence[Target]
    registry: RegistryBeside | NoRegistry
    chosen: Chosen
    project: Project | None

    def lacking(self, target: Target) -> Iterator[tuple[RepositoryKey, str]]:
        """What others have and ``target`` has not, each thing once."""
        from atlas.engine.backups import found_index, index_of

        told: set[tuple[RepositoryKey, str]] = set()
        for other, keys, compare in self._others(target):
            for key in filter(self.chosen.takes, keys):
                try:
                    found = compare(found_index(target, key), index_of(other, key))
                except Unavailable:  # a damaged index is told as damage, in its own backup
                    continue
                for lack in (each for each in found if (key, each) not in told):
                    told.add((key, lack))
                    yield key, f"lacks {lack} ({other.url} has it)"

    def _others(self, target: Target) -> Iterator[tuple[Target, Iterable[RepositoryKey], Compare]]:
        from atlas.engine.backups import lacks, lags

        if isinstance(self.registry, RegistryBeside):
            wanted = {*target.content.repositories()} | named_by_env(target, self.project)
            yield self.registry.target, sorted(wanted & self.registry.repositories), lacks
        for other in self.targets:
            if other is not target:
                yield other, other.content.repositories(), lags


def _is_whole(target: Target, looking: _Looking, context: Context) -> bool:
    from atlas.cli.render.duration import plural
    from atlas.engine.backups import verify

    found, lacking = verify(target, looking.chosen.takes), list(looking.lacking(target))
    counts = (
        _repositories(found.repositories),
        plural(found.versions, "version"),
        plural(found.plans, "plan"),
        f"{len(found.damages)} damaged",
        *([f"{len(lacking)} lacking"] if lacking else ()),
    )
    context.out(f"{target.url}: {', '.join(counts)}")
    for key, text in (*((each.repository, each.text) for each in found.damages), *lacking):
        context.out(f"  {key.project}/{key.slug}: {text}")
    if lacking:
        context.err("Run 'atlas backup resync' to bring to each what it lacks.")
    return not found.damages and not lacking


def _repositories(count: int) -> str:
    return "1 repository" if count == 1 else f"{count} repositories"
