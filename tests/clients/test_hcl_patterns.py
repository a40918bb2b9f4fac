"""Random patterns match the same with the Go tools and with us, or are refused: none matches something else."""

from __future__ import annotations

import json
import random
from collections import Counter

from atlas.errors import ParseError, Unsupported
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions

from tests.clients.interchange import Interchange

SEED = 20261126
COUNT = 600
ATOMS = [
    r"a",
    r"b",
    r"ab",
    r"é",
    r"\d",
    r"\w",
    r"\s",
    r"\b",
    r"\B",
    r".",
    r"^",
    r"$",
    r"[ab]",
    r"[^a]",
    r"[a-c\d]",
    r"[[:alpha:]_-]",
    r"(a)",
    r"(b|)",
    r"(?:ab|a)",
    r"(?i:B)",
    r"(?i)",
    r"(?s)",
    r"(?m)",
    r"(?U)",
    r"\pL",
    r"\PL",
    r"[^\pL]",
    r"\Qa.\E",
    r"\x61",
    r"\z",
    r"\A",
    r"x{2}",
    r"{",
    r"}",
    r"]",
    r"-",
    r"[-a]",
    r"[a-]",
    r"[]a]",
    r"(?P<n>a)",
    r"(?<m>b)",
    r"\.",
    r"\-",
    r"&&",
    r"~",
    r"[é-ü]",
    r"\W",
    r"\S",
    r"\D",
    r"[\W\d]",
    r"(?-i:a)",
    r"()",
    r"(?i:[^a])",
]
REPETITIONS = (*("",) * 4, *["*", "+", "?", "*?", "+?", "??", "{1,2}", "{0,1}?", "{2,}", "{,3}", "{1}"])
TEXTS = (
    "kKk",
    "",
    "a",
    "ab",
    "aab b",
    "baaac",
    "Ab é\nB",
    "a1 _-.",
    "aé_ \n\n",
    "xx aBAb",
    "1.2a",
    "\nab\n",
    "\u017fs",
)


def pattern(chance: random.Random, depth: int = 0) -> str:
    parts = []
    for _ in range(chance.randint(1, 4)):
        atom = chance.choice(ATOMS)
        if depth < 2 and chance.random() < 0.25:
            flags = chance.choice(("", "?:", "?i:", "?s:", "?m:", "?U:"))
            other = chance.choice(("", f"|{pattern(chance, depth + 1)}"))
            atom = f"({flags}{pattern(chance, depth + 1)}{other})"
        parts.append(atom + chance.choice(REPETITIONS))
    return chance.choice(("", "", "", "|")).join(parts)


def call(chance: random.Random) -> str:
    wanted, text = (json.dumps(each, ensure_ascii=False) for each in (pattern(chance), chance.choice(TEXTS)))
    return chance.choice((f"regexall({wanted}, {text})", f'regexreplace({text}, {wanted}, "<$1$0>")'))


def test_random_patterns_match_alike_or_are_refused(interchange: Interchange) -> None:
    chance = random.Random(SEED)
    calls = [call(chance) for _ in range(COUNT)]
    answers = interchange.ask("evaluate", [{"text": f"value = {{ is = {text} }}\n"} for text in calls])
    outcomes = Counter(outcome(text, answer) for text, answer in zip(calls, answers, strict=True))

    assert outcomes["equal"] > COUNT / 2
    assert outcomes["both refuse"] > COUNT / 20
    assert sum(outcomes.values()) == COUNT


def outcome(text: str, answer: dict[str, str]) -> str:
    scope = Scope({}, hcl_functions({}, None))
    try:
        ours = evaluate(parse(f"v = {text}\n", "t.hcl").attributes["v"].expression, scope)
    except Unsupported:
        return "not supported by us"
    except ParseError:
        assert answer["error"], text
        return "both refuse"
    assert not answer["error"], text
    assert ours == json.loads(answer["value"])["is"], text
    return "equal"
