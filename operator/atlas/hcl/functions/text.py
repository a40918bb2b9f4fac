"""Functions of strings. Letters change case one by one, as in Go: the result has as many as the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.arguments import whole
from atlas.hcl.functions.graphemes import graphemes
from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from atlas.hcl.values import Function

_SPACES: Final = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space; Python's own idea has four control characters more."""


def _upper(text: object) -> str:
    return "".join(map(_capital, to_text(text)))


def _capital(letter: str) -> str:
    return next((each for each in (letter.upper(), letter.title()) if len(each) == 1), letter)


def _lower(text: object) -> str:
    return "".join(letter.lower()[:1] for letter in to_text(text))


def _title(text: object) -> str:
    """A capital behind everything that separates words."""
    last = " "
    found: list[str] = []
    for letter in to_text(text):
        found.append(_titled(letter) if _separates(last) else letter)
        last = letter
    return "".join(found)


def _titled(letter: str) -> str:
    each = letter.title()
    return each if len(each) == 1 else letter


def _separates(sign: str) -> bool:
    if sign.isascii():
        return not (sign.isalnum() or sign == "_")
    return sign in _SPACES


def _chomp(text: object) -> str:
    return to_text(text).rstrip("\r\n")


def _indent(spaces: object, text: object) -> str:
    width = whole(spaces)
    if width < 0:
        raise ValueError("the number of spaces must not be negative")
    return to_text(text).replace("\n", "\n" + " " * width)


def _split(separator: object, text: object) -> list[str]:
    by, whole_text = to_text(separator), to_text(text)
    return whole_text.split(by) if by else list(whole_text)


def _strrev(text: object) -> str:
    return "".join(reversed(graphemes(to_text(text))))


def _substr(text: object, offset: object, length: object) -> str:
    """Signs that a reader counts; a negative offset counts from the end, a negative length takes the rest.

    NB: So does a length of zero behind a negative offset, in the Go tools and here.
    """
    signs, start, count = graphemes(to_text(text)), whole(offset), whole(length)
    takes_rest = count < 0 or (start < 0 and count == 0)
    if start < 0:
        start = max(len(signs) + start, 0)
    return "".join(signs[start:] if takes_rest else signs[start : start + count])


FUNCTIONS: Final[dict[str, Function]] = {
    "chomp": _chomp,
    "endswith": lambda text, end: to_text(text).endswith(to_text(end)),
    "indent": _indent,
    "lower": _lower,
    "replace": lambda text, part, other: to_text(text).replace(to_text(part), to_text(other)),
    "split": _split,
    "startswith": lambda text, start: to_text(text).startswith(to_text(start)),
    "strrev": _strrev,
    "substr": _substr,
    "title": _title,
    "trim": lambda text, signs: to_text(text).strip(to_text(signs)),
    "trimprefix": lambda text, start: to_text(text).removeprefix(to_text(start)),
    "trimspace": lambda text: to_text(text).strip(_SPACES),
    "trimsuffix": lambda text, end: to_text(text).removesuffix(to_text(end)),
    "upper": _upper,
}
