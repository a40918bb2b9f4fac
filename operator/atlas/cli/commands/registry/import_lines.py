"""What an import says: a line for each repository with news, what was not there, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import plural, repositories
from atlas.wire.foreign import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.cli.commands.registry.door import RepositoryAsked

LEFT_THERE = "It does not tell of versions without a tag, of tags that were not named, of times and of plans: none of these came over."
_SHOWN = 5


def cleaner(token: str) -> Callable[[str], str]:
    """What takes out of a text of another registry the token that it was sent, and what would move a terminal's cursor."""

    def clean(text: str) -> str:
        plain = one_line(text)
        return plain.replace(token, "xxxxx") if token else plain

    return clean


class AskedTally:
    """Counts repositories of a registry that does not tell its history; ``moves_tags`` as the command was told."""

    def __init__(self, out: Callable[[str], None], *, moves_tags: bool = False) -> None:
        self._way = "tags are written once here" if moves_tags else "--move-tags lets it follow"
        self._out = out
        self._count = self._tags = self._brought = self._moved = 0
        self.is_used = False
        self.failures = 0

    def add(self, asked: RepositoryAsked) -> None:
        """Count one repository, and tell of it what there is to tell."""
        name, _versions, brought, tags, moved, missing, stayed, error = asked
        if not self.is_used:
            self._out(
                "It does not tell its history: the latest comes over, and the tags that are named by --repo and --tag."
            )
        self.is_used = True
        self.failures += bool(error)
        self._count += bool(tags)
        self._tags += len(tags)
        self._brought += brought
        self._moved += len(moved)
        if error:
            self._out(f"{name}: {error}")
        elif not tags:
            self._out(f"{name}: nothing that was asked for is there")
        else:
            self._tell(name, brought, moved, missing, stayed)

    def _tell(
        self, name: str, brought: int, moved: Sequence[str], missing: Sequence[str], stayed: Sequence[str]
    ) -> None:
        if moved:
            self._out(f"{name}: {plural(brought, 'version')} brought, set here: {', '.join(moved)}")
        if missing:
            self._out(f"{name}: not there: {_list(missing)}")
        for tag in stayed:
            self._out(f"{name}: {tag} means another version here and stays; {self._way}")

    def text(self) -> str:
        """How much there was, and how much of it was brought."""
        there = f"{repositories(self._count)}, {plural(self._tags, 'tag')} with latest"
        news = f"{plural(self._brought, 'version')} brought, {plural(self._moved, 'tag')} set"
        return f"{there}; {news if self._moved else 'nothing new'}"


def absent_text(names: Sequence[str]) -> str:
    """What was named and is not there, as a person named it."""
    return ", ".join(f"tag {name[1:]}" if name.startswith(":") else name for name in names)


def _list(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_SHOWN])} and {more} more"
