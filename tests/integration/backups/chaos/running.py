"""One storm from its seed to its verdict."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.backups.chaos.judging import Reader, differences, wrong_after
from tests.integration.backups.chaos.world import Storm, World, world
from tests.integration.backups.chaos.writers import Notes, Writer, pushes
from tests.servers.stores import Store

WRITERS = 4
KEPT = "it stays in backups, and is served from there"
"""What is told of a version without a tag that is not the latest any more."""


@dataclass
class Verdict:
    """What a storm did, and all that was wrong afterwards."""

    seed: int
    pushes: int
    took: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    killed: int = 0
    outages: dict[str, int] = field(default_factory=dict)
    faults: int = 0
    reads: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    """During the storm and right after it: what was acknowledged is not there, or not whole."""
    apart: list[str] = field(default_factory=list)
    """After ``verify`` and ``resync``: targets that are not the same."""


def storm(folder: Path, store: Store, seed: int, count: int, rate: float = 0.08) -> Verdict:
    """Let four writers push ``count`` versions together through a storm, then mend and compare everything."""
    verdict, notes, start = Verdict(seed, count), Notes(), time.monotonic()
    with world(folder, store, seed, WRITERS, rate) as made:
        reader = Reader(made, notes, random.Random(f"reader-{seed}"))
        weather = Storm(made, notes, seed)
        _run(made, seed, count, notes, reader, weather)
        verdict.outages, verdict.reads = weather.counts, reader.reads
        verdict.faults = sum(
            sum(count for fault, count in proxy.weather.met.items() if fault)
            for proxies in made.proxies.values()
            for proxy in proxies
        )
        verdict.took = Counter(name for name, _ in notes.took)
        verdict.failed = len(notes.failed)
        acknowledged = {push for _, push in notes.took}
        verdict.killed = sum(push not in acknowledged for push in notes.unknown) - verdict.failed
        verdict.wrong = [*reader.wrong, *wrong_after(made, notes)]
        verdict.apart = mended(made)
        verdict.wrong += [f"after resync: {text}" for text in wrong_after(made, notes)]
    verdict.seconds = time.monotonic() - start
    return verdict


def mended(made: World) -> list[str]:
    """Verify, resync, verify: what is damaged, not the same afterwards, or would not be brought where it belongs.

    A storm leaves backups that lack something, and nothing that is damaged; a second resync has nothing to do.
    """
    _, found, _ = made.atlas("backup", "verify", "--env", "ci")
    told = [] if found.count(", 0 damaged") == len(made.backups) else [f"verify before: {found}"]
    told += _said(made, "resync")
    told += _said(made, "verify")
    code, again, _ = made.atlas("backup", "resync", "--env", "ci")
    if code or not all(line.endswith(KEPT) for line in again.splitlines()):
        told.append(f"resync again: {again}")
    return [*told, *differences(made)]


def _said(made: World, word: str) -> list[str]:
    code, out, err = made.atlas("backup", word, "--env", "ci")
    return [f"{word}: {out}{err}"] if code else []


def _run(made: World, seed: int, count: int, notes: Notes, reader: Reader, weather: Storm) -> None:
    is_over = threading.Event()
    crashes: list[BaseException] = []

    def write(writer: Writer) -> None:
        try:
            for push in pushes(seed, writer.number, count // WRITERS):
                writer.push(push, notes)
        except BaseException as error:  # noqa: BLE001 - raised below
            crashes.append(error)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in made.writers]
    reading = threading.Thread(target=reader.read_until, args=(is_over,))
    for thread in (*writers, reading):
        thread.start()

    def end() -> None:
        for thread in writers:
            thread.join()
        is_over.set()

    ending = threading.Thread(target=end)
    ending.start()
    try:
        weather.rage(is_over)  # here: who starts a server must live as long as it
    finally:
        for thread in (ending, reading):
            thread.join()
    if crashes:
        raise crashes[0]
