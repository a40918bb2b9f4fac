"""The help of commands and groups, and what is said about words that are none."""

from __future__ import annotations

import pytest
from atlas.cli.commands.table import COMMANDS, GROUPS
from atlas.cli.context import Context
from atlas.cli.flags.parser import Parser, add_project_flags
from atlas.cli.help.suggest import distance, suggestions
from atlas.cli.help.text import below_of, command_help
from atlas.cli.main import _dispatch
from atlas.settings import settings_from

PAGE = """\
Make a thing.

Usage:
  atlas thing [flags] [amount] [paths...]

Examples:
  # the first
  atlas thing --to x

Arguments:
  amount                how many
  paths                 which

Required flags:
      --to TO           where to

Flags:
      --dry-run         say it alone
  -u, --url URL         a text that is much longer than one line of the page would be on
                        a narrow screen, so that it is wrapped

Flags of every command:
      --allow-programs  let data sources of the project file run programs
                        (ATLAS_ALLOW_PROGRAMS=1)
  -c, --config CONFIG   the project file; several are read together (default
                        file://atlas.hcl)
      --env ENV         use this env block of atlas.hcl
  -h, --help            show this text
      --var VAR         set a variable of atlas.hcl, as name=value
"""


def thing() -> Parser:
    parser = Parser(("thing",), "Make a thing.")
    add_project_flags(parser)
    parser.example("atlas thing --to x", "the first")
    parser.flag("--to", text="where to", required=True)
    parser.flag(
        "-u",
        "--url",
        text="a text that is much longer than one line of the page would be on a narrow screen, so that it is wrapped",
    )
    parser.switch("--dry-run", text="say it alone")
    parser.add_argument("amount", nargs="?", help="how many")
    parser.add_argument("paths", nargs="*", help="which")
    return parser


def test_a_page_has_groups_in_a_fixed_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    assert command_help(thing()) == PAGE


@pytest.mark.parametrize("columns", ["20", "60", "80", "200", "0"])
def test_no_line_is_longer_than_the_screen_unless_a_word_is(
    monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    limit = max(int(columns) or 100, 60)
    for line in command_help(thing()).splitlines():
        assert len(line) <= limit


def test_help_met_while_flags_are_read_shows_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    expected = command_help(thing())
    with pytest.raises(SystemExit) as ended:
        thing().read(["--to", "x", "--help", "--nope"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == expected


def test_a_group_lists_what_is_one_word_below_it() -> None:
    assert set(below_of(("cloud",))) == {"database", "migration", "repo"}
    assert list(below_of(("cloud", "database"))) == ["describe", "list"]
    assert below_of(("version",)) == {}


@pytest.mark.parametrize(
    ("group", "word", "meant"),
    [
        ((), "mgirate", ["migrate"]),
        ((), "Schema", ["schema"]),
        ((), "comp", ["completion"]),
        (("migrate",), "aply", ["migrate apply"]),
        (("migrate",), "stat", ["migrate status"]),
        ((), "apply", ["migrate apply", "schema apply"]),
        ((), "x", []),
        (("cloud",), "repos", ["cloud repo"]),
        ((), "xyzzy", []),
    ],
)
def test_what_may_have_been_meant(group: tuple[str, ...], word: str, meant: list[str]) -> None:
    assert suggestions(group, word) == meant


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [("", "", 0), ("a", "", 1), ("apply", "apply", 0), ("aplpy", "apply", 1), ("kitten", "sitting", 3)],
)
def test_slips_of_the_finger_are_counted(left: str, right: str, slips: int) -> None:
    assert distance(left, right) == distance(right, left) == slips


def test_every_word_of_a_command_finds_itself() -> None:
    for words in {*GROUPS, *(command.words for command in COMMANDS)}:
        assert " ".join(words) in suggestions(words[:-1], words[-1])


def test_the_flags_of_every_command_are_the_last_group(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _dispatch(["registry", "import", "--help"], Context(settings_from({}), {}))
    titles = [line for line in capsys.readouterr().out.splitlines() if line.endswith(":")]
    assert titles[-1] == "Flags of every command:"
    assert "Choosing:" in titles
