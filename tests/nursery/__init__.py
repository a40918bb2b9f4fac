"""Runs ``atlas`` and ``atlas-operator``, each as a process of its own that need not start an interpreter or import anything.

A process (``tests.nursery.nurse``) is started once and has everything loaded; for each command line it makes a child,
with folder, environment and streams of its own. Only starting is saved: a test that is about the start, or about how a
terminal or another program starts it, asks the console script.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).parents[2]
LOCALE = "C.UTF-8"
TIMEOUT_S = 120


def run_atlas(
    words: Sequence[str], *, folder: Path, environ: Mapping[str, str], timeout_s: float = TIMEOUT_S
) -> subprocess.CompletedProcess[str]:
    """Run ``atlas`` with these words and return its exit code and what it printed; its stdin is empty.

    Raises:
        subprocess.TimeoutExpired: It did not end; it is killed.
    """
    if not is_about_start(environ):
        return nursery().run(["atlas", *words], folder, environ, timeout_s)
    program = str(Path(sys.executable).with_name("atlas"))
    return subprocess.run(
        [program, *words],
        cwd=folder,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_s,
    )


def is_about_start(environ: Mapping[str, str]) -> bool:
    """Tell whether a variable says how an interpreter starts: then it has to start."""
    languages = {environ[name] for name in environ if name == "LANG" or name.startswith("LC_")}
    return not languages <= {LOCALE} or any(name.startswith(("PYTHON", "LD_", "MALLOC")) for name in environ)


@cache
def nursery() -> Nursery:
    """The one of this test run."""
    made = Nursery()
    atexit.register(made.close)
    return made


class Nursery:
    """The process that children come from; threads may use it at the same time."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_"))}
        # NB: it ends when its socket does. The kernel would end it together with the thread that started it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery.nurse", str(theirs.fileno())],
            cwd=ROOT,
            env={**kept, "LANG": LOCALE, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        """End the process, and with it the children that are left; safe to call twice."""
        self._orders.close()
        self._process.wait(10)

    def run(
        self, words: Sequence[str], folder: Path, environ: Mapping[str, str], timeout_s: float = TIMEOUT_S
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, with an empty stdin."""
        pipes = [os.pipe() for _ in ("out", "err")]
        readers = [io.FileIO(reader) for reader, _ in pipes]
        try:
            try:
                child = self.start(words, folder, environ, [writer for _, writer in pipes])
            finally:
                for _, writer in pipes:
                    os.close(writer)
            out, err = read_to_the_end(readers, child, timeout_s)
            code = child.wait(timeout_s)
        finally:
            for reader in readers:
                reader.close()
        return subprocess.CompletedProcess(list(words), code, as_text(out), as_text(err))

    def start(
        self, words: Sequence[str], folder: Path, environ: Mapping[str, str], streams: Sequence[int]
    ) -> Child:
        """Start a program in a session of its own; ``streams`` are the descriptors of its stdout and its stderr."""
        order = {"words": list(words), "folder": str(folder), "environ": dict(environ)}
        reader, writer = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._orders, [json.dumps(order).encode()], [streams[0], streams[1], writer])
        finally:
            os.close(writer)
        return Child(list(words), os.fdopen(reader, "rb"))


@dataclass
class Child:
    """A running program: as much of ``Popen`` as tests use."""

    words: list[str]
    told: BinaryIO
    returncode: int | None = None
    _pid: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def pid(self) -> int:
        with self._lock:
            if not self._pid:
                self._pid = int(self.told.readline())
            return self._pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout_s: float) -> int:
        """Wait for the end and return the exit code; raises ``subprocess.TimeoutExpired``."""
        with self._lock:
            if self.returncode is None:
                assert self.pid
                with selectors.DefaultSelector() as selector:
                    selector.register(self.told, selectors.EVENT_READ)
                    if not selector.select(timeout_s):
                        raise subprocess.TimeoutExpired(self.words, timeout_s)
                self.returncode = int(self.told.readline())
                self.told.close()
            return self.returncode

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def read_to_the_end(readers: list[io.FileIO], child: Child, timeout_s: float) -> list[bytes]:
    """Read what a child and its own children say until none of them can say more; kills it when it takes too long."""
    found: list[bytes] = [b"" for _ in readers]
    deadline = time.monotonic() + timeout_s
    with selectors.DefaultSelector() as selector:
        for number, reader in enumerate(readers):
            selector.register(reader, selectors.EVENT_READ, number)
        while selector.get_map():
            ready = selector.select(max(0, deadline - time.monotonic()))
            if not ready:
                child.kill()
                child.wait(TIMEOUT_S)
                raise subprocess.TimeoutExpired(child.words, timeout_s, found[0], found[1])
            for key, _ in ready:
                part = readers[key.data].read(1 << 16)
                if part:
                    found[key.data] += part
                else:
                    selector.unregister(key.fileobj)
    return found


def as_text(said: bytes) -> str:
    """What ``subprocess`` makes of it in this locale, line ends included."""
    return said.decode().replace("\r\n", "\n").replace("\r", "\n")
