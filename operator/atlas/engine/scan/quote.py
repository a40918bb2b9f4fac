"""Quoted text in messages, spelled as Go's ``%q`` does: clients compare some of these messages byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPES: Final = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    "\\": r"\\",
}
_ASCII_END: Final = 0x80
_BMP_END: Final = 0x10000


def quote(text: str) -> str:
    r"""Return ``text`` in double quotes; bytes that are not UTF-8 (surrogate escapes) become ``\xff``."""
    return '"' + "".join(_escaped(char, '"') for char in text) + '"'


def quote_char(char: str) -> str:
    """Return one character in single quotes."""
    return "'" + _escaped(char, "'") + "'"


def quote_list(texts: Iterable[str]) -> str:
    """Return ``["a" "b"]``."""
    return f"[{' '.join(quote(text) for text in texts)}]"


def _escaped(char: str, mark: str) -> str:
    if char == mark:
        return "\\" + char
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    if "\udc80" <= char <= "\udcff":
        return f"\\x{code - 0xDC00:02x}"
    if code < _ASCII_END:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _BMP_END else f"\\U{code:08x}"
