"""Passwords in URLs and in the data source names of Go's MySQL driver, wherever in a text these stand."""

from __future__ import annotations

import re

from atlas.engine.database_url import REDACTED

_WORD = re.compile(r"\S+")
_SLASHES = re.compile(r"(:(?:\\?/){2})")
"""JSON may write a slash as ``\\/``."""
_ENCODED_COLON = re.compile(r"%3A%2F%2F(?:(?!%3A).)*+(?:%3A)", re.IGNORECASE)
_DATA_SOURCE_AT = re.compile(r"@(?:tcp|unix)\(")


def without_passwords(text: str) -> str:
    """``user:xxxxx@`` for the password of each URL; the LAST ``@`` of a word ends a password."""
    if "://" in text or ":\\/" in text:
        text = _WORD.sub(lambda found: _of_word(found.group()), text)
    if "%40" in text:
        text = _WORD.sub(lambda found: _encoded(found.group()), text)
    if _DATA_SOURCE_AT.search(text):
        text = _WORD.sub(lambda found: _data_source(found.group()), text)
    return text


def _of_word(word: str) -> str:
    first, *addresses = _SLASHES.split(word)
    pairs = zip(addresses[::2], addresses[1::2], strict=True)
    return first + "".join(slashes + _mask_userinfo(address) for slashes, address in pairs)


def _mask_userinfo(address: str) -> str:
    # A double quote ends a URL inside JSON or Go's %q; a password that holds one unescaped is cut less well.
    inside, quote, after = address.partition('"')
    if quote and "@" not in inside:
        inside, quote, after = address, "", ""
    userinfo, at, rest = inside.rpartition("@")
    user, colon, _ = userinfo.partition(":")
    masked = f"{user}:{REDACTED}@{rest}" if at and colon else inside
    return masked + quote + after


def _encoded(word: str) -> str:
    """A URL that is a value in another one."""
    before, at, after = word.rpartition("%40")
    found = _ENCODED_COLON.search(before)
    return f"{before[: found.end()]}{REDACTED}{at}{after}" if found else word


def _data_source(word: str) -> str:
    ends = [found.start() for found in _DATA_SOURCE_AT.finditer(word)]
    if not ends:
        return word
    start = word.rfind("://", 0, ends[-1])
    colon = word.find(":", start + len("://") if start >= 0 else 0, ends[-1])
    return word if colon < 0 else f"{word[: colon + 1]}{REDACTED}{word[ends[-1] :]}"
