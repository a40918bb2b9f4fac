"""Writers: each pushes one version after another by ``atlas``, and notes who took it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from atlas.engine.directory import compute_sum, from_entries
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, SCHEMA, RepositoryType

ROOT = Path(__file__).parents[4]
SLUG = "shop"
SHARED = "prod"
"""The tag that all writers move."""


@dataclass(frozen=True, slots=True)
class Push:
    """One push: ``marker`` is in its content and in no other; ``tag`` is '' for none."""

    marker: str
    type: RepositoryType
    tag: str

    @property
    def is_alone(self) -> bool:
        """Whether nobody else pushes under its tag."""
        return self.tag == self.marker

    def entries(self) -> tuple[Entry, ...]:
        """The files of a directory as they are kept."""
        files = [
            Entry("1_one.sql", b"CREATE TABLE one (id integer);\n"),
            Entry(f"2_{self.marker}.sql", f"CREATE TABLE t_{self.marker} (id integer);\n".encode() * 40),
        ]
        return (Entry("atlas.sum", compute_sum(from_entries(files)).text.encode()), *files)


@dataclass
class Notes:
    """What all writers know: who acknowledged what, and what nobody can say anything of."""

    took: list[tuple[str, Push]] = field(default_factory=list)
    unknown: list[Push] = field(default_factory=list)
    failed: list[Push] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledged(self) -> list[tuple[str, Push]]:
        """A copy to go through while others write on."""
        with self.lock:
            return list(self.took)


class Writer:
    """``targets`` are the names of the registry and of all backups as warnings have them, by what we call them."""

    def __init__(self, number: int, folder: Path, environ: dict[str, str], targets: dict[str, str]) -> None:
        self.number = number
        self.folder = folder
        self.environ = environ
        self.targets = targets
        self._pid = 0
        self._lock = threading.Lock()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.backups.chaos.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "operator")},
        )

    def kill(self) -> None:
        """End the command that runs now, if there is one, as a crash does."""
        with self._lock, suppress(ProcessLookupError):
            if self._pid:
                os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Let the process end that the commands come from."""
        self._nursery.communicate()

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code (negative for a signal), stdout and stderr of a command."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        order = {"words": words, "folder": str(self.folder), "environ": self.environ}
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        with self._lock:
            self._pid = json.loads(self._nursery.stdout.readline())["pid"]
        code = json.loads(self._nursery.stdout.readline())["code"]
        with self._lock:
            self._pid = 0
        return code, (self.folder / "out").read_text(), (self.folder / "err").read_text()

    def push(self, push: Push, notes: Notes) -> None:
        """Push once and note what came of it."""
        code, out, err = self.run(*self._words(push))
        with notes.lock:
            notes.done += 1
            if code < 0:
                notes.unknown.append(push)
            elif code:
                notes.failed.append(push)
                # Even so a target may have it, whose answer was lost.
                notes.unknown.append(push)
                if "nothing was pushed" not in err:
                    notes.faults.append(f"{push}: exit code {code}: {err}{out}")
            else:
                notes.took += [
                    (name, push)
                    for name, url in self.targets.items()
                    if f"Warning: {url} did not take the push: " not in err
                ]
                known = sum(f"Warning: {url} did not take the push: " in err for url in self.targets.values())
                if err.count(" did not take the push: ") != known:
                    notes.faults.append(f"{push}: a warning of nobody: {err}")
                notes.unknown.append(push)
            if "Traceback" in err or "this is a bug" in err:
                notes.faults.append(f"{push}: {err}")

    def _words(self, push: Push) -> tuple[str, ...]:
        name = f"{SLUG}:{push.tag}" if push.tag else SLUG
        if push.type == DIRECTORY:
            folder = self.folder / "migrations"
            folder.mkdir(exist_ok=True)
            for old in folder.iterdir():
                old.unlink()
            for entry in push.entries():
                (folder / entry.name).write_bytes(entry.content)
            return ("migrate", "push", name, "--env", "ci")
        (self.folder / "schema.sql").write_text(f"CREATE TABLE t_{push.marker} (id integer);\n")
        return ("schema", "push", name, "--env", "ci", "--version", push.marker)


def pushes(seed: int, writer: int, count: int) -> list[Push]:
    """What a writer pushes: mostly under tags of its own, some under the tag of all, some without one."""
    chance = random.Random(f"{seed}-{writer}")
    made = []
    for number in range(count):
        marker = f"w{writer}n{number}"
        tag = chance.choices((marker, SHARED, ""), (70, 20, 10))[0]
        made.append(Push(marker, DIRECTORY if chance.random() < 0.7 else SCHEMA, tag))
    return made
