"""Where in a command line the cursor is."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.cli.commands.table import BY_WORDS, GROUPS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from atlas.cli.commands.table import Command
    from atlas.cli.flags.parser import Parser


@dataclass(frozen=True, slots=True)
class Place:
    """What stands before the cursor.

    Attributes:
        group: The words of a group where no command is named yet.
        command: The command, once it is named.
        flag: The flag whose value is being typed.
        given: The flags that were given, by ``dest``, with their values.
        partial: What is typed of the word, or of the flag's value.
        prefix: What of the word stands before ``partial``: ``--env=``.
    """

    group: tuple[str, ...]
    command: Command | None
    flag: argparse.Action | None
    given: dict[str, list[str]]
    partial: str
    prefix: str = ""


def place_of(words: Sequence[str]) -> Place:
    """The place at the end of the last word; ``words`` are those after ``atlas``, the last one may be empty."""
    *before, partial = words or [""]
    group, command, rest = _command(before)
    parser = parser_of(command) if command else _shared()
    given, open_flag = _flags(parser, rest)
    if open_flag is not None:
        return Place(group, command, open_flag, given, partial)
    name, sign, value = partial.partition("=")
    flag = flags_of(parser).get(name) if partial.startswith("--") and sign else None
    if flag is not None and flag.nargs != 0:
        return Place(group, command, flag, given, value, f"{name}=")
    return Place(group, command, None, given, partial)


def words_of(line: str) -> list[str]:
    """The words of a line as a shell cuts it, without the first; a quote may still be open at its end."""
    for end in ("", '"', "'"):
        try:
            words = shlex.split(line + end)
        except ValueError:
            continue
        is_open = not end and line[-1:].isspace() and not line.endswith("\\ ")
        return [*words[1:], ""] if is_open or len(words) == 1 else words[1:]
    return [""]


def parser_of(command: Command) -> Parser:
    """The flags of a command."""
    from importlib import import_module

    from atlas.cli.flags.parser import Parser, add_project_flags

    parser = Parser(command.words, command.summary)
    add_project_flags(parser)
    import_module(command.module).define(parser)
    return parser


def flags_of(parser: Parser) -> dict[str, argparse.Action]:
    """Flags by all of their names."""
    return {name: action for action in parser.actions for name in action.option_strings}


def _shared() -> Parser:
    from atlas.cli.flags.parser import Parser, add_project_flags

    parser = Parser((), "")
    add_project_flags(parser)
    return parser


def _command(words: Sequence[str]) -> tuple[tuple[str, ...], Command | None, list[str]]:
    """The longest command or group that the words without flags begin with, and all other words."""
    known = flags_of(_shared())
    named: tuple[str, ...] = ()
    rest: list[str] = []
    pending = list(words)
    while pending:
        word = pending.pop(0)
        if word == "help" and not named:
            continue
        if word.startswith("-"):
            rest.append(word)
            flag = known.get(word)
            if flag is not None and flag.nargs != 0 and pending:
                rest.append(pending.pop(0))
        elif (*named, word) in BY_WORDS or (*named, word) in GROUPS:
            named = (*named, word)
        elif named in BY_WORDS:
            rest += [word, *pending]
            break
        else:
            return (*named, word), None, rest  # nothing is below a word that is unknown
        if named in BY_WORDS and not any(longer[: len(named)] == named != longer for longer in BY_WORDS):
            rest += pending
            break
    return named, BY_WORDS.get(named), rest


def _flags(parser: Parser, words: Sequence[str]) -> tuple[dict[str, list[str]], argparse.Action | None]:
    """The flags in the words with their values, and the one that still waits for its value."""
    known = flags_of(parser)
    given: dict[str, list[str]] = {}
    waiting: argparse.Action | None = None
    for word in words:
        if waiting is not None:
            given[waiting.dest].append(word)
            waiting = None
            continue
        name, sign, value = word.partition("=")
        flag = known.get(name)
        if flag is None:
            continue
        values = given.setdefault(flag.dest, [])
        if sign:
            values.append(value)
        elif flag.nargs != 0:
            waiting = flag
    return given, waiting
