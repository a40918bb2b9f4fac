"""Go's quoted strings and characters, both ways (strconv, Go 1.26)."""

from __future__ import annotations

_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_SIMPLE = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
}
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}
_BYTE_LIMIT = 256


def quote(text: str, *, ascii_only: bool = False) -> str:
    """``text`` as a double-quoted Go string (``%q``; ``ascii_only`` is ``%+q``)."""
    return '"' + "".join(_escape(character, '"', ascii_only=ascii_only) for character in text) + '"'


def quote_character(character: str, *, ascii_only: bool = False) -> str:
    """One character as a single-quoted Go character literal."""
    return "'" + _escape(character, "'", ascii_only=ascii_only) + "'"


def _escape(character: str, delimiter: str, *, ascii_only: bool) -> str:
    if character in {delimiter, "\\"}:
        return "\\" + character
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if " " <= character <= "~" or (not ascii_only and character.isprintable()):
        return character
    if code < ord(" ") or code == ord("\x7f"):
        return f"\\x{code:02x}"
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  a lone surrogate stands for a broken byte
        return "\\ufffd"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  the end of the basic plane


def unquote(literal: str) -> str:
    """The text of a Go string or character literal, delimiters included in the argument.

    Raises ValueError ``invalid syntax`` where Go's strconv.Unquote does.
    """
    delimiter, inner = literal[0], literal[1:-1]
    if delimiter == "`":
        return inner.replace("\r", "")
    out = bytearray()
    at = 0
    while at < len(inner):
        if inner[at] != "\\":
            out += inner[at].encode("utf-8", "surrogatepass")
            at += 1
            continue
        piece, at = _unescape(inner, at + 1, delimiter)
        out += piece
    return out.decode("utf-8", "replace")


def _unescape(inner: str, at: int, delimiter: str) -> tuple[bytes, int]:
    letter = inner[at : at + 1]
    if letter in _SIMPLE and not (letter in {"'", '"'} and letter != delimiter):
        return _SIMPLE[letter].encode(), at + 1
    if letter in _HEX_DIGITS:
        end = at + 1 + _HEX_DIGITS[letter]
        code = _digits(inner[at + 1 : end], 16, _HEX_DIGITS[letter])
        return (bytes([code]) if letter == "x" else _encoded(code)), end
    code = _digits(inner[at : at + 3], 8, 3)
    if code >= _BYTE_LIMIT:
        message = "invalid syntax"
        raise ValueError(message)
    return bytes([code]), at + 3


def _digits(text: str, radix: int, length: int) -> int:
    if len(text) != length or not text.isalnum():
        message = "invalid syntax"
        raise ValueError(message)
    try:
        return int(text, radix)
    except ValueError:
        message = "invalid syntax"
        raise ValueError(message) from None


def _encoded(code: int) -> bytes:
    try:
        return chr(code).encode()
    except (ValueError, UnicodeEncodeError):
        message = "invalid syntax"
        raise ValueError(message) from None
