"""Flags and arguments as the Go tools take them: in any order, ``--flag value`` or ``--flag=value``.

argparse parses; this module speaks its errors in the words that scripts already match on.
"""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from atlas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TRUE = {"1", "t", "true"}
_FALSE = {"0", "f", "false"}
_MISSING = "the following arguments are required: "


class Example(NamedTuple):
    """A command line that works as it stands, and what it is for."""

    line: str
    text: str


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Argparse asks for one with every flag; without a width it would load what measures the terminal each time."""
    return argparse.HelpFormatter(prog, width=80)


class Parser(argparse.ArgumentParser):
    """A parser for one command. Modules call ``flag``, ``switch``, ``add_argument`` and ``example`` on it."""

    def __init__(self, words: Sequence[str], summary: str) -> None:
        super().__init__(
            prog=" ".join(("atlas", *words)),
            description=summary,
            allow_abbrev=False,
            add_help=False,
            formatter_class=_formatter,
        )
        self.words = tuple(words)
        self._switches: set[str] = set()
        self._required: dict[str, str] = {}
        self.examples: list[Example] = []
        self.sections: dict[str, str] = {}
        self.shapes: dict[str, int | str | None] = {}

    def flag(self, *names: str, text: str, default: str = "", required: bool = False) -> None:
        """A flag with one value; repeated, the last one wins. ``required`` may still be filled by atlas.hcl."""
        self.add_argument(*names, action=_Given, default=default, help=text, metavar=_placeholder(names))
        if required:
            long = max(names, key=len)
            self._required[long.lstrip("-").replace("-", "_")] = long.lstrip("-")

    def repeated(self, *names: str, text: str) -> None:
        """A flag that may be given several times."""
        self.add_argument(*names, action="append", default=[], help=text, metavar=_placeholder(names))

    def switch(self, *names: str, text: str) -> None:
        """A flag without a value; ``--flag=false`` is understood too."""
        self.add_argument(*names, action="store_true", help=text)
        self._switches.update(names)

    def example(self, line: str, text: str) -> None:
        """A command line for the help and the reference; a test parses it."""
        self.examples.append(Example(line, text))

    @contextmanager
    def section(self, title: str) -> Iterator[None]:
        """Flags that are added in this block stand below ``title`` in the help."""
        before = {action.dest for action in self._actions}
        yield
        self.sections |= {action.dest: title for action in self._actions if action.dest not in before}

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """Flags and arguments in the order they were added."""
        return tuple(self._actions)

    def is_required(self, action: argparse.Action) -> bool:
        """Whether the command fails when neither the command line nor atlas.hcl gives this flag."""
        return action.dest in self._required

    def format_help(self) -> str:
        from atlas.cli.help.text import command_help

        return command_help(self)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse the words after the command.

        Raises:
            UsageError: In the words of the Go tools (``unknown flag: --x``).
        """
        # NB: argparse hides how often an argument may stand while it reads flags, which is when --help is met
        self.shapes = {action.dest: action.nargs for action in self._actions}
        arguments, rest = self.parse_known_intermixed_args(self._with_plain_switches(words))
        for word in rest:
            if word.startswith("-") and word != "-":
                kind = "flag" if word.startswith("--") else "shorthand flag"
                name = word.split("=", 1)[0]
                raise UsageError(f"unknown {kind}: {name}{self._alike(name)}")
        if rest:
            raise UsageError(f"unknown argument {rest[0]!r} for {self.prog!r}: see '{self.prog} --help'")
        return arguments

    def need(self, arguments: argparse.Namespace) -> None:
        """Check required flags, after atlas.hcl had its say."""
        missing = [f'"{name}"' for key, name in self._required.items() if not getattr(arguments, key)]
        if missing:
            raise UsageError(f"required flag(s) {', '.join(missing)} not set")

    def error(self, message: str) -> NoReturn:
        if message.endswith("expected one argument"):
            name = message.removeprefix("argument ").split(":", 1)[0].split("/")[-1]
            message = f"flag needs an argument: {name}"
        elif message.startswith(_MISSING):
            message = f"missing {message.removeprefix(_MISSING)}: see '{self.prog} --help'"
        raise UsageError(message)

    def _alike(self, name: str) -> str:
        from difflib import get_close_matches

        known = [option for action in self._actions for option in action.option_strings]
        [near, *_] = [*get_close_matches(name, known, n=1, cutoff=0.7), ""]
        return f": did you mean {near}? See '{self.prog} --help'" if near else f": see '{self.prog} --help'"

    def _with_plain_switches(self, words: Sequence[str]) -> list[str]:
        plain: list[str] = []
        for word in words:
            name, sign, value = word.partition("=")
            if not sign or name not in self._switches:
                plain.append(word)
            elif value.lower() in _TRUE:
                plain.append(name)
            elif value.lower() not in _FALSE:
                raise UsageError(f'invalid argument "{value}" for "{name}" flag: expected true or false')
        return plain


class _Given(argparse.Action):
    """Keeps the value, and in ``arguments.given`` that there was one: an empty one too is somebody's word."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  the signature of argparse
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002  as above
    ) -> None:
        """See ``argparse.Action``."""
        setattr(namespace, self.dest, values)
        namespace.given = {*getattr(namespace, "given", ()), self.dest}


def _placeholder(names: Sequence[str]) -> str:
    """The last word of the longest name: ``--lock-timeout TIMEOUT``."""
    return max(names, key=len).rpartition("-")[2].upper()


def add_project_flags(parser: Parser) -> None:
    """The flags every command understands: which atlas.hcl, which env of it, which variables."""
    with parser.section("Flags of every command"):
        parser.flag("--env", text="use this env block of atlas.hcl")
        parser.repeated("--var", text="set a variable of atlas.hcl, as name=value")
        parser.repeated(
            "-c", "--config", text="the project file; several are read together (default file://atlas.hcl)"
        )
        parser.switch(
            "--allow-programs",
            text="let data sources of the project file run programs (ATLAS_ALLOW_PROGRAMS=1)",
        )
        parser.add_argument("-h", "--help", action="help", help="show this text")
