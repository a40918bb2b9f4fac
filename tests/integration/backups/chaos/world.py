"""The world of a storm: a registry that is killed, a store behind proxies, folders that go away, and its writers."""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atlas.buckets import open_bucket
from atlas.engine.backups import Target
from atlas.wire.content_store import BucketContent

from tests.daemon import Daemon, free_port
from tests.fakes.backed_project import IN_PROJECT_SHOP, backed_env
from tests.integration.backups.chaos.proxy import Proxy, Weather, proxied
from tests.integration.backups.chaos.writers import Notes, Writer
from tests.servers.store_fixtures import KEY_ID, SECRET, make_s3_bucket
from tests.servers.stores import Store, answers

ROOT = Path(__file__).parents[4]
ATLAS = Path(sys.executable).parent / "atlas"
PROJECT = "shop"
REGISTRY, STORE, SHELVES = "registry", "s3", ("one", "two")
KINDS = {REGISTRY: 2, "crash": 1, STORE: 2, "one": 2, "two": 2, "kill": 1, "": 10}
"""What begins next, and how often; '' is nothing."""
CREDENTIALS = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}


@dataclass
class World:
    """Everything that a storm needs; ``backups`` are the real buckets, behind whatever writers see."""

    folder: Path
    store: Store
    bucket: str
    registry: Daemon
    registry_port: int
    token: str
    backups: dict[str, Target]
    writers: list[Writer] = field(default_factory=list)
    proxies: dict[str, list[Proxy]] = field(default_factory=dict)

    def set_out(self, name: str, how: str) -> None:
        """Make a server answer everybody with a fault, '' for no longer."""
        for proxy in self.proxies[name]:
            proxy.weather.out = how

    def calm(self) -> None:
        """End all faults."""
        for name, proxies in self.proxies.items():
            self.set_out(name, "")
            for proxy in proxies:
                proxy.weather.rate = 0.0
        for shelf in SHELVES:
            self.turn(shelf, shelf)

    def turn(self, shelf: str, to: str) -> None:
        """Make the path of a backup in a folder lead to something else, at once."""
        new = self.folder / f".{shelf}-{secrets.token_hex(4)}"
        new.symlink_to(self.folder / to)
        new.replace(self.folder / f"shelf-{shelf}")

    def settled(self) -> dict[str, Target]:
        """All targets as they are kept, also the registry's."""
        content = (self.folder / "data" / "content").as_uri()
        return {REGISTRY: target_at(content), **self.backups}

    def atlas(self, *words: str) -> tuple[int, str, str]:
        """A command of a person whom no fault meets."""
        judge = self.folder / "judge"
        done = subprocess.run(
            [str(ATLAS), *words],
            cwd=judge,
            env=environ_of(judge, f"http://127.0.0.1:{self.registry_port}", self.token),
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr


@contextmanager
def world(folder: Path, store: Store, seed: int, writers: int, rate: float) -> Iterator[World]:
    """A registry, buckets and writers; faults begin at once."""
    folder = folder.resolve()
    bucket = f"chaos-{secrets.token_hex(6)}"
    make_s3_bucket(store, bucket)
    for name in (*SHELVES, "judge"):
        (folder / name).mkdir()
    (folder / "nothing").write_text("a file where a folder should be")
    port, token = free_port(), _token(folder)
    command = [
        str(ATLAS),
        "registry",
        "serve",
        "--data",
        str(folder / "data"),
        "--listen",
        f"127.0.0.1:{port}",
    ]
    registry = Daemon(command, folder, lambda: answers(port, "/"))
    s3 = s3_url(bucket, store.url)
    backups = {name: target_at((folder / name).as_uri()) for name in SHELVES} | {STORE: target_at(s3)}
    made = World(folder, store, bucket, registry, port, token, backups)
    for name in SHELVES:
        made.turn(name, name)
    _project(folder / "judge", made, s3)
    with ExitStack() as stack:
        registry.start()
        stack.callback(registry.kill)
        made.proxies = {REGISTRY: [], STORE: []}
        writing = threading.Lock()
        for number in range(writers):
            chance = random.Random(f"weather-{seed}-{number}")
            own = [
                stack.enter_context(proxied(upstream, Weather(chance, rate), lock))
                for upstream, lock in ((port, None), (store.port, writing))
            ]
            for name, proxy in zip((REGISTRY, STORE), own, strict=True):
                made.proxies[name].append(proxy)
            writer = _writer(made, number, *own)
            stack.callback(writer.close)
            made.writers.append(writer)
        yield made


def _writer(made: World, number: int, to_registry: Proxy, to_store: Proxy) -> Writer:
    folder = made.folder / f"writer-{number}"
    folder.mkdir()
    s3 = s3_url(made.bucket, to_store.url)
    _project(folder, made, s3)
    names = {REGISTRY: to_registry.url, STORE: f"s3://{made.bucket}/atlas?region=us-east-1"}
    names |= {shelf: (made.folder / f"shelf-{shelf}").as_uri() for shelf in SHELVES}
    writer = Writer(number, folder, environ_of(folder, to_registry.url, made.token), names)
    to_registry.weather.kill = to_store.weather.kill = writer.kill
    return writer


def _project(folder: Path, made: World, s3: str) -> None:
    shelves = [(made.folder / f"shelf-{shelf}").as_uri() for shelf in SHELVES]
    env = backed_env("ci", (shelves[0], s3, shelves[1]), urls={"dev": "sqlite://dev?mode=memory"})
    (folder / "atlas.hcl").write_text(IN_PROJECT_SHOP + env)


def s3_url(bucket: str, endpoint: str) -> str:
    return f"s3://{bucket}/atlas?region=us-east-1&endpoint={endpoint}&use_path_style=true"


def target_at(url: str) -> Target:
    """A target as the judge sees it, on the way around all proxies."""
    credentials = CREDENTIALS if url.startswith("s3:") else None
    return Target(url.partition("?")[0], PROJECT, BucketContent(open_bucket(url, credentials)))


def environ_of(folder: Path, registry: str, token: str) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "operator"),
        "ATLAS_CLOUD_URL": registry,
        "ATLAS_TOKEN": token,
        "AWS_EC2_METADATA_DISABLED": "true",
        **CREDENTIALS,
    }


def _token(folder: Path) -> str:
    words = ("registry", "token", "create", "--data", str(folder / "data"), "--project", PROJECT)
    done = subprocess.run([str(ATLAS), *words], capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


class Storm:
    """Outages, one after another, until ``is_over``. To be called from the thread that started the servers.

    They come and go by the number of pushes that were done: a busy machine has no worse weather.
    """

    def __init__(self, made: World, notes: Notes, seed: int) -> None:
        self._world = made
        self._notes = notes
        self._chance = random.Random(f"storm-{seed}")
        self._ends: list[tuple[int, str]] = []
        self.counts: dict[str, int] = {}

    def rage(self, is_over: threading.Event) -> None:
        """Begin and end outages at random."""
        seen = 0
        while not is_over.wait(0.05):
            if self._notes.done == seen:
                continue
            seen = self._notes.done
            self._end_those_due(seen)
            what = self._chance.choices(*zip(*KINDS.items(), strict=True))[0]
            if what and not any(name == what for _, name in self._ends):
                self._begin(what, seen)
        for _, name in self._ends:
            self._end(name)
        self._world.calm()

    def _begin(self, what: str, seen: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        match what:
            case "kill":
                time.sleep(self._chance.uniform(0.0, 0.3))
                self._chance.choice(self._world.writers).kill()
                return
            case "crash":
                self._world.registry.kill()
            case shelf if shelf in SHELVES:
                self._world.turn(shelf, "nothing")
            case server:
                self._world.set_out(server, self._chance.choice(("reset", "error", "slow")))
        self._ends.append((seen + self._chance.randint(1, 6), what))

    def _end_those_due(self, seen: int) -> None:
        due = [end for end in self._ends if end[0] <= seen]
        for end in due:
            self._ends.remove(end)
            self._end(end[1])

    def _end(self, what: str) -> None:
        match what:
            case "crash":
                self._world.registry.start()
            case shelf if shelf in SHELVES:
                self._world.turn(shelf, shelf)
            case server:
                self._world.set_out(server, "")
