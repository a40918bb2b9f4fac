"""TAB in real shells: each is started in a terminal of its own, is typed at, and shows what its line has become."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.conftest import ATLAS, Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROJECT = 'env "prod" {\n  url = "sqlite://app.db"\n}\nenv "staging" {\n}\nenv {\n  name = atlas.env\n}\n'
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(atlas completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D; source <(atlas completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "atlas completion fish | source"),
}
LIMIT_S = 30
LINE_START, CANCEL = "\x01", "\x03"
OF_TERMINALS = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|[()][A-Z0-9]|[=>]|\][^\x07]*\x07)|[\r\x07]")


class Terminal:
    """A shell that is typed at."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._seen = ""

    def types(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def shows(self, text: str) -> str:
        """Wait for a text, and return what was shown up to its end."""
        limit = time.monotonic() + LIMIT_S
        while text not in self._seen:
            ready, _, _ = select.select([self._descriptor], [], [], max(0, limit - time.monotonic()))
            assert ready, f"{text!r} was not shown, but: {self._seen!r}"
            self._seen += OF_TERMINALS.sub("", os.read(self._descriptor, 65536).decode(errors="replace"))
        shown, _, self._seen = self._seen.partition(text)
        return shown + text

    def completes(self, line: str) -> list[str]:
        """The words after TAB was pressed at the end of the line and END was typed behind what it made."""
        self.types(f"{line}\tEND; echo do''ne{LINE_START}printf '<%s>' \r")
        shown = self.shows("done")
        return re.findall(r"<([^<>\n]*)>", shown[shown.rindex("<atlas>") :])

    def lists(self, line: str, last: str) -> str:
        """What is shown when TAB is pressed twice; ``last`` is shown last."""
        self.types(f"{line}\t\t")
        shown = self.shows(last)
        self.types(f"{CANCEL}\r")
        return shown


@contextmanager
def terminal(name: str, folder: Path) -> Iterator[Terminal]:
    command, start = START[name]
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{name} is not installed")
    child, descriptor = pty.fork()
    if not child:  # pragma: no cover - another process
        os.chdir(folder)
        path = f"{ATLAS.parent}:{os.environ['PATH']}"
        environ = {"HOME": str(folder), "PATH": path, "TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "200"}
        os.execve(program, command, environ)
    try:
        shell = Terminal(descriptor)
        shell.types(f"{start}; echo rea''dy\r")
        shell.shows("ready")
        yield shell
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(descriptor)


@pytest.fixture(params=list(START))
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "atlas.hcl").write_text(PROJECT)
    for folder in ("migrations/old", "schema dir"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "schema.hcl").write_text("")
    (tmp_path / "schema.sql").write_text("")
    with terminal(request.param, tmp_path) as started:
        yield started


def test_commands_are_completed(shell: Terminal) -> None:
    assert shell.completes("atlas mig") == ["atlas", "migrate", "END"]
    assert shell.completes("atlas migrate app") == ["atlas", "migrate", "apply", "END"]
    assert shell.completes("atlas cloud rep") == ["atlas", "cloud", "repo", "END"]
    assert shell.completes("atlas help completion powe") == [
        "atlas", "help", "completion", "powershell", "END"
    ]  # fmt: skip


def test_flags_are_completed(shell: Terminal) -> None:
    assert shell.completes("atlas migrate apply --to-v")[-2:] == ["--to-version", "END"]
    assert shell.completes("atlas migrate apply --dry-run --allow-d")[-2:] == ["--allow-dirty", "END"]
    assert shell.completes("atlas schema plan --auto")[-2:] == ["--auto-approve", "END"]


def test_environments_are_those_of_the_project_file(shell: Terminal) -> None:
    assert shell.completes("atlas migrate apply --env st")[-2:] == ["staging", "END"]
    assert shell.completes("atlas migrate apply --env=pr")[-2:] == ["--env=prod", "END"]
    assert "prod" in shell.lists("atlas schema apply --env ", "staging")


def test_urls_of_files_are_completed_step_by_step(shell: Terminal) -> None:
    assert shell.completes("atlas migrate apply --dir fi")[-1] == "file://END"  # the word goes on
    assert shell.completes("atlas migrate apply --dir file://m")[-1] == "file://migrations/END"
    assert shell.completes("atlas schema apply --to file://schema.s")[-2:] == ["file://schema.sql", "END"]
    assert shell.completes("atlas schema apply --to file://mig")[-1] == "file://migrations/END"
    assert shell.completes("atlas schema apply --to=file://schema.h")[-2:] == [
        "--to=file://schema.hcl",
        "END",
    ]


def test_words_of_a_flag_are_completed(shell: Terminal) -> None:
    assert shell.completes("atlas migrate apply --exec-order non")[-2:] == ["non-linear", "END"]
    assert shell.completes("atlas cloud migration list --status NO")[-2:] == ["NO_ACTION", "END"]


def test_a_template_is_one_word(shell: Terminal) -> None:
    assert shell.completes("atlas migrate status --format ")[-2:] == ["{{ json . }}", "END"]


def test_files_are_offered_where_a_command_takes_some(shell: Terminal) -> None:
    assert shell.completes("atlas schema fmt schema.h")[-2:] == ["schema.hcl", "END"]


def test_nothing_is_made_up(shell: Terminal) -> None:
    assert shell.completes("atlas nope mig")[-1] == "migEND"
    assert shell.completes("atlas migrate apply --env no")[-1] == "noEND"
    assert shell.completes("atlas whoami schema.h")[-1] == "schema.hEND"


def test_a_script_says_how_it_is_installed(atlas: Shell) -> None:
    for name in ("bash", "zsh", "fish", "powershell"):
        assert "__complete" in atlas.ok("completion", name)
        assert "Examples:" in atlas.ok("completion", name, "--help")
    answer = atlas("completion", "tcsh")
    assert (answer.code, answer.err.splitlines()[0]) == (
        1,
        'Error: unknown command "tcsh" for "atlas completion"',
    )
