"""What is offered on TAB, by the place of the cursor."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest
from atlas.cli.commands.cloud.repo.create import _TYPES
from atlas.cli.commands.table import COMMANDS, Command
from atlas.cli.completion.candidates import Answer, answer_at
from atlas.cli.completion.place import parser_of, place_of, words_of
from atlas.cli.completion.values import WORDS
from atlas.engine.apply import ExecOrder, Interrupted, TxMode
from atlas.server.store.registry import Scope
from atlas.wire.contract import DeploymentStatus, is_driver

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("httpx", "ssl", "sqlalchemy", "psycopg", "pymysql", "sqlite3", "starlette", "kopf", "asyncio")
LIST_MODULES = """
import json, sys
sys.argv = ["atlas", "__complete", *sys.argv[1:]]
from atlas.__main__ import main
try:
    main()
finally:
    sys.stdout.write(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def at(*words: str) -> Answer:
    return answer_at(place_of(words))


def words(*typed: str) -> list[str]:
    return [candidate.word for candidate in at(*typed).candidates]


def test_commands_and_groups_are_offered_with_what_they_do() -> None:
    assert words("m") == ["migrate"]
    assert words("schema", "plan", "p") == ["pull", "push"]
    assert words("help", "migrate", "st") == ["status"]
    [status] = at("migrate", "st").candidates
    assert status.text == "Compare a database with a migration directory."


def test_below_a_word_that_is_unknown_there_is_nothing() -> None:
    assert at("nope", "") == Answer()
    assert at("migrate", "nope", "") == Answer()


def test_flags_of_the_command_are_offered_once_unless_they_may_be_repeated() -> None:
    assert words("migrate", "apply", "--dry") == ["--dry-run"]
    assert words("migrate", "apply", "--dry-run", "--dry") == []
    assert words("migrate", "apply", "--env", "x", "--env") == []
    assert words("migrate", "apply", "--var", "a=1", "--var") == ["--var"]
    assert words("migrate", "apply", "-u", "x", "--url") == []


def test_flags_before_the_command_are_understood() -> None:
    assert words("--env", "prod", "migrate", "st") == ["status"]
    assert words("migrate", "--env", "prod", "st") == ["status"]


@pytest.mark.parametrize("typed", [("--env", ""), ("--env=",), ("-c", "file://other.hcl", "--env", "p")])
def test_environments_are_the_labels_of_the_project_file(folder: Path, typed: tuple[str, ...]) -> None:
    (folder / "atlas.hcl").write_text(
        'env "prod" {}\n# env "no" {}\n  env "dev" {\n}\nenv {}\nenv "${x}" {}\n'
    )
    (folder / "other.hcl").write_text('env "prod" {\n  broken\n')
    found = words("migrate", "apply", *typed)
    assert found in (["prod", "dev"], ["--env=prod", "--env=dev"], ["prod"])
    assert len(found) == (1 if "-c" in typed else 2)


def test_without_a_project_file_there_are_no_environments(folder: Path) -> None:
    assert words("migrate", "apply", "--env", "") == []
    (folder / "atlas.hcl").mkdir()
    assert words("migrate", "apply", "--env", "") == []


def test_files_come_behind_their_scheme(folder: Path) -> None:
    for name in ("migrations", ".hidden"):
        (folder / name).mkdir()
    for name in ("schema.sql", "app.db", ".env"):
        (folder / name).write_text("")
    assert words("migrate", "apply", "--dir", "") == ["file://", "atlas://"]
    assert words("migrate", "apply", "--dir", "file://") == ["file://migrations/"]
    assert words("schema", "apply", "--to", "file://s") == ["file://schema.sql"]
    assert words("schema", "apply", "--to", "file://.e") == ["file://.env"]
    assert words("schema", "apply", "--url", "sqlite://a") == ["sqlite://app.db"]
    assert words("schema", "apply", "--to", f"file://{folder}/sch") == [f"file://{folder}/schema.sql"]
    assert words("schema", "apply", "--to", "file://nowhere/x") == []
    assert at("schema", "apply", "--to", "file://m").joins
    assert not at("schema", "apply", "--to", "file://s").joins


def test_passwords_and_hosts_are_nobodys_to_guess() -> None:
    assert words("migrate", "apply", "--url", "postgres://user:") == []


def test_shells_may_offer_files_where_a_command_takes_a_word() -> None:
    assert at("schema", "fmt", "").files
    assert at("registry", "serve", "--data", "").files
    assert not at("whoami", "").files
    assert not at("migrate", "").files


def test_words_of_flags_are_those_that_the_commands_take() -> None:
    assert set(WORDS["exec_order"]) == {order.value for order in ExecOrder}
    assert set(WORDS["tx_mode"]) == {mode.value for mode in TxMode}
    assert {*WORDS["interrupted"], "stop"} == {one.value for one in Interrupted}
    assert set(WORDS["status"]) == set(get_args(DeploymentStatus))
    assert set(WORDS["scope"]) == set(get_args(Scope))
    assert set(WORDS["type"]) < set(_TYPES)
    assert all(is_driver(name) for name in WORDS["driver"])
    known = {action.dest for command in COMMANDS for action in parser_of(command).actions}
    assert set(WORDS) <= known


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("atlas", [""]),
        ("atlas ", [""]),
        ("atlas mig", ["mig"]),
        ("atlas migrate ", ["migrate", ""]),
        ("atlas  migrate --dir='a b", ["migrate", "--dir=a b"]),
        ('atlas migrate "x y" ', ["migrate", "x y", ""]),
        ("atlas a\\ b", ["a b"]),
        ("atlas --to=file://x", ["--to=file://x"]),
    ],
)
def test_a_line_is_cut_as_a_shell_cuts_it(line: str, cut: list[str]) -> None:
    assert words_of(line) == cut


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command.words))
def test_every_command_completes_all_of_its_flags(command: Command) -> None:
    found = words(*command.words, "--")
    assert {"--env", "--config", "--var", "--help"} <= set(found)


def test_a_tab_imports_nothing_heavy() -> None:
    typed = ("migrate", "apply", "--url", "")
    answer = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *typed], capture_output=True, text=True, check=True
    )
    text, _, modules = answer.stdout.rpartition("\n")
    assert text.endswith(":6")
    assert not set(HEAVY) & set(json.loads(modules))
