"""Pushes with backups against pushes to each target alone, and reads while the registry is down.

A real registry, a real store of S3 (moto) and a folder. Distances are made by a proxy: on one machine a push would
measure two interpreters that share its processors.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from atlas.buckets import open_bucket
from atlas.engine.backups import (
    Breaker,
    Pace,
    Primary,
    Target,
    VersionToCopy,
    copy_of_version,
    guarded,
    read_or_fall_back,
    replicate,
    store_version,
)
from atlas.engine.directory import compute_sum, from_entries
from atlas.wire.archive import Entry
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import DIRECTORY, RegistryAddress
from atlas.wire.reference import Reference
from atlas.wiring import Effort, PushOrder, push_directory, read_directory_url

from bench.measure import Goal, seconds_of, tell
from tests.daemon import Daemon, free_port
from tests.integration.backups.chaos.world import ATLAS, CREDENTIALS, ROOT, s3_url
from tests.servers.moto import moto
from tests.servers.store_fixtures import make_s3_bucket
from tests.servers.stores import answers

REGISTRY_S, STORE_S = 0.06, 0.08
"""What a request takes on its way: a push to the registry is one, a push to S3 six, of which five wait for each other."""
FILES, REPEATS = 8, 15
PUSH_GOAL = Goal(1.3, "x")
OPEN_GOAL, REFUSED_GOAL = Goal(100, " ms"), Goal(2_000, " ms")
ELSEWHERE = "127.0.0.2"
"""An address of this machine that is not taken for it: no retry is cut short."""
PACE = Pace(time.sleep, random.random)


def main() -> bool:
    """Goals: a push with two backups at most 1.3 times its slowest target; a dead registry is passed over in time."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        return all([*pushes(Path(folder)), *reads(Path(folder))])


@dataclass
class Places:
    """Where pushes go; every push opens its connections anew, as a command does."""

    registry: RegistryAddress
    s3: str
    folder: str
    numbers: Iterator[int] = field(default_factory=count)

    def version(self) -> VersionToCopy:
        """A version that nobody has yet: many files, one of them new."""
        number = next(self.numbers)
        files = [Entry(f"{name}_t.sql", b"-- %d\n" % name * 200) for name in range(1_000, 1_000 + FILES)]
        files.append(Entry(f"9{number:05}_new.sql", b"CREATE TABLE t (id int);\n"))
        sums = Entry("atlas.sum", compute_sum(from_entries(files)).text.encode())
        return VersionToCopy(
            type=DIRECTORY,
            slug="bench",
            driver="sqlite",
            entries=(sums, *files),
            name=f"9{number:05}",
            at=f"2026-01-01T00:00:00.{number:06}Z",
            tag=f"v{number}",
        )

    def to_registry(self, version: VersionToCopy) -> str:
        order = PushOrder(version.slug, version.driver, version.tag, {})
        return push_directory(self.registry, from_entries(version.entries), order)

    def backup(self, url: str) -> Target:
        credentials = CREDENTIALS if url.startswith("s3:") else None
        return Target(url, "bench", BucketContent(open_bucket(url, credentials)))

    def alone(self, url: str) -> float:
        version = self.version()
        return seconds_of(lambda: store_version(self.backup(url), version, PACE))

    def registry_alone(self) -> float:
        version = self.version()
        return seconds_of(lambda: self.to_registry(version))

    def everywhere(self) -> float:
        version = self.version()

        def push() -> None:
            primary = Primary("registry", lambda: self.to_registry(version))
            backups = [self.backup(url) for url in (self.folder, self.s3)]
            done = replicate(primary, backups, copy_of_version(version, PACE), PACE)
            assert not done.missed, done.missed

        return seconds_of(push)


def pushes(folder: Path) -> Iterator[bool]:
    """With distances, which is what the goal is about, and without, for information."""
    with ExitStack() as stack:
        store = stack.enter_context(moto())
        port, token = stack.enter_context(registry(folder))
        make_s3_bucket(store, "bench")
        for title, to_registry_s, to_store_s in (
            ("far away", REGISTRY_S, STORE_S),
            ("on this machine", 0.0, 0.0),
        ):
            near, far = (
                stack.enter_context(distant(upstream, seconds))
                for upstream, seconds in ((port, to_registry_s), (store.port, to_store_s))
            )
            places = Places(
                RegistryAddress(f"{near}/query", token),
                s3_url("bench", far).replace("/atlas?", f"/{title.replace(' ', '-')}?"),
                (folder / title).as_uri(),
            )
            yield told(title, places, is_goal=to_store_s > 0)


def told(title: str, places: Places, *, is_goal: bool) -> bool:
    """One line: medians of pushes in turns."""
    ways: dict[str, Callable[[], float]] = {
        "two backups": places.everywhere,
        "registry": places.registry_alone,
        "s3": lambda: places.alone(places.s3),
        "folder": lambda: places.alone(places.folder),
    }
    for way in ways.values():
        way()  # libraries are loaded, the repository is made
    runs = [{name: way() for name, way in ways.items()} for _ in range(REPEATS)]
    medians = {name: statistics.median(run[name] for run in runs) for name in ways}
    slowest = max(seconds for name, seconds in medians.items() if name != "two backups")
    detail = "[" + ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in medians.items()) + "]"
    ratio = medians["two backups"] / slowest
    name = f"push with two backups / slowest target, {title}"
    if is_goal:
        return tell(name, ratio, PUSH_GOAL, detail)
    sys.stdout.write(f"    {name}: {ratio:.2f}x (no goal) {detail}\n")
    return True


def reads(folder: Path) -> Iterator[bool]:
    """What it costs to know that the registry is down, with the read from a backup that follows."""
    dead = RegistryAddress(f"http://{ELSEWHERE}:{free_port()}/query", "token")
    places = Places(dead, "", (folder / "backup").as_uri())
    version = places.version()
    store_version(places.backup(places.folder), version, PACE)
    reference = Reference("bench", tag=version.tag)

    def ask() -> object:
        return read_directory_url(str(reference), lambda: dead, effort=Effort.BRIEF)

    def read(breaker: Breaker) -> None:
        primary = guarded(Primary(dead.url, ask), breaker, time.monotonic)
        _, fallback = read_or_fall_back(primary, [lambda: places.backup(places.folder)], DIRECTORY, reference)
        assert fallback

    opened = Breaker(failures=1)
    opened.failed(dead.url, time.monotonic())
    took_ms = statistics.median(seconds_of(lambda: read(opened)) * 1e3 for _ in range(REPEATS))
    yield tell("read from a backup, breaker open", took_ms, OPEN_GOAL)
    took_ms = statistics.median(seconds_of(lambda: read(Breaker())) * 1e3 for _ in range(REPEATS))
    yield tell("read from a backup, the registry refuses connections", took_ms, REFUSED_GOAL)


@contextmanager
def distant(port: int, seconds: float) -> Iterator[str]:
    """The address of a server as from far away: each request takes that long on its way."""
    words = [sys.executable, "-m", "tests.integration.backups.chaos.proxy", str(port), str(seconds)]
    proxy = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert proxy.stdout
    try:
        yield f"http://127.0.0.1:{int(proxy.stdout.readline())}"
    finally:
        proxy.communicate()


@contextmanager
def registry(folder: Path) -> Iterator[tuple[int, str]]:
    """A registry as a process: its port and a token."""
    port, data = free_port(), str(folder / "data")
    made = subprocess.run(
        [str(ATLAS), "registry", "token", "create", "--data", data],
        capture_output=True,
        text=True,
        check=True,
    )
    command = [str(ATLAS), "registry", "serve", "--data", data, "--listen", f"127.0.0.1:{port}"]
    daemon = Daemon(command, folder, lambda: answers(port, "/"))
    daemon.start()
    try:
        yield port, made.stdout.split()[-1]
    finally:
        daemon.terminate()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
