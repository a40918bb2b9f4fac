"""``atlas:name value`` comments: the one grammar that statements, files and ``atlas.sum`` share."""

from __future__ import annotations

import re
from typing import Final

# The prefix is greedy, so of two directives in one line the last one counts, as in the Go tools.
_DIRECTIVE: Final = re.compile(r"([ -~]*)atlas:(\w+)(?: +(.+))?", re.ASCII)


def directive(content: str, name: str, *, prefix: str | None = None) -> str | None:
    """Return the value of directive ``name`` at the very start of ``content``, or ``None``.

    A directive without a value is ``""``. ``prefix`` is the exact text before ``atlas:``; without one any
    printable ASCII may stand there. The value runs to the line's end, a carriage return included.
    """
    found = _DIRECTIVE.match(content)
    if found is None or found[2] != name or prefix not in (None, found[1]):
        return None
    return found[3] or ""
