"""Comparing what was seen with what was expected, and saying how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.testing.output import same_text
from atlas.engine.testing.pattern import compiled
from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.testing.case import Expected

_STEP = "    "


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement or program that did not succeed, and why."""

    statement: str
    text: str

    def told(self, word: str) -> str:
        """The lines for a person; ``word`` is the command of the case."""
        return f"{word}: {self.text}\n{_indented(self.statement, 1)}"


def difference(word: str, subject: str, expected: Expected | str, seen: Sequence[str]) -> str:
    """How an output differs from what is expected, '' when it does not.

    Args:
        word: What to call it: the command of the case, or the message of its author.
        subject: The statement or program.
        expected: A text is known to differ.
        seen: The forms of the output, any of which may be meant; the first is shown.
    """
    if isinstance(expected, str):
        return _compared(word, subject, f"expected: {expected}", seen[0])
    if expected.output is not None and not any(same_text(expected.output, text) for text in seen):
        return _compared(word, subject, f"expected:\n{_indented(expected.output.strip(chr(10)), 1)}", seen[0])
    if expected.match is not None:
        pattern = compiled(expected.match, "match")
        if not any(pattern.search(text) for text in seen):
            return _compared(word, subject, f"expected a match of: {expected.match}", seen[0])
    return ""


def mentions(text: str, wanted: str) -> bool:
    """Whether an error holds a text, as it is written or as a pattern."""
    if wanted.strip() in text:
        return True
    try:
        return compiled(wanted, "error").search(text) is not None
    except DesiredStateError:  # no pattern: the text alone counts
        return False


def _compared(word: str, subject: str, wanted: str, seen: str) -> str:
    actual = f"actual:\n{_indented(seen.strip(chr(10)), 1)}" if seen.strip() else "actual: no output"
    parts = (_indented(subject, 1), _indented(wanted, 1), _indented(actual, 1))
    return "\n".join((f"{word}: not as expected", *parts))


def _indented(text: str, steps: int) -> str:
    lines = text.strip("\n").splitlines() or [""]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join((_STEP * steps + line[margin:]).rstrip() for line in lines)
