"""Which backups and which of their repositories a command means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.cli.registry.backups import backups_of
from atlas.errors import AtlasError, NotFound, UsageError
from atlas.record import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Target
    from atlas.project import Project
    from atlas.wire.layout import RepositoryKey

_NEAREST = 3


def add_url_arguments(parser: Parser) -> None:
    """The URLs of backups, and ``--repo``."""
    parser.repeated("--repo", text="only the repository of this name, a schema or a directory (default: all)")
    parser.add_argument(
        "urls",
        nargs="*",
        default=[],
        metavar="url",
        help="backups, as file:///folder (default: those of --env)",
    )


def named_backups(arguments: Namespace, project: Project | None) -> tuple[Target, ...]:
    """The backups, each once.

    Raises:
        UsageError: None is named.
    """
    backups = backups_of(project)
    urls = tuple(dict.fromkeys(arguments.urls or (*backups.directories, *backups.schemas)))
    if not urls:
        raise UsageError(
            "no backup is named: expected its URL, as file:///folder, or --env with repo { backup = [ … ] } in atlas.hcl"
        )
    return backups.opened(urls)


class Looked(NamedTuple):
    """Backups by what is found at their addresses: one, none yet (with what to say of it), or no answer (with why)."""

    there: tuple[Target, ...]
    absent: tuple[tuple[Target, str], ...]
    unreached: tuple[str, ...]

    @property
    def complaints(self) -> str:
        """What to say of those that are not there."""
        return "\n".join((*(text for _, text in self.absent), *self.unreached))

    @property
    def urls(self) -> list[str]:
        """Where those are that are there."""
        return [target.url for target in self.there]

    def repositories(self) -> Iterator[RepositoryKey]:
        """Everything in those that are there."""
        for target in self.there:
            yield from target.content.repositories()


def looked_at(targets: Sequence[Target]) -> Looked:
    """Ask each whether it is there."""
    there: list[Target] = []
    absent: list[tuple[Target, str]] = []
    unreached: list[str] = []
    for target in targets:
        try:
            absence = absence_of(target)
        except AtlasError as error:
            unreached.append(f"{target.url}: {str(error).removeprefix(f'{target.url}: ')}")
            continue
        if absence:
            absent.append((target, absence))
        else:
            there.append(target)
    return Looked(tuple(there), tuple(absent), tuple(unreached))


def absence_of(target: Target) -> str:
    """What to say where no backup is, '' where one is. Raises ``Unavailable`` where nobody can tell."""
    if target.content.is_prepared() or next(target.content.repositories(), None):
        return ""
    nearest = _nearest_folders(target.url)
    hint = f"; near it is {', '.join(nearest)}" if nearest else ""
    return (
        f"there is no backup at {target.url}{hint}: correct the address, or make one by a push with "
        "repo { backup = [ … ] } in atlas.hcl, or by 'atlas backup resync'"
    )


def _nearest_folders(url: str) -> list[str]:
    """Backups in folders beside a folder, those of the most similar names first."""
    from difflib import get_close_matches
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    from atlas.wire.layout import LAYOUT_NAME

    parts = urlsplit(url)
    if parts.scheme != "file":
        return []
    folder = Path(unquote(parts.path))
    try:
        names = [path.name for path in folder.parent.iterdir() if (path / LAYOUT_NAME).is_file()]
    except OSError:
        return []
    found = get_close_matches(folder.name, names, n=_NEAREST, cutoff=0.5)
    return [(folder.parent / name).as_uri() for name in found]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The repositories of ``--repo``; all of them without it."""

    names: tuple[str, ...]

    def takes(self, key: RepositoryKey) -> bool:
        """Whether a repository is meant."""
        return not self.names or key.slug in self.names

    def check(self, known: Iterable[RepositoryKey], places: Sequence[str]) -> None:
        """Refuse a name that is in none of ``places``, which know ``known``. Raises ``NotFound``."""
        from difflib import get_close_matches

        slugs = sorted({key.slug for key in known})
        for name in self.names:
            if name not in slugs:
                nearest = get_close_matches(name, slugs, n=_NEAREST, cutoff=0.0)
                hint = f"; the nearest are {', '.join(nearest)}" if nearest else ", they hold none at all"
                raise NotFound(f'repository "{name}" not found in {", ".join(places)}{hint}')


def chosen_repositories(arguments: Namespace) -> Chosen:
    """What ``--repo`` says. Raises ``SpecError`` for what can be no name."""
    from atlas.wire.reference import checked_slug

    return Chosen(tuple(checked_slug(name.removeprefix("atlas://")) for name in arguments.repo))


def named_by_env(target: Target, project: Project | None) -> set[RepositoryKey]:
    """The repositories that the env pushes to a backup, whether they are there or not."""
    from atlas.wire.contract import DIRECTORY, SCHEMA
    from atlas.wiring import shown_bucket

    env, backups = project.env if project else None, backups_of(project)
    if env is None:
        return set()
    named = (
        (DIRECTORY, env.migration.repo_name, backups.directories),
        (SCHEMA, env.schema.repo_name, backups.schemas),
    )
    return {
        target.key(type_, name)
        for type_, name, urls in named
        if name and target.url in map(shown_bucket, urls)
    }
