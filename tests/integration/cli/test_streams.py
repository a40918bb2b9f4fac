"""Streams that are closed, full, or read by somebody who leaves; and a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.conftest import ATLAS, Shell

if TYPE_CHECKING:
    from pathlib import Path

URL = "sqlite://app.db"
MANY = {f"{number:04}_{'x' * 60}.sql": "SELECT 1;\n" for number in range(1, 300)}


def shell(atlas: Shell, line: str) -> subprocess.CompletedProcess[str]:
    environ = {**atlas.environ, "ATLAS": str(ATLAS)}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=atlas.folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["version", "migrate ls", "migrate --help"])
def test_a_reader_who_leaves_is_no_news(atlas: Shell, command: str) -> None:
    atlas.write(MANY)
    done = shell(atlas, f"(sleep 0.3; $ATLAS {command}) | true")
    assert (done.returncode, done.stderr) == (1, "")


def test_one_line_is_enough_for_some_readers(atlas: Shell) -> None:
    atlas.write(MANY)
    done = shell(atlas, "$ATLAS migrate ls | head -1")
    assert (done.stdout, done.stderr) == (min(MANY) + "\n", "")


@pytest.mark.parametrize("command", ["version", "migrate ls"])
def test_an_answer_that_cannot_be_written_is_a_failure(atlas: Shell, command: str) -> None:
    atlas.write(MANY)
    done = shell(atlas, f"$ATLAS {command} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "Error: stdout: No space left on device\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_nowhere(atlas: Shell, closed: str) -> None:
    atlas.write({"1_a.sql": "CREATE TABLE a (id integer);\n"})
    done = shell(atlas, f"$ATLAS version {closed} && $ATLAS migrate apply --url {URL} {closed}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Migration Status: OK" in atlas.ok("migrate", "status", "--url", URL)


def on_a_terminal(atlas: Shell, *words: str, **environ: str) -> str:
    master, terminal = pty.openpty()
    run = subprocess.Popen(
        [str(ATLAS), *words],
        cwd=atlas.folder,
        env={**atlas.environ, "TERM": "xterm", "COLUMNS": "60", **environ},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux: the last process has closed the terminal
            break
        if not piece:
            break
        seen += piece
    os.close(master)
    assert run.wait(60) == 0
    return seen.decode()


STATEMENT = f"CREATE TABLE a (id integer CHECK (id <> 7), [b] text DEFAULT '{'long ' * 30}');"


def test_a_terminal_shows_a_bar_and_the_statements_unbroken(atlas: Shell) -> None:
    atlas.write({"1_a.sql": f"{STATEMENT}\n"})
    seen = on_a_terminal(atlas, "migrate", "apply", "--url", URL)
    assert "━" in seen
    assert f"    -> {STATEMENT}\r\n" in seen
    assert "  -- 1 migration\r\n" in seen


def test_no_color_means_plain_lines(atlas: Shell) -> None:
    atlas.write({"1_a.sql": f"{STATEMENT}\n"})
    seen = on_a_terminal(atlas, "migrate", "apply", "--url", URL, NO_COLOR="1")
    assert "\x1b" not in seen
    assert f"    -> {STATEMENT}\r\n" in seen


def test_the_answer_goes_to_its_file_when_only_stderr_is_a_terminal(atlas: Shell) -> None:
    atlas.write({"1_a.sql": f"{STATEMENT}\n"})
    log: Path = atlas.folder / "log"
    master, terminal = pty.openpty()
    with log.open("w") as file:
        subprocess.run(
            [str(ATLAS), "migrate", "apply", "--url", URL],
            cwd=atlas.folder,
            env=dict(atlas.environ),
            stdout=file,
            stderr=terminal,
            check=True,
        )
    os.close(terminal)
    os.close(master)
    assert f"    -> {STATEMENT}\n" in log.read_text()
