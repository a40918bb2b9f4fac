"""Examples of the help: every command has some, and each is a command line that is understood."""

from __future__ import annotations

import re
import shlex
from importlib import import_module

import pytest
from atlas.cli.commands.table import COMMANDS, Command
from atlas.cli.flags.parser import Example, Parser, add_project_flags
from atlas.cli.main import _find

MOST = 3


def parser_of(command: Command) -> Parser:
    parser = Parser(command.words, command.summary)
    add_project_flags(parser)
    import_module(command.module).define(parser)
    return parser


EXAMPLES = [(command, example) for command in COMMANDS for example in parser_of(command).examples]


def words_of(example: Example) -> list[str]:
    """The words after ``atlas``, up to what a shell would take for itself."""
    inner = re.fullmatch(r"source <\((.*)\)", example.line)
    words = shlex.split(inner[1] if inner else example.line)
    end = next((at for at, word in enumerate(words) if word in {"|", ">", ">>"}), len(words))
    assert words[0] == "atlas"
    return words[1:end]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command.words))
def test_every_command_has_one_to_three_examples(command: Command) -> None:
    examples = parser_of(command).examples
    assert 1 <= len(examples) <= MOST
    assert all(example.text and not example.text.endswith(".") for example in examples)


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=lambda value: getattr(value, "line", ""))
def test_every_example_is_understood(command: Command, example: Example) -> None:
    found, rest = _find(words_of(example))
    assert found == command
    arguments = parser_of(command).read(rest)
    parser_of(command).need(arguments) if "--env" not in example.line else None


def test_a_flag_that_is_none_would_be_found_out() -> None:
    command = COMMANDS[0]
    with pytest.raises(Exception, match="unknown flag: --nope"):
        parser_of(command).read(["--nope", "x"])
