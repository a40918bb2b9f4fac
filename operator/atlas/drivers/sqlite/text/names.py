"""Names and expressions: which are the same to SQLite, and how they are written."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from atlas.drivers.sqlite.text.tokens import Token, TokenKind, UnknownText, tokens_of

_FOLD = str.maketrans(ascii_uppercase, ascii_lowercase)
_WORDS = """
    add all alter and as autoincrement between case check collate commit constraint create current_date current_time
    current_timestamp default deferrable delete distinct drop else escape exists false foreign from group having if in
    index insert intersect into is isnull join limit not nothing notnull null on or order primary references returning
    select set table then to transaction true union unique update using values when where
"""
_RESERVED = frozenset(_WORDS.split())
"""Words that are no name without quotes, or mean something else with them."""


def folded(name: str) -> str:
    """A name as SQLite compares it: only the letters A to Z have no case."""
    return name.translate(_FOLD)


def is_reserved(word: str) -> bool:
    """Whether a bare word is never a name."""
    return folded(word) in _RESERVED


def quoted(name: str) -> str:
    """A name as plans write it."""
    return f"`{name.replace('`', '``')}`"


def text_literal(value: str) -> str:
    """A string of SQL."""
    return f"'{value.replace(chr(39), chr(39) * 2)}'"


@lru_cache(maxsize=50_000)
def canonical(text: str) -> tuple[str, ...]:
    """The tokens of a text in a form in which equal ones compare: no case, spaces, comments or needless quotes.

    ALTER TABLE … RENAME puts quotes around names that had none, so ``"y" > 0`` and ``y > 0`` are one.
    """
    try:
        tokens = tokens_of(text)
    except UnknownText:
        return (text,)
    return tuple(_canonical_token(token) for token in tokens)


def _canonical_token(token: Token) -> str:
    text = token.text
    match token.kind:
        case TokenKind.WORD:
            return folded(text)
        case TokenKind.QUOTED:
            name = folded(token.name or "")
            return f'"{name}"' if name in _RESERVED else name
        case TokenKind.NUMBER if text[:2].lower() != "0x":
            digits = text.replace("_", "")
            return str(int(digits)) if digits.isdecimal() else repr(float(digits))
        case TokenKind.NUMBER | TokenKind.BLOB:
            return folded(text)
        case _:
            return text


def canonical_expression(text: str) -> tuple[str, ...]:
    """``canonical`` without parentheses around the whole."""
    tokens = canonical(text)
    while len(tokens) > 1 and tokens[0] == "(" and _closing(tokens) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _closing(tokens: tuple[str, ...]) -> int:
    depth = 0
    for number, text in enumerate(tokens):
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return number
    return len(tokens)


@lru_cache(maxsize=50_000)
def names_in(text: str) -> frozenset[str]:
    """Everything in a text that may be a name, folded. Strings in single quotes are none."""
    try:
        tokens = tokens_of(text)
    except UnknownText:
        return frozenset()
    return frozenset(
        folded(token.name or "") for token in tokens if token.kind in {TokenKind.WORD, TokenKind.QUOTED}
    )


def requalified(text: str, current: str, name: str) -> str:
    """An expression in which ``current.column`` is ``name.column``, as a check may have it."""
    if "." not in text:
        return text
    tokens = tokens_of(text)
    for token, following in zip(reversed(tokens[:-1]), reversed(tokens[1:]), strict=True):
        if following.text == "." and token.name is not None and folded(token.name) == folded(current):
            text = text[: token.start] + quoted(name) + text[token.end :]
    return text


def without_parentheses(text: str) -> str:
    """A text without the parentheses around the whole of it."""
    tokens = tokens_of(text)
    while len(tokens) > 1 and tokens[0].text == "(" and _is_around(tokens):
        inner = tokens[1:-1]
        text = text[inner[0].start : inner[-1].end] if inner else ""
        tokens = tokens_of(text)
    return text


def _is_around(tokens: tuple[Token, ...]) -> bool:
    return _closing(tuple(each.text for each in tokens)) == len(tokens) - 1
