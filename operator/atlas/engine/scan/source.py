"""The text under the scanner: bytes, searches that never repeat a failure, and places for messages.

Positions and columns count bytes, as in the Go tools.
"""

from __future__ import annotations

import re
from typing import Final

# Unicode white space, which is what Go trims; str.strip() alone would also take the ASCII separators 1C-1F.
WHITE_SPACE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SPACES: Final = re.compile(
    rb"(?:[\t\n\v\f\r ]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)*+"
)
_TO_QUOTE: Final = {
    mark: re.compile(rb"[^\\%b]*+(?:\\.[^\\%b]*+)*+%b" % (mark, mark, mark), re.DOTALL)
    for mark in (b"'", b'"', b"`")
}


def decoded(data: bytes) -> str:
    """Return the text of ``data``; bytes that are not UTF-8 survive the way back."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """Return the bytes that :func:`decoded` was given."""
    return text.encode("utf-8", "surrogateescape")


class Unreadable(Exception):  # noqa: N818 - not an error yet: a BEGIN that cannot be closed is plain text
    """The text cannot be cut at this byte offset."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Source:
    """Bytes with memory: what was not found once is not looked for again further on.

    ``read_bytes`` counts what readers looked at, a byte once for each reading of it.
    """

    __slots__ = ("_absent_from", "_open_quotes", "data", "length", "read_bytes")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.length = len(data)
        self.read_bytes = 0
        self._absent_from: dict[bytes, int] = {}
        self._open_quotes: set[int] = set()

    def after(self, needle: bytes, position: int) -> int:
        """Return the offset behind the next ``needle``, or -1."""
        if position >= self._absent_from.get(needle, self.length + 1):
            return -1
        found = self.data.find(needle, position)
        if found < 0:
            self._absent_from[needle] = position
            return -1
        return found + len(needle)

    def after_escaped_quote(self, mark: bytes, position: int) -> int:
        """Return the offset behind the next ``mark`` that no backslash escapes, or -1."""
        if position in self._open_quotes:
            return -1
        found = _TO_QUOTE[mark].match(self.data, position)
        if found is None:
            self._open_quotes.add(position)
            return -1
        return found.end()

    def after_spaces(self, position: int) -> int:
        """Return the offset of the next character that is not white space."""
        found = _SPACES.match(self.data, position)
        return found.end() if found else position

    def place(self, offset: int) -> str:
        """Return ``line:column`` of the character that *ends* at ``offset``."""
        line = 1 + self.data.count(b"\n", 0, offset)
        column = offset if line == 1 else offset - self.data.rfind(b"\n", 0, offset) - 1
        return f"{line}:{column}"
