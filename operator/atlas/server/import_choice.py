"""What of another registry is meant by whom imports it, and what of that is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.reference import LATEST, checked_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.wire.contract import RepositoryType

TYPES: tuple[RepositoryType, ...] = (DIRECTORY, SCHEMA)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the other registry is meant; by default all that it tells of.

    ``repositories`` are tags by slug, all of which are expected there; ``tags`` are asked for in every repository. ``driver``
    is that of repositories of which the other registry does not say it.
    """

    repositories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    types: tuple[RepositoryType, ...] = TYPES
    driver: str = ""
    moves_tags: bool = False

    def means(self, type_: str, slug: str) -> bool:
        """Whether a repository that is there was asked for."""
        return type_ in self.types and (not self.repositories or slug in self.repositories)

    def tags_of(self, slug: str) -> tuple[str, ...]:
        """The tags to ask for in a repository, each once, without the latest, which is always asked for."""
        named = dict.fromkeys((*self.repositories.get(slug, ()), *self.tags))
        return tuple(checked_tag(tag) for tag in named if tag not in {"", LATEST})


@dataclass(slots=True)
class Absent:
    """Finds out what was named and is not there."""

    choice: Choice
    _found: dict[str, set[str]] = field(default_factory=dict)
    _unknown: set[str] = field(default_factory=set)

    def note(self, slug: str, tags: Iterable[str]) -> None:
        """A repository is there, and has these tags."""
        self._found.setdefault(slug, set()).update(tags)

    def note_error(self, slug: str) -> None:
        """Nobody knows what a repository has: nothing is said of it here."""
        self._unknown.add(slug)

    def names(self) -> Iterator[str]:
        """``app``, ``app:v1``, and ``:v1`` for a tag that no repository has."""
        for slug, tags in self.choice.repositories.items():
            if slug in self._unknown:
                continue
            if slug not in self._found:
                yield slug
                continue
            yield from (f"{slug}:{tag}" for tag in tags if tag not in {LATEST, *self._found[slug]})
        if not self._unknown:
            anywhere = {LATEST}.union(*self._found.values())
            yield from (f":{tag}" for tag in self.choice.tags if tag not in anywhere)
