"""What a server quotes of a statement: an excerpt may begin within a literal, where nothing tells that it is a secret."""

from __future__ import annotations

import re

from atlas.engine.database_url import REDACTED

_EXCERPT = re.compile(
    r"""
      (?P<before> \bnear\ | \btoken:\ ) (?P<quote> ["']) (?P<text> .*) (?P=quote) (?= \ at\ line\ \d | :\ syntax | \Z | \ \( )
    | (?P<plain> "[^"]*" | '[^']*' )
    """,
    re.VERBOSE | re.DOTALL,
)
"""After ``near`` the excerpt ends with the last quote: it is given raw, with whatever quotes it has."""


def without_excerpts(words: str, shown: str) -> str:
    """The words without what they quote and ``shown``, the masked statement, does not have."""
    lower = shown.lower()  # a server may write a word in lower case

    def kept(found: re.Match[str]) -> str:
        text = found["plain"][1:-1] if found["plain"] else found["text"]
        if text.lower() in lower:
            return found.group()
        quote = found["plain"][0] if found["plain"] else found["quote"]
        return f"{found['before'] or ''}{quote}{REDACTED}{quote}"

    return _EXCERPT.sub(kept, words)
