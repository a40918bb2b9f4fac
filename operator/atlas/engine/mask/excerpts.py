"""What a server quotes of a statement: an excerpt may begin within a literal, where nothing tells that it is a secret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.database_url import REDACTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = re.compile(r"""(?P<before>\bnear |\btoken: )(?P<quote>["'])|(?P<plain>"[^"]*"|'[^']*')""")
_CLOSING = re.compile(r"""["'](?= at line \d|: syntax|\Z| \()""")
"""After ``near`` the excerpt ends with the last of these: it is given raw, with whatever quotes it has."""


def without_excerpts(words: str, shown: str) -> str:
    """The words without what they quote and ``shown``, the masked statement, does not have."""
    return "".join(_pieces(words, shown.lower()))  # a server may write a word in lower case


def _pieces(words: str, shown: str) -> Iterator[str]:
    last = {found.group(): found.start() for found in _CLOSING.finditer(words)}
    done = 0
    while step := _STEP.search(words, done):
        if step["plain"]:
            start, end = step.start() + 1, step.end() - 1
        else:
            start, end = step.end(), last.get(step["quote"], -1)
        if end < start:  # nothing ends it: what the quote begins is looked at by itself
            yield words[done : start - 1]
            done = start - 1
            continue
        text = words[start:end]
        yield words[done:start]
        yield text if text.lower() in shown else REDACTED
        yield words[end]
        done = end + 1
    yield words[done:]
