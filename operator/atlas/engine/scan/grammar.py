"""The patterns of the scanner: which bytes it must stop at, for each dialect and delimiter.

Order inside a pattern is precedence: quotes and parentheses, the delimiter, dollar quotes, comments, BEGIN.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atlas.engine.scan.options import ScanOptions

SEMICOLON: Final = b";"
# Go's \s knows neither the vertical tab nor Unicode; its dollar tags take letters up to U+00FF.
_SPACE: Final = rb"[\t\n\f\r ]"
_TAG_START: Final = rb"(?:[A-Za-z_]|\xc3[\x88-\xbf])"
_TAG_NEXT: Final = rb"(?:[0-9A-Za-z_]|\xc3[\x88-\xbf])"
_DOLLAR: Final = rb"(?P<dollar>\$(?:%b%b*+)?\$)" % (_TAG_START, _TAG_NEXT)
_ATOMIC: Final = rb"(?P<atomic>(?i:BEGIN)%b+(?i:ATOMIC)%b++)" % (_SPACE, _SPACE)
_BEGIN: Final = rb"(?P<begin>(?i:BEGIN)%b++)" % _SPACE
END: Final = re.compile(rb"(?i:END)%b*+" % _SPACE)
IDENTIFIER_BYTE: Final = re.compile(rb"[0-9A-Za-z_$\x80-\xff]")


@lru_cache(maxsize=64)
def stops(options: ScanOptions, delimiter: bytes, depth: int) -> re.Pattern[bytes]:
    """Return the pattern of everything the scanner must look at; ``depth`` is 0 or 1 (inside parentheses)."""
    parts = [rb"(?P<open>\()", rb"(?P<close>\))", rb"(?P<quote>['\"`])"]
    if depth == 0:
        parts.append(rb"(?P<delimiter>%b)" % re.escape(delimiter))
    if options.dollar_quotes:
        parts.append(_DOLLAR)
    parts.append(rb"(?P<comment>--|/\*%b)" % (b"|#" if options.hash_comments else b""))
    if delimiter == SEMICOLON and options.begin_atomic:
        parts.append(_ATOMIC)
    if delimiter == SEMICOLON and options.begin:
        parts.append(_BEGIN)
    return re.compile(b"|".join(parts))
