"""What can stand at a place in a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.cli.completion.place import Place, flags_of, parser_of
from atlas.cli.completion.values import values_of
from atlas.cli.help.text import below_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.cli.commands.table import Command


class Candidate(NamedTuple):
    """A word, and what it is in a few words."""

    word: str
    text: str = ""


class Answer(NamedTuple):
    """Candidates in order. ``joins``: the word goes on; ``files``: the shell may offer files beside them."""

    candidates: tuple[Candidate, ...] = ()
    joins: bool = False
    files: bool = False


def answer_at(place: Place) -> Answer:
    """Everything that begins with what is typed."""
    if place.flag is not None:
        values = values_of(place)
        words = (*values.closed, *values.open)
        found = tuple(Candidate(place.prefix + word) for word in words)
        return Answer(found, joins=bool(values.open) and not values.closed, files=values.files)
    if place.command is not None and place.partial.startswith("-"):
        return Answer(tuple(_flags(place, place.command)))
    below = tuple(_below(place)) if not place.given or place.command is None else ()
    return Answer(below, files=place.command is not None and not below and _takes_arguments(place.command))


def _flags(place: Place, command: Command) -> Iterator[Candidate]:
    """Long names; one that was given is offered again only where it may be repeated."""
    seen: set[str] = set()
    for name, action in sorted(flags_of(parser_of(command)).items()):
        repeats = isinstance(action.default, list)
        if action.dest in place.given and not repeats:
            continue
        if name.startswith(place.partial) and name.startswith("--") and action.dest not in seen:
            seen.add(action.dest)
            yield Candidate(name, action.help or "")


def _below(place: Place) -> Iterator[Candidate]:
    rows = below_of(place.group)
    if not place.group:
        rows["help"] = "Show what a command is for."
    for word, text in sorted(rows.items()):
        if word.startswith(place.partial):
            yield Candidate(word, text)


def _takes_arguments(command: Command) -> bool:
    return any(not action.option_strings for action in parser_of(command).actions)
