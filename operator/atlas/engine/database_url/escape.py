"""Percent-encoding as Go's ``net/url`` does it, one alphabet for each part of a URL.

No knowledge of databases. Nothing here puts more of a text into an error than its caller allows.
"""

from __future__ import annotations

import re
from enum import Enum

from atlas.errors import SpecError

_ESCAPE = re.compile(r"%(?:[0-9A-Fa-f]{2})?")
_HOST = re.compile(r"(?![A-Za-z0-9\-_.~!$&'()*+,;=:\[\]<>\"%])[\x00-\x7f]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")


class Part(Enum):
    """Where a text stands in a URL; the value holds the reserved bytes that may stand there unescaped."""

    USER = b"$&+,;="
    HOST = b"!$&'()*+,;=:[]<>\""
    PATH = b"$&+,/:;=@"
    QUERY = b""


def escape(text: str, part: Part) -> str:
    """Encode a value for one part of a URL (RFC 3986; a space of a query becomes ``+``, as in Go)."""
    if part is Part.QUERY:
        return "+".join(_percent(word, _UNRESERVED) for word in text.split(" "))
    return _percent(text, _UNRESERVED.union(part.value))


def unescape(text: str, part: Part, *, shown: bool) -> str:
    """Decode one part of a URL, once.

    Args:
        text: The part as written.
        part: A host may escape only bytes beyond ASCII (RFC 3986, 3.2.2); a query reads ``+`` as a space.
        shown: Whether an error may quote the offending three characters: not where a password may stand.

    Raises:
        SpecError: An escape is cut short, or the result is not UTF-8.
    """
    for found in _ESCAPE.finditer(text):
        _check_escape(text[found.start() : found.start() + 3], part, shown=shown)
    if part is Part.QUERY:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    return _decode(text)


def check_host(text: str) -> None:
    """Refuse a character that no host name may hold unescaped, in Go's words."""
    if found := _HOST.search(text):
        raise SpecError(f'invalid character "{found.group()}" in host name')


def _check_escape(escaped: str, part: Part, *, shown: bool) -> None:
    complete = _ESCAPE.fullmatch(escaped) is not None and escaped != "%"
    ascii_in_host = part is Part.HOST and complete and int(escaped[1], 16) < 8 and escaped != "%25"  # noqa: PLR2004
    if complete and not ascii_in_host:
        return
    if shown:
        raise SpecError(f'invalid URL escape "{escaped}"')
    raise SpecError("invalid URL escape: a literal '%' of a user name or password is written %25")


def _percent(text: str, literal: frozenset[int]) -> str:
    return "".join(chr(byte) if byte in literal else f"%{byte:02X}" for byte in text.encode())


def _decode(text: str) -> str:
    first, *rest = text.encode().split(b"%")
    decoded = first + b"".join(bytes((int(piece[:2], 16),)) + piece[2:] for piece in rest)
    try:
        return decoded.decode()
    except UnicodeDecodeError:
        raise SpecError("invalid URL escape: the decoded text is not UTF-8") from None
