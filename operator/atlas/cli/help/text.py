"""The text of ``--help`` of one command: what it does, how it is written, examples, and its flags in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from atlas.cli.commands.table import COMMANDS, GROUPS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

_INDENT = "  "
_GAP = 2
_WIDE = (100, 24)  # of what is no terminal
_READABLE = 120
_LEFT_LIMIT = 34
_NO_SHORT = "    "


class Example(Protocol):
    """A command line, and what it is for."""

    @property
    def line(self) -> str: ...

    @property
    def text(self) -> str: ...


class Described(Protocol):
    """What the text tells of a command. ``cli.flags.parser.Parser`` is one, and makes its help here."""

    prog: str
    description: str | None
    words: tuple[str, ...]
    sections: dict[str, str]
    shapes: dict[str, int | str | None]

    @property
    def examples(self) -> Sequence[Example]: ...

    @property
    def actions(self) -> Sequence[argparse.Action]: ...

    def is_required(self, action: argparse.Action) -> bool: ...


def command_help(parser: Described) -> str:
    """The whole text, ending with a newline."""
    below = below_of(parser.words)
    lines = [usage(parser), *([f"{parser.prog} [command]"] if below else [])]
    parts = [str(parser.description or ""), "Usage:\n" + "\n".join(_INDENT + line for line in lines)]
    if parser.examples:
        shown = (f"{_INDENT}# {example.text}\n{_INDENT}{example.line}" for example in parser.examples)
        parts.append("Examples:\n" + "\n\n".join(shown))
    groups = {title: [(left(one), one.help or "") for one in actions] for title, actions in _groups(parser)}
    if below:
        groups = {"Commands": list(below.items()), **groups}
    column = min(max(len(name) for rows in groups.values() for name, _ in rows), _LEFT_LIMIT)
    parts.extend(f"{title}:\n{_table(rows, column)}" for title, rows in groups.items())
    return "\n\n".join(parts) + "\n"


def below_of(words: tuple[str, ...]) -> dict[str, str]:
    """The commands and groups one word below these, with what they do, in order of their names."""
    rows: dict[str, str] = {}
    for known, summary in [*GROUPS.items(), *((command.words, command.summary) for command in COMMANDS)]:
        if known[:-1] == words:
            rows.setdefault(known[-1], summary)
    return dict(sorted(rows.items()))


def usage(parser: Described) -> str:
    """The command line as a pattern: ``atlas migrate apply [flags] [amount]``."""
    arguments = [argument(parser, action) for action in _arguments(parser)]
    return " ".join([parser.prog, "[flags]", *arguments])


def argument(parser: Described, action: argparse.Action) -> str:
    """A positional argument as a pattern: what may be left out stands in brackets."""
    name = str(action.metavar or action.dest)
    match parser.shapes.get(action.dest, action.nargs):
        case "?":
            return f"[{name}]"
        case "*":
            return f"[{name}...]"
        case "+":
            return f"{name}..."
        case _:
            return name


def left(action: argparse.Action) -> str:
    """The left column: ``-u, --url URL``, with room for the short name where there is none."""
    if not action.option_strings:
        return str(action.metavar or action.dest)
    names = sorted(action.option_strings, key=lambda name: name.startswith("--"))
    short = "" if len(names[0]) == len("-x") else _NO_SHORT
    value = f" {action.metavar}" if action.metavar and action.nargs != 0 else ""
    return short + ", ".join(names) + value


def _groups(parser: Described) -> Iterator[tuple[str, Sequence[argparse.Action]]]:
    """Arguments, what must be given, what may, and the sections of shared flags."""
    flags = [action for action in parser.actions if action.option_strings]
    own = [action for action in flags if action.dest not in parser.sections]
    groups = {
        "Arguments": _arguments(parser),
        "Required flags": [action for action in own if parser.is_required(action)],
        "Flags": [action for action in own if not parser.is_required(action)],
    }
    for title in dict.fromkeys(parser.sections.values()):
        groups[title] = [action for action in flags if parser.sections.get(action.dest) == title]
    for title, actions in groups.items():
        if actions:
            yield title, sorted(actions, key=_name) if title != "Arguments" else actions


def _arguments(parser: Described) -> list[argparse.Action]:
    """What is no flag; of a command that has others below it, none: the word would be one of theirs."""
    if below_of(parser.words):
        return []
    return [action for action in parser.actions if not action.option_strings]


def _name(action: argparse.Action) -> str:
    return max(action.option_strings, key=len)


def _table(rows: Sequence[tuple[str, str]], column: int) -> str:
    """Two columns; a name that is too long for the left one has a line of its own."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size(_WIDE).columns, _READABLE)
    indent = " " * (len(_INDENT) + column + _GAP)
    lines: list[str] = []
    for name, text in rows:
        wrapped = textwrap.wrap(text, max(width - len(indent), 20), break_on_hyphens=False) or [""]
        if len(name) > column:
            lines.append(_INDENT + name)
        else:
            lines.append(f"{_INDENT}{name:<{column + _GAP}}{wrapped.pop(0)}".rstrip())
        lines.extend(indent + line for line in wrapped)
    return "\n".join(lines)
