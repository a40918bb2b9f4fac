"""A server program that a test run starts on loopback: its process, its log, its end.

Nothing here knows which program it is. A daemon dies with the test run, also when the run is killed.
"""

from __future__ import annotations

import pwd
import secrets
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

POLL_INTERVAL_S = 0.05


class Identity(TypedDict, total=False):
    """The arguments of ``subprocess`` that choose who runs a program."""

    user: str
    group: int
    extra_groups: list[str | int]


class DaemonError(RuntimeError):
    """A server program ended or stayed silent; the message ends with the tail of its log."""


@dataclass(slots=True)
class Daemon:
    """One server program and how to run it; it may be started again after it has ended."""

    command: Sequence[str]
    directory: Path
    is_ready: Callable[[], bool]
    user: str | None = None
    ready_within_s: float = 60
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        return Path(self.command[0]).name

    @property
    def log(self) -> Path:
        return self.directory / f"{self.name}.log"

    def start(self) -> None:
        """Start the program and return once it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*dying_with_the_run(), *self.command],
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for pytest; it ends its servers itself
                **as_user(self.user),
            )
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self.kill()
            raise

    def terminate(self, within_s: float = 10) -> None:
        """Ask the program to end, and end it when it does not."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End the program and all its children at once, as a crash does; nothing is flushed."""
        process, self._process = self._process, None
        if process is None:
            return
        family = family_of(process.pid)
        for member in family:
            with suppress(psutil.NoSuchProcess):  # it ended by itself meanwhile
                member.kill()
        process.wait(10)
        while any(is_alive(member) for member in family):
            time.sleep(POLL_INTERVAL_S / 5)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self.ready_within_s
        while not self.is_ready():
            if process.poll() is not None:
                raise DaemonError(f"{self.name} ended with code {process.returncode}:\n{self._log_tail()}")
            if time.monotonic() > deadline:
                raise DaemonError(
                    f"{self.name} is silent after {self.ready_within_s:g} s:\n{self._log_tail()}"
                )
            time.sleep(POLL_INTERVAL_S)

    def _log_tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def family_of(pid: int) -> list[psutil.Process]:
    """Return the process, then its descendants; none if it has just ended."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def is_alive(process: psutil.Process) -> bool:
    """Tell whether a process still runs; a zombie holds nothing any more, whenever its parent reaps it."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def dying_with_the_run() -> list[str]:
    """Return the prefix that makes the kernel end the program when its parent ends; empty where there is none.

    NB: to the kernel the parent is the thread that started the program, so start servers from a thread that lasts.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


def as_user(user: str | None) -> Identity:
    """Return the arguments of ``Popen`` that make the program run as ``user``; none keeps the caller's."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on now.

    It lies below the ports that Linux gives to clients, so no outgoing connection takes it before the server does.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)  # not `random`: pytest-randomly makes all runs draw alike
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
