"""Two operators with one lease, and what a Deployment does for them: one that ends is started again."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from tests.e2e.conftest import BIN, Process
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

RESTART_AFTER_S = 1.0


@dataclass
class Replicas:
    """The processes; ``restarts`` counts those that ended by themselves and were started again."""

    folder: Path
    words: list[str]
    processes: list[Process] = field(default_factory=list)
    restarts: int = 0
    _down: set[int] = field(default_factory=set)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        for number in range(2):
            words = [str(BIN / "atlas-operator"), "run", *self.words]
            words += ["--metrics-bind-address", "0", "--health-probe-bind-address", "0"]
            environ = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
            process = Process(words, self.folder / f"replica-{number}.log", environ)
            self.processes.append(process)
            process.start()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        assert self._thread is not None
        self._thread.join(10)
        for process in self.processes:
            process.kill()

    def kill_leader(self, holder: str) -> Process:
        """End whoever holds the lease as a lost machine does; it stays down until ``bring_back``."""
        number = next(n for n, one in enumerate(self.processes) if holder in one.log.read_text())
        self._down.add(number)
        self.processes[number].kill()
        return self.processes[number]

    def bring_back(self) -> None:
        for number in list(self._down):
            self.processes[number].start()
            self._down.discard(number)

    def defects(self) -> list[str]:
        """Log lines that say that something is wrong with the operator itself."""
        words = ("Traceback", "ended by a defect", "InternalError")
        return [
            line
            for process in self.processes
            for line in process.log.read_text().splitlines()
            if any(word in line for word in words)
        ]

    def _keep(self) -> None:
        while not self._over.wait(0.1):
            for number, process in enumerate(self.processes):
                child = process.child
                if number not in self._down and child is not None and child.poll() is not None:
                    time.sleep(RESTART_AFTER_S)
                    if not self._over.is_set() and number not in self._down:
                        process.start()
                        self.restarts += 1


def wait_for_leader(replicas: Replicas) -> None:
    """Until one of them works."""
    wait_until(
        lambda: any("working as" in one.log.read_text() for one in replicas.processes),
        lambda: [one.log.read_text() for one in replicas.processes],
    )
