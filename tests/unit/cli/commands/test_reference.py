"""The reference of the command line is written from the code: a command or flag without a word in it fails here."""

from __future__ import annotations

from importlib import import_module

import pytest
from atlas.cli.commands.table import COMMANDS, GROUPS, Command
from atlas.cli.flags.parser import Parser

from docs.generate import TARGET, reference


def test_the_reference_is_what_make_docs_writes() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference(), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command.words))
def test_every_flag_has_a_text(command: Command) -> None:
    parser = Parser(command.words, command.summary)
    import_module(command.module).define(parser)
    assert [action.dest for action in parser._actions if not action.help] == []
    assert command.summary.endswith(".")


def test_every_command_of_two_words_has_a_group() -> None:
    groups = {command.words[:end] for command in COMMANDS for end in range(1, len(command.words))}
    assert groups - {command.words for command in COMMANDS} == set(GROUPS)
