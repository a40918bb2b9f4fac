"""Text cut into what a reader calls characters: extended grapheme clusters (Unicode Standard Annex 29)."""

from __future__ import annotations

from typing import Final

_ZWJ: Final = "\u200d"
_EXTENDS: Final = frozenset({"Mn", "Me"})
_SPACING: Final = "Mc"
_CONTROLS: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_ALSO_EXTEND: Final = frozenset(
    "\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u1b35\u302e\u302f\uff9e\uff9f\u200c"
)
"""Spacing marks and others that are listed as Grapheme_Extend."""
_PREPENDS: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
)
_HANGUL_L, _HANGUL_V, _HANGUL_T = (0x1100, 0x115F), (0x1160, 0x11A7), (0x11A8, 0x11FF)
_SYLLABLES: Final = (0xAC00, 0xD7A3)
_FLAGS: Final = (0x1F1E6, 0x1F1FF)
_TONES: Final = (0x1F3FB, 0x1F3FF)
_TAGS: Final = (0xE0020, 0xE007F)
_PICTURES: Final = (
    (0xA9, 0xA9),
    (0xAE, 0xAE),
    (0x203C, 0x203C),
    (0x2049, 0x2049),
    (0x2122, 0x2122),
    (0x2139, 0x2139),
    (0x2194, 0x21AA),
    (0x231A, 0x23FF),
    (0x24C2, 0x24C2),
    (0x25AA, 0x25FE),
    (0x2600, 0x27BF),
    (0x2934, 0x2935),
    (0x2B05, 0x2B55),
    (0x3030, 0x3030),
    (0x303D, 0x303D),
    (0x3297, 0x3299),
    (0x1F000, 0x1F1E5),
    (0x1F201, 0x1F3FA),
    (0x1F400, 0x1FAFF),
)


def graphemes(text: str) -> list[str]:
    """The clusters, in order; joined they are the text."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    found: list[str] = []
    for sign in text:
        if found and _joins(found[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _joins(cluster: str, sign: str) -> bool:
    """Whether ``sign`` belongs to the cluster in front of it; the numbers are the annex's rules."""
    last = cluster[-1]
    if _is_control(last) or _is_control(sign):  # GB3 to GB5
        return last == "\r" and sign == "\n"
    if _is_hangul(last, sign):  # GB6 to GB8
        return True
    if _extends(sign) or _is_spacing(sign) or last in _PREPENDS:  # GB9, GB9a, GB9b
        return True
    if last == _ZWJ and _is_picture(sign) and _is_picture(cluster[:-1].rstrip(_ZWJ)[:1] or " "):  # GB11
        return True
    return _within(sign, _FLAGS) and len(cluster) == 1 and _within(last, _FLAGS)  # GB12, GB13


def _is_control(sign: str) -> bool:
    from unicodedata import category

    return category(sign) in _CONTROLS and not _extends(sign) and sign not in _PREPENDS


def _extends(sign: str) -> bool:
    from unicodedata import category

    return (
        category(sign) in _EXTENDS
        or sign == _ZWJ
        or sign in _ALSO_EXTEND
        or _within(sign, _TONES)
        or _within(sign, _TAGS)
    )


def _is_spacing(sign: str) -> bool:
    from unicodedata import category

    return category(sign) == _SPACING or sign in {"\u0e33", "\u0eb3"}


def _is_hangul(last: str, sign: str) -> bool:
    syllable = _within(last, _SYLLABLES)
    whole = syllable and (ord(last) - _SYLLABLES[0]) % 28 != 0
    if _within(last, _HANGUL_L):
        return _within(sign, _HANGUL_L) or _within(sign, _HANGUL_V) or _within(sign, _SYLLABLES)
    if _within(last, _HANGUL_V) or (syllable and not whole):
        return _within(sign, _HANGUL_V) or _within(sign, _HANGUL_T)
    return (_within(last, _HANGUL_T) or whole) and _within(sign, _HANGUL_T)


def _is_picture(sign: str) -> bool:
    return any(_within(sign, signs) for signs in _PICTURES)


def _within(sign: str, signs: tuple[int, int]) -> bool:
    return signs[0] <= ord(sign) <= signs[1]
