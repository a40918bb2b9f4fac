"""What a demo stands on: a scratch folder, shown commands, checked claims, and children that do not outlive it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

BIN = Path(sys.executable).parent
SHOP = Path(__file__).resolve().parent.parent / "shop"


class ClaimError(Exception):
    """A line of the demo is untrue."""


class Stage:
    """A scratch folder and the processes started in it; leaving the block ends and removes both."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="atlas-demo-"))
        self.environ: dict[str, str] = {
            **{key: value for key, value in os.environ.items() if not key.startswith("ATLAS_")},
            "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
            "HOME": str(self.folder),
        }
        self._children: list[subprocess.Popen[str]] = []
        self._at_end: list[Callable[[], object]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            end(child)
        for action in self._at_end:
            action()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words: str, may_fail: bool = False, stderr_too: bool = False) -> str:
        """Show and run one command in the folder; returns its stdout, which is shown too, and its stderr if asked to."""
        say(f"$ {shlex.join(words)}")
        answer = subprocess.run(
            words, cwd=self.folder, env=self.environ, capture_output=True, text=True, check=False
        )
        told = answer.stdout + (answer.stderr if stderr_too else "")
        sys.stdout.write(indented(told))
        if answer.returncode and not may_fail:
            raise ClaimError(f"{shlex.join(words)} ended with {answer.returncode}: {answer.stderr.strip()}")
        return told

    def output(self, *words: str) -> str:
        """The stdout of a command that is not worth showing."""
        answer = subprocess.run(
            words, cwd=self.folder, env=self.environ, capture_output=True, text=True, check=True
        )
        return answer.stdout

    def prefer(self, folder: Path) -> None:
        """Find programs in ``folder`` first."""
        self.environ["PATH"] = f"{folder}{os.pathsep}{self.environ['PATH']}"

    def at_end(self, action: Callable[[], object]) -> None:
        """Call ``action`` when the block is left, after all processes have ended."""
        self._at_end.append(action)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Show a command and start it in the background; its output goes to a file of the folder."""
        say(f"$ {shlex.join(words)} &")
        log = self.folder / f"{words[1]}.log"
        with log.open("a") as file:
            child = subprocess.Popen(
                words, cwd=self.folder, env=self.environ, stdout=file, stderr=file, text=True
            )
        self._children.append(child)
        return child

    def allow(self, variables: Mapping[str, str]) -> None:
        """Set variables for the commands that follow."""
        self.environ.update(variables)


def end(child: subprocess.Popen[str]) -> None:
    """Ask a process to stop, then make it."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def kill(child: subprocess.Popen[str]) -> None:
    """End it as ``kill -9`` does."""
    child.send_signal(signal.SIGKILL)
    child.wait()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def headline(number: int, text: str) -> None:
    say(f"\n\033[1m{number}  {text}\033[0m" if sys.stdout.isatty() else f"\n{number}  {text}")


def claim(text: str, holds: bool, why: str = "") -> None:  # noqa: FBT001 - the claim's own truth
    """Print a claim that was checked, or end the demo."""
    if not holds:
        raise ClaimError(f"{text}: untrue. {why}".strip())
    say(f"   ✓ {text}")


def indented(text: str) -> str:
    return "".join(f"   {line}\n" for line in text.splitlines())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, child: subprocess.Popen[str], *, seconds: float = 20) -> None:
    """Return once ``url`` answers 200; fails when the process ends first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise ClaimError(f"{url} did not answer within {seconds:.0f} s")


def migrations(target: Path, *, files: int | None) -> Sequence[Path]:
    """Copy the first ``files`` files of the shop, None for all, to ``target``; the sum is the demo's own command."""
    target.mkdir(parents=True, exist_ok=True)
    chosen = sorted((SHOP / "migrations").glob("*.sql"))[:files]
    for source in chosen:
        shutil.copy(source, target)
    return chosen
