"""Desired states with something wrong in them: what becomes of each, and that none ends in a traceback or hangs.

``python -m tests.cases.mutations 10000`` prints the table; a smaller number runs with the tests.
"""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from atlas.engine.desired_state import DesiredState, HclState, SqlScript, SqlState, normalize
from atlas.engine.hcl_schema import print_schema
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.scan import options_for, scan
from atlas.engine.scope import Scope
from atlas.errors import AtlasError, ParseError

from tests.cases.case import SCHEMAS, all_cases
from tests.cases.random_schemas import random_case
from tests.cases.servers import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.schema_ports import DevDatabase

    from tests.cases.servers import Ground

LONGEST_S, LONGEST_WAIT_S = 5.0, 30.0
"""Seconds of thought, and seconds on the wall: a busy machine makes one wait, and nobody think."""
SHARES = {"sqlite": 0.5, "postgres": 0.3, "mariadb": 0.2}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_STRANGE = (
    "'",
    '"',
    "`",
    "(",
    ")",
    ";",
    "--",
    "/*",
    "*/",
    "$$",
    "\\",
    "{",
    "}",
    "${",
    "=",
    "\x00",
    "é",
    "0",
    "NULL",
    "SELECT",
    "é" * 70,
)


@dataclass(slots=True)
class Tally:
    """How many inputs ended where, and what must not have happened."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    longest_s: float = 0.0

    @property
    def reached_engine(self) -> float:
        """The share of inputs that the server or the HCL reader took, so that the engine had its say."""
        total = self.ends.total()
        return (self.ends["engine"] + self.ends["accepted"]) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Broken:
    """One input, and where it is tried."""

    text: str
    notation: str
    driver: str
    ground: Ground
    dev: DevDatabase
    scope: Scope


def mutated(text: str, random: Random) -> str:
    """One or two small accidents: to a line or statement in half of the inputs, else to a word."""
    if random.random() < 0.5:
        return _lines_mutated(text, random)
    words = _WORDS.findall(text)
    for _ in range(random.choice((1, 1, 2))):
        if not words:
            break
        place = random.randrange(len(words))
        match random.randrange(6):
            case 0:
                del words[place]
            case 1:
                words.insert(place, words[place])
            case 2:
                words[place] = random.choice(words)
            case 3:
                words.insert(place, random.choice(_STRANGE))
            case 4:
                words[place] = _letter_changed(words[place], random)
            case _:
                other = random.randrange(len(words))
                words[place], words[other] = words[other], words[place]
    return "".join(words)


def _lines_mutated(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    place, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[place])
        case 2:
            lines[place], lines[other] = lines[other], lines[place]
        case _:
            lines[place] = re.sub(r"\d+", lambda _: str(random.choice((0, 1, 7, 99, 10**12))), lines[place])
    return "".join(lines)


def _letter_changed(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    return word[:place] + random.choice("abcxyz019_ ") + word[place + 1 :]


def run(driver: str, ground: Ground, count: int, seed: int, tally: Tally) -> None:
    """Try ``count`` inputs on one driver, half SQL and half HCL."""
    random = Random(f"{driver} {seed}")
    scope = Scope(bound=SCHEMAS[driver])
    with ground.dev() as dev:
        texts = _corpus(driver)
        as_hcl = cache(lambda text: _as_hcl(text, driver, ground, dev, scope))
        for number in range(count):
            notation = "hcl" if number % 2 else "sql"
            whole = random.choice(texts)
            text = mutated(as_hcl(whole) if number % 2 else whole, random)
            _try_one(Broken(text, notation, driver, ground, dev, scope), tally)


def _corpus(driver: str) -> list[str]:
    texts = [
        case.desired for case in all_cases(driver) if not case.unsupported and case.bound == SCHEMAS[driver]
    ]
    return texts + [random_case(driver, seed).desired for seed in range(20)]


def _as_hcl(text: str, driver: str, ground: Ground, dev: DevDatabase, scope: Scope) -> str:
    state = SqlState((SqlScript("schema.sql", text),))
    normal = normalize(state, driver=ground.driver, dev=dev, scope=scope, dialect=driver)
    return print_schema(normal.realm, ground.driver.types)


def _try_one(broken: Broken, tally: Tally) -> None:
    start, thought = time.monotonic(), time.thread_time()
    try:
        end = _end_of(broken)
    except Exception:  # noqa: BLE001  that is what is looked for
        end = "traceback"
        tally.faults.append(f"{broken.driver}: {traceback.format_exc(limit=-4)}\n{broken.text}")
    taken, thought = time.monotonic() - start, time.thread_time() - thought
    tally.longest_s = max(tally.longest_s, taken)
    if thought > LONGEST_S or taken > LONGEST_WAIT_S:
        tally.faults.append(
            f"{broken.driver}: {taken:.1f} s, {thought:.1f} s of them thinking\n{broken.text}"
        )
    tally.ends[end] += 1


def _end_of(broken: Broken) -> str:
    state: DesiredState
    if broken.notation == "hcl":
        state = HclState((("schema.hcl", broken.text),), {})
    else:
        try:
            scan(broken.text, options_for(broken.driver))
        except ParseError:
            return "scanner"
        state = SqlState((SqlScript("schema.sql", broken.text),))
    driver, dev, scope = broken.ground.driver, broken.dev, broken.scope
    try:
        normal = normalize(state, driver=driver, dev=dev, scope=scope, dialect=broken.driver)
    except ParseError:
        return "reader"
    except AtlasError:
        return "server"
    try:
        with dev.room(scope) as room:
            make_plan(driver, room.inspect(), normal.realm, PlanOptions(bound=scope.bound))
    except AtlasError:
        return "engine"
    return "accepted"


def main(count: int, seed: int = 1, say: Callable[[str], object] = print) -> Tally:
    """Run on all drivers and say what came of it."""
    total = Tally()
    for driver, share in SHARES.items():
        ground = GROUNDS[driver]()
        tally = Tally()
        try:
            run(driver, ground, int(count * share), seed, tally)
        finally:
            ground.stop()
        ends = ", ".join(f"{end} {number}" for end, number in sorted(tally.ends.items()))
        say(
            f"{driver}: {ends}; longest {tally.longest_s:.2f} s; reached the engine: {tally.reached_engine:.0%}"
        )
        total.ends.update(tally.ends)
        total.faults += tally.faults
        total.longest_s = max(total.longest_s, tally.longest_s)
    say(f"all: {dict(sorted(total.ends.items()))}; reached the engine: {total.reached_engine:.0%}")
    return total


if __name__ == "__main__":
    result = main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    print(*result.faults[:20], sep="\n")
    sys.exit(bool(result.faults) or result.reached_engine < 0.3)
