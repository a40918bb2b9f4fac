"""Lines of source that errors show: a password that is written in one is not shown.

A line that is shown is often a broken one, so names are looked at without the signs that may be wrong in them, and
what is only likely to be a secret is hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN = "xxxxx"
_WORDS = ("passw", "pwd", "secret", "token", "apikey", "privatekey", "credential")
_PLAIN = frozenset({"url", "project", "org"})
"""What a ``cloud`` block says beside its token."""
_STRING = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)(?:"|\\?$)')
_BARE = re.compile(r"[=:]\s*(?!(?:var|local|data|each|atlas)\.)(?P<text>[^\s\"'{}\[\](),=:$]+)\s*$")
_READS = re.compile(r"\b(?:getenv|file|fileset)\s*\(\s*$")
_ONLY_INTERPOLATED = re.compile(r"\$\{[^{}]*\}\Z")
_SECRETS = re.compile(
    r"""(?P<url>://[^\s/:@"'$]*:)(?P<password>[^"'\n]*(?=@)|(?!\d+(?:[/?\s"',)]|$))[^\s/"'@]+)
      | (?P<colon>:)(?P<before>[^\s:/"']+)(?=@\w)
      | (?P<key>[?&]\w*(?:passw|pwd|secret|token|val)\w*=)(?P<value>[^&\s"']+)
      | (?P<assigned>(?:passw|pwd|secret|token)\w*=)(?P<bare>[^\s,"']+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARTS = (("url", "password"), ("colon", "before"), ("key", "value"), ("assigned", "bare"))


class Shown(NamedTuple):
    """A line as it may be shown, and the column of the place in it."""

    line: str
    column: int


def shown(line: str, column: int = 1, before: str = "") -> Shown:
    """``line`` without its passwords; ``before`` is the text of the file in front of it.

    Hidden are passwords of URLs, what names of the line call secret, and what stands in a block about a secret.
    Interpolations stay: they name a value and do not hold it. A column behind a secret moves with the text.
    """
    parts: list[str] = []
    done, moved = 0, column
    spans = _rest(line, before) or {*_of_names(line, before), *_of_urls(line)}
    for start, end in sorted(spans):
        if start < done or start == end:
            continue
        parts += [line[done:start], HIDDEN]
        done = end
        if column > end:
            moved += len(HIDDEN) - (end - start)
        elif column > start + 1:
            moved -= column - start - 1
    return Shown("".join((*parts, line[done:])), moved)


def _rest(line: str, before: str) -> set[tuple[int, int]]:
    """All that is said, where a quote too many or too few leaves open what is a string, and a secret may be in it."""
    quotes = line.count('"') - line.count('\\"')
    if not quotes % 2 or not ("@" in line or _is_secret(line) or _in_secret(before)):
        return set()
    start = re.search(r"[=:\"]\s*", line)
    return {(start.end(), len(line))} if start else set()


def _of_urls(line: str) -> Iterator[tuple[int, int]]:
    for found in _SECRETS.finditer(line):
        start, end = next(found.span(secret) for name, secret in _PARTS if found[name] is not None)
        if "${" not in line[start:end]:
            yield start, end


def _of_names(line: str, before: str) -> Iterator[tuple[int, int]]:
    """Strings and bare words behind a name that says what they are, a string as name (``"secret" : …``) included."""
    in_secret = '"' in line and _in_secret(before)
    done, string = 0, ""
    for found in _STRING.finditer(line):
        head = line[done : found.start()]
        name = _letters(head) or _letters(string)
        is_secret = _is_secret(name) or (in_secret and name not in _PLAIN)
        if is_secret and not _READS.search(head) and not _ONLY_INTERPOLATED.match(found["text"]):
            yield found.span("text")
        if is_secret and (bare := _BARE.search(line, done, found.start())):
            yield bare.span("text")
        done, string = found.end(), found["text"]


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _is_secret(text: str) -> bool:
    letters = _letters(text)
    return any(word in letters for word in _WORDS)


def _in_secret(before: str) -> bool:
    header = _block_of(before)
    return _is_secret(header) or _letters(header) == "cloud"


def _block_of(before: str) -> str:
    """The line that opens the block around the end of ``before``; empty outside of one."""
    closed = 0
    for line in reversed(before.splitlines()):
        closed += line.count("}") - line.count("{")
        if closed < 0:
            return line
    return ""
