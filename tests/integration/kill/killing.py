"""Killing runs at seeded moments, continuing them as a person would, and judging what is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atlas.engine.database_url import parse_database_url

from tests.integration.kill.eyewitness import Eyewitness, eyewitness
from tests.integration.kill.script import LAST, PER_FILE, number_of
from tests.waiting import WITHIN_S, wait_until

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Death:
    """When a child is to die.

    Attributes:
        at: What a person reads in the table.
        own_hand: The child's argument; ``none`` when the parent kills.
        number: The parent kills when this statement has begun; 0 counts from the child's first word instead.
        delay_s: How long after that.
    """

    at: str
    own_hand: str = "none"
    number: int = 0
    delay_s: float = 0.0


NEVER = Death("never")


@dataclass(frozen=True, slots=True)
class Kill:
    """One death and what came of it."""

    server: str
    mode: str
    at: str
    inside: bool
    statement: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: the last thing it said, and the last statement it began."""

    word: str
    statement: int
    was_killed: bool


@dataclass(frozen=True, slots=True)
class Victim:
    """One database that a chain of children works on."""

    server: str
    mode: str
    address: str
    witness: Eyewitness

    def run(self, death: Death = NEVER, interrupted: str = "stop") -> Ending:
        """Start a child and kill it as told. The server may still be at its statement: the next child waits."""
        command = [sys.executable, "-m", "tests.integration.kill.child", self.server, self.address, self.mode]
        child = subprocess.Popen(
            [*command, interrupted, death.own_hand],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "operator")},
        )
        assert child.stdout is not None
        lines = list(self._listen(child, death))
        code = child.wait(WITHIN_S)
        begun = [int(line.split()[1]) for line in lines if line.startswith("started ")]
        return Ending(lines[-1] if lines else "", begun[-1] if begun else 0, code == -signal.SIGKILL)

    def _listen(self, child: subprocess.Popen[str], death: Death) -> Iterator[str]:
        assert child.stdout is not None
        for line in child.stdout:
            yield line.strip()
            if death.delay_s and line.strip() == (f"started {death.number}" if death.number else "opened"):
                time.sleep(death.delay_s)
                child.kill()
        child.stdout.close()

    def took_effect(self) -> bool:
        """Look in the database whether the announced statement ran: what a person does."""
        (announced,) = [str(row[6]) for row in self.witness.revisions() if row[6] and not row[5]]
        number = number_of(announced)
        if number == 0:
            return "journal" in self.witness.tables()
        return number in self.witness.journal() or f"t{number}" in self.witness.tables()

    def finish(self) -> str:
        """Go on until the directory is complete; how that went."""
        ending = self.run()
        if ending.word == "interrupted":
            told = "applied" if self.took_effect() else "rerun"
            ending = self.run(interrupted=told)
            assert ending.word == "complete", ending
            return f"StatementInterrupted, {told}"
        assert ending.word == "complete", ending
        return "went on"

    def evidence(self) -> tuple[list[int], list[str], list[tuple[object, ...]]]:
        """Everything that must not depend on kills."""
        return self.witness.journal(), self.witness.tables(), self.witness.revisions()


def complete_journal() -> list[int]:
    """Every INSERT exactly once."""
    return [number for number in range(1, LAST + 1) if number % PER_FILE]


def killed_chain(fresh: Callable[[], str], server: str, mode: str, kills: int, seed: int) -> list[Kill]:
    """Kill children on one database after another until ``kills`` have died; each database is completed.

    More die where fewer than half were inside a statement, up to twice as many: on a busy machine a kill comes late.

    Raises:
        AssertionError: A statement ran twice or not at all, a row is wrong, or a lock stayed.
    """
    chance = random.Random(seed)
    with victim_at(fresh(), server, mode) as whole:
        assert whole.run().word == "complete"
        expected = whole.evidence()
    assert expected[0] == complete_journal()
    done: list[Kill] = []
    while len(done) < kills or (sum(kill.inside for kill in done) < kills // 2 and len(done) < 2 * kills):
        with victim_at(fresh(), server, mode) as victim:
            done += _deaths_of(victim, max(kills - len(done), kills // 10), chance)
            assert victim.evidence() == expected, done[-1]
            wait_until(lambda: not victim.witness.is_locked())
    return done


@contextmanager
def victim_at(address: str, server: str, mode: str) -> Iterator[Victim]:
    """A new database, and a witness who goes home at the end."""
    url = parse_database_url(address)
    victim = Victim(server, mode, address, eyewitness(url))
    try:
        yield victim
    finally:
        victim.witness.close()


def _deaths_of(victim: Victim, kills: int, chance: random.Random) -> list[Kill]:
    """Kill one chain of children; the last one is left to finish."""
    done: list[Kill] = []
    reached, interrupted = 0, "stop"
    while len(done) < kills:
        death = _next_death(reached, chance)
        ending = victim.run(death, interrupted)
        interrupted = "stop"
        reached = max(reached, ending.statement)
        if not ending.was_killed and ending.word == "complete":
            return done
        if not ending.was_killed:
            assert ending.word == "interrupted", ending
            interrupted = "applied" if victim.took_effect() else "rerun"
            done[-1] = _told(done[-1], f"StatementInterrupted, {interrupted}")
            continue
        inside = ending.word.startswith("started")
        done.append(Kill(victim.server, victim.mode, death.at, inside, ending.statement, "went on"))
    outcome = victim.finish()
    if interrupted == "stop":
        done[-1] = _told(done[-1], outcome)
    return done


def _told(kill: Kill, outcome: str) -> Kill:
    return Kill(kill.server, kill.mode, kill.at, kill.inside, kill.statement, outcome)


_DECK = ("inside",) * 6 + ("any", "statement", "row")


def _next_death(reached: int, chance: random.Random) -> Death:
    kind = chance.choice(_DECK)
    number = min(LAST, reached + chance.randint(1, 10))
    match kind:
        case "inside":
            delay_s = chance.uniform(0.001, 0.01)
            return Death(f"{delay_s * 1000:.0f} ms into statement {number}", number=number, delay_s=delay_s)
        case "any":
            delay_s = chance.uniform(0.001, 0.25)
            return Death(f"{delay_s * 1000:.0f} ms after connecting", delay_s=delay_s)
        case point:
            nth = chance.randint(1, 8)
            what = (
                f"between statement {nth} and its row" if point == "statement" else f"after writing row {nth}"
            )
            return Death(f"{what}, by its own hand", own_hand=f"{point}:{nth}")


def table_of(kills: list[Kill]) -> str:
    """The kills for a reader."""
    lines = [
        "| server | mode | moment | inside a statement | last statement begun | outcome |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kill.server} | {kill.mode} | {kill.at} | {'yes' if kill.inside else 'no'} | {kill.statement} | {kill.outcome} |"
        for kill in kills
    ]
    return "\n".join(lines)
