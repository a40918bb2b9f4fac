"""A command that is born in the nursery is the command of the console script: what it says, where it is, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.daemon import free_port
from tests.nursery import LOCALE, Nursery, is_about_start, nursery, run_atlas

ATLAS = Path(sys.executable).with_name("atlas")
LINES = (
    ("version",),
    ("--help",),
    ("nope",),
    ("migrate", "hash", "--dir", "file://m"),
    ("migrate", "hash", "--dir", "file://nowhere"),
    ("schema", "inspect", "--url", "sqlite://app.db"),
    ("schema", "inspect", "--url", "file://ünï\udcff.sql", "--dev-url", "sqlite://dev?mode=memory"),
    ("schema", "inspect", "--url", "sqlite://app.db", "--format", "{{ .Nope }}"),
)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "1_ä.sql").write_text("CREATE TABLE ä (id integer);\n")
    return {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": LOCALE}


@pytest.fixture
def slow(tmp_path: Path, environ: dict[str, str]) -> list[str]:
    """A command that does not end by itself."""
    port = free_port()
    return ["registry", "serve", "--data", "data", "--listen", f"127.0.0.1:{port}"]


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_it_says_and_does_what_the_console_script_does(
    words: tuple[str, ...], tmp_path: Path, environ: dict[str, str]
) -> None:
    born = run_atlas(words, folder=tmp_path, environ=environ)
    made = sorted(path.name for path in tmp_path.rglob("*"))
    started = subprocess.run(
        [str(ATLAS), *words], check=False, cwd=tmp_path, env=environ, capture_output=True, text=True
    )
    assert (born.returncode, born.stdout, born.stderr) == (
        started.returncode,
        started.stdout,
        started.stderr,
    )
    assert sorted(path.name for path in tmp_path.rglob("*")) == made


def test_it_has_no_variables_but_its_own(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_CLOUD_URL", "http://127.0.0.1:1")
    own = Nursery()  # which has the variable, as its process was started just now
    try:
        answer = own.run(["atlas", "registry", "ls"], tmp_path, environ)
    finally:
        own.close()
    assert answer.returncode == 1
    assert "127.0.0.1:1" not in answer.stdout + answer.stderr


def test_commands_run_at_the_same_time(tmp_path: Path, environ: dict[str, str], slow: list[str]) -> None:
    with open(tmp_path / "log", "wb") as log:  # noqa: PTH123
        child = nursery().start(["atlas", *slow], tmp_path, environ, [log.fileno()] * 2)
    assert run_atlas(["version"], folder=tmp_path, environ=environ).returncode == 0
    assert child.poll() is None
    child.kill()
    assert child.wait(30) == -signal.SIGKILL


def test_a_command_that_takes_too_long_is_killed(
    tmp_path: Path, environ: dict[str, str], slow: list[str]
) -> None:
    before = living_children()
    with pytest.raises(subprocess.TimeoutExpired):
        run_atlas(slow, folder=tmp_path, environ=environ, timeout_s=0.5)
    assert living_children() == before


def test_commands_end_with_the_nursery(tmp_path: Path, environ: dict[str, str], slow: list[str]) -> None:
    own = Nursery()
    with open(tmp_path / "log", "wb") as log:  # noqa: PTH123
        child = own.start(["atlas", *slow], tmp_path, environ, [log.fileno()] * 2)
    pid = child.pid
    own.close()
    deadline = time.monotonic() + 30
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.told.close()


def test_threads_get_their_own_answers(tmp_path: Path, environ: dict[str, str]) -> None:
    found: dict[str, str] = {}

    def ask(word: str) -> None:
        found[word] = run_atlas([word], folder=tmp_path, environ=environ).stderr

    threads = [threading.Thread(target=ask, args=(f"word{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(f'"{word}"' in said for word, said in found.items())


def test_what_is_about_the_start_of_an_interpreter_starts_one() -> None:
    assert is_about_start({"LANG": "de_DE.UTF-8"})
    assert is_about_start({"PYTHONWARNINGS": "error"})
    assert not is_about_start({"LANG": LOCALE, "HOME": "/", "ATLAS_TOKEN": "x"})


def living_children() -> set[int]:
    return {child.pid for child in psutil.Process(nursery().pid).children()}
