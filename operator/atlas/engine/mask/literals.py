"""Where a literal of SQL ends, on whatever server, and what stands for it. A literal that never ends is all the rest."""

from __future__ import annotations

import re

from atlas.engine.database_url import REDACTED

PREFIX = r"(?: (?: [eEnNxXbB] | [uU]& | _\w++ ) (?=\\*+') )?+"
"""Of a verbose pattern: what may stand before the quote, as in ``E'…'``."""
GAP = r"""(?: \s | (?:--|\#)[^\n]{0,255}+\n | /\*(?!M?!)(?:(?!\*/).){0,255}+\*/ | /\*M?!\d{0,6}+ | \*/ )"""
"""Of a verbose pattern: space and comments between two words; MySQL runs what stands in ``/*! … */``.

The bounds keep an open comment from being searched twice.
"""

_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*+)?+\$")
_ESCAPED = re.compile(r"""\\++['"]""")
_LITERAL = {
    "'": re.compile(r"'(?:[^'\\]|''|\\.)*+(?:'|\\?\Z)", re.DOTALL),
    '"': re.compile(r'"(?:[^"\\]|""|\\.)*+(?:"|\\?\Z)', re.DOTALL),
}
_QUOTES = re.compile(r"'++|\"++")
_INSIDE = re.compile(r"[^\s;,)]")
_CONCATENATED = re.compile(r"\s*+(?:\|\||[,)+])")
_HEX = re.compile(r"0x[0-9a-fA-F]++")
_JOIN = re.compile(rf"{GAP}*+ (?: \|\| | \+ )?+ {GAP}*+ {PREFIX}", re.VERBOSE | re.DOTALL)


def chain_end(text: str, start: int) -> int:
    """Where the literal at this place ends, and all that are joined to it; 0 when there is none."""
    end = literal_end(text, start)
    if not end or text[start] == '"':
        return end
    opening = _nested_quotes(text, start)
    while end < len(text) and (join := _JOIN.match(text, end)):
        following = join.end()
        is_joined = following > end and text[following : following + 1] in {"'", "$"}
        if not is_joined or opening != _nested_quotes(text, following):
            break
        end = literal_end(text, following) or len(text)
    is_cut = text[end : end + 1].isalnum() and text[end - 1] in "'\""
    return len(text) if is_cut else end  # what follows at once is the rest of a value that holds the quote


def literal_end(text: str, start: int) -> int:
    """Where the literal at this place ends, 0 when there is none."""
    quote = text[start : start + 1]
    if quote == "$" and (dollar := _DOLLAR.match(text, start)):
        return _after(text, dollar.group(), dollar.end())
    if quote == "\\" and (escaped := _ESCAPED.match(text, start)):
        return _after(text, escaped.group(), escaped.end())
    if quote == "0" and (number := _HEX.match(text, start)):
        return number.end()
    if quote not in _LITERAL:
        return 0
    if opening := _nested_quotes(text, start):
        return _nested_end(text, opening, start + len(opening))
    found = _LITERAL[quote].match(text, start)
    end = found.end() if found else len(text)
    return len(text) if _CONCATENATED.match(text, start + 1, end) else end


def masked_literal(text: str, start: int) -> str:
    """What stands for the literal at this place."""
    match text[start]:
        case "0":
            return REDACTED
        case "$":
            quotes = "'"
        case "\\":
            found = _ESCAPED.match(text, start)
            quotes = found.group() if found else ""
        case plain:
            quotes = _nested_quotes(text, start) or plain
    return f"{quotes}{REDACTED}{quotes}"


def value_of(literal: str) -> str:
    """The value that a literal as written has on most servers."""
    if dollar := _DOLLAR.match(literal):
        return literal[dollar.end() :].removesuffix(dollar.group())
    value = literal.lstrip("\\").strip("'\"").rstrip("\\")
    return value.replace("''", "'").replace('""', '"')


def _after(text: str, closing: str, start: int) -> int:
    end = text.find(closing, start)
    return len(text) if end < 0 else end + len(closing)


def _nested_end(text: str, opening: str, start: int) -> int:
    """The end of a literal inside a literal: each quote of its value is written as twice as many as it begins with."""
    width = len(opening)
    for quotes in _QUOTES.finditer(text, start):
        length = len(quotes.group())
        if quotes.group()[0] != opening[0]:
            continue
        left = length % (2 * width)
        if left:
            return quotes.start() + length - left + min(left, width)
    return len(text)


def _nested_quotes(text: str, start: int) -> str:
    """The doubled quotes that open a literal inside a literal, '' when a plain one begins here."""
    found = _QUOTES.match(text, start)
    if found is None or len(found.group()) % 2 or not _INSIDE.match(text, found.end()):
        return ""
    return found.group()
