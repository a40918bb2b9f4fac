"""Lines of source that errors show: a password that is written in one is not shown."""

from __future__ import annotations

import re
from typing import NamedTuple

HIDDEN = "xxxxx"
_SECRETS = re.compile(
    r"""(?P<url>://[^\s/:@"'$]*:)(?P<password>[^"'\n]*(?=@)|(?!\d+(?:[/?\s"',)]|$))[^\s/"'@]+$)
      | (?P<name>(?:^|[^\w.])["']?\w*(?:passw|pwd|secret|token|api_?key|private_?key|credential)\w*["']?\s*[=:]\s*["'])(?P<text>[^"'\n]*)
      | (?P<key>[?&]\w*(?:passw|pwd|secret|token|val)\w*=)(?P<value>[^&\s"']+)
      | (?P<assigned>(?:passw|pwd|secret|token)\w*=)(?P<bare>[^\s,"']+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARTS = (("url", "password"), ("name", "text"), ("key", "value"), ("assigned", "bare"))


class Shown(NamedTuple):
    """A line as it may be shown, and the column of the place in it."""

    line: str
    column: int


def shown(line: str, column: int = 1) -> Shown:
    """``line`` without the passwords of its URLs and the texts that its names call secret.

    Interpolations stay: they name a value and do not hold it. A column behind a password moves with the text.
    """
    parts: list[str] = []
    done, moved = 0, column
    for found in _SECRETS.finditer(line):
        start, end = _secret(found)
        if start == end or "${" in line[start:end]:
            continue
        parts += [line[done:start], HIDDEN]
        done = end
        if column > end:
            moved += len(HIDDEN) - (end - start)
        elif column > start + 1:
            moved -= column - start - 1
    return Shown("".join((*parts, line[done:])), moved)


def _secret(found: re.Match[str]) -> tuple[int, int]:
    return next(found.span(secret) for before, secret in _PARTS if found[before] is not None)
