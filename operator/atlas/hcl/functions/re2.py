r"""Regular expressions of RE2, which Go has, as patterns of Python's ``re`` that match the same.

What RE2 does not have is refused by name, never read in another way: assertions about what stands around a match,
references back to a group, possessive and atomic groups, conditions, comments. What RE2 has and ``re`` cannot do
(scripts such as ``\p{Greek}``) is Unsupported.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from atlas.errors import Unsupported
from atlas.hcl.functions.re2_classes import PERL, Ranges, inverted, named, posix, written

_WORD: Final = "[0-9A-Za-z_]"
_BOUNDARY: Final = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
_INSIDE: Final = f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))"
_ESCAPES: Final = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_REPEAT: Final = re.compile(r"\{(\d+)(,(\d*))?\}", re.ASCII)
_GROUP_NAME: Final = re.compile(r"\(\?P?<([A-Za-z_][A-Za-z0-9_]*)>", re.ASCII)
_FLAGS: Final = re.compile(r"\(\?([imsU]*)(-[imsU]+)?([:)])")
_HEX: Final = re.compile(r"x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_OCTAL: Final = re.compile(r"[1-7][0-7]{1,2}|0[0-7]{0,2}")
_CLASS: Final = re.compile(r"([pP])(?:\{(\^?)([A-Za-z_]+)\}|([A-Za-z]))")
_AT_MOST_ONCE: Final = frozenset({"?", "{0}", "{1}", "{0,0}", "{0,1}", "{1,1}"})
"""Other repetitions go on after an empty round in RE2, and stop there in ``re``."""
_MAX_REPEAT: Final = 1000
_MAX_DEPTH: Final = 200
_REFUSED: Final = {
    "(?=": "a lookahead (?=…)",
    "(?!": "a negative lookahead (?!…)",
    "(?<=": "a lookbehind (?<=…)",
    "(?<!": "a negative lookbehind (?<!…)",
    "(?>": "an atomic group (?>…)",
    "(?P=": "a reference to a group (?P=…)",
    "(?(": "a condition (?(…)…)",
    "(?#": "a comment (?#…)",
}


class Translated(NamedTuple):
    """A pattern for ``re``; ``names`` has one for every group, '' where it has none."""

    pattern: str
    names: tuple[str, ...]


def translated(pattern: str) -> Translated:
    """The pattern for ``re``.

    Raises:
        ValueError: RE2 does not know it, or it is malformed.
        Unsupported: RE2 knows it, and this version does not.
    """
    reader = _Reader(pattern)
    return Translated(reader.whole(), tuple(reader.names))


class _Reader:
    """One walk through a pattern, with the flags that hold where it is."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._flags = frozenset[str]()
        self.names: list[str] = []
        self._depth = 0

    def whole(self) -> str:
        found = self._alternatives()
        if self._at < len(self._text):
            raise ValueError("the pattern has a closing parenthesis too many")
        return found

    def _alternatives(self) -> str:
        """Up to the closing parenthesis, or the end; flags set inside end there.

        A repetition behind flags, which are no atom, is one of the atom in front of them.
        """
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("the pattern is nested too deeply")
        before, branches, parts = self._flags, list[str](), list[str]()
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                branches.append("".join(parts))
                parts = []
            else:
                parts.append(self._atom() or (parts.pop() if parts else ""))
                parts[-1] = self._repeated(parts[-1])
        self._flags = before
        self._depth -= 1
        return "|".join((*branches, "".join(parts)))

    def _repeated(self, atom: str) -> str:
        """An atom with its repetition; one that repeats a repetition is none of RE2."""
        sign = self._repetition()
        if not sign:
            return atom
        if not atom:
            raise ValueError(f'the repetition "{sign}" has nothing to repeat')
        if sign not in _AT_MOST_ONCE and re.fullmatch(atom, ""):
            raise Unsupported(
                f'the repetition "{sign}" of what may match nothing is not supported by this version: leave the empty'
                " choice out"
            )
        lazy = self._take("?")
        if self._repetition():
            raise ValueError("a repetition of a repetition is not allowed: put the first one in parentheses")
        lazy = lazy != ("U" in self._flags)
        return f"(?:{atom}){sign}{'?' if lazy else ''}"

    def _repetition(self) -> str:
        if self._at < len(self._text) and self._text[self._at] in "*+?":
            self._at += 1
            return self._text[self._at - 1]
        found = _REPEAT.match(self._text, self._at)
        if found is None:
            return ""
        least, most = int(found[1]), int(found[3] or found[1])
        if max(least, most) > _MAX_REPEAT or most < least:
            raise ValueError(
                f'the repetition "{found[0]}" is out of bounds: at most {_MAX_REPEAT:,}, least first'
            )
        self._at = found.end()
        return found[0]

    def _take(self, sign: str) -> bool:
        taken = self._text.startswith(sign, self._at)
        self._at += len(sign) if taken else 0
        return taken

    def _atom(self) -> str:
        sign = self._text[self._at]
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        self._at += 1
        if sign == "\\":
            return self._escape()
        if sign in "*+?" or _REPEAT.match(self._text, self._at - 1):
            raise ValueError(f'the repetition "{sign}" has nothing to repeat')
        return self._sign_of_its_own(sign)

    def _sign_of_its_own(self, sign: str) -> str:
        match sign:
            case ".":
                return "(?s:.)" if "s" in self._flags else "[^\\n]"
            case "^":
                return "(?m:^)" if "m" in self._flags else "\\A"
            case "$":
                return "(?m:$)" if "m" in self._flags else "\\Z"
            case _:
                return self._literal(ord(sign))

    def _literal(self, code: int) -> str:
        return f"(?i:{written([(code, code)])})" if "i" in self._flags else re.escape(chr(code))

    def _group(self) -> str:
        for start, words in _REFUSED.items():
            if self._text.startswith(start, self._at):
                raise ValueError(f"{words} is not in RE2: write the pattern without it")
        if named_group := _GROUP_NAME.match(self._text, self._at):
            self.names.append(named_group[1])
            self._at = named_group.end()
        elif flags := _FLAGS.match(self._text, self._at):
            return self._with_flags(flags)
        elif self._text.startswith("(?", self._at):
            raise ValueError("a group that begins with (? is malformed")
        else:
            self.names.append("")
            self._at += 1
        return f"({self._closed()})"

    def _with_flags(self, found: re.Match[str]) -> str:
        on, off, end = found.groups()
        if not on and not off and end == ")":
            raise ValueError("a group of flags names none")
        self._at = found.end()
        before = self._flags
        self._flags = (before | frozenset(on)) - frozenset((off or "")[1:])
        if end == ")":
            return ""
        inner = self._closed()
        self._flags = before
        return f"(?:{inner})"

    def _closed(self) -> str:
        inner = self._alternatives()
        if not self._take(")"):
            raise ValueError("the pattern has an opening parenthesis too many")
        return inner

    def _escape(self) -> str:
        letter = self._text[self._at : self._at + 1]
        if not letter:
            raise ValueError("the pattern ends in a backslash")
        fixed = {"A": "\\A", "z": "\\Z", "b": _BOUNDARY, "B": _INSIDE}.get(letter)
        if fixed:
            self._at += 1
            return fixed
        if letter == "Q":
            return self._quoted()
        ranges = self._class_escape()
        if ranges is not None:
            return self._in_case(written(ranges))
        return self._literal(self._code())

    def _quoted(self) -> str:
        r"""``\Q…\E``: text as it stands, read as if each of its signs were escaped."""
        text, _, rest = self._text[self._at + 1 :].partition("\\E")
        escaped = "".join(sign if sign.isalnum() or not sign.isascii() else f"\\{sign}" for sign in text)
        self._text, self._at = self._text[: self._at - 1] + escaped + rest, self._at - 1
        return self._atom() if escaped else ""

    def _class_escape(self) -> Ranges | None:
        r"""``\d``, ``\pL`` and their like; None for another escape."""
        letter = self._text[self._at]
        if letter.lower() in PERL:
            self._at += 1
            ranges = PERL[letter.lower()]
            return inverted(ranges) if letter.isupper() else ranges
        if letter not in "pP":
            return None
        found = _CLASS.match(self._text, self._at)
        if found is None:
            raise ValueError(f'the class "\\{letter}" is malformed')
        self._at = found.end()
        ranges = named(found[3] or found[4])
        return inverted(ranges) if (letter == "P") != bool(found[2]) else ranges

    def _code(self) -> int:
        """The sign of an escape, behind its backslash."""
        letter = self._text[self._at]
        if letter in _ESCAPES:
            self._at += 1
            return _ESCAPES[letter]
        if found := _HEX.match(self._text, self._at):
            code, self._at = int(found[1] or found[2], 16), found.end()
        elif found := _OCTAL.match(self._text, self._at):
            code, self._at = int(found[0], 8), found.end()
        elif letter.isdigit():
            raise ValueError(f"a reference to a group \\{letter} is not in RE2: write the pattern without it")
        elif letter.isascii() and not letter.isalnum():
            code, self._at = ord(letter), self._at + 1
        else:
            raise ValueError(f'"\\{letter}" is no escape of RE2')
        if code > 0x10FFFF:  # noqa: PLR2004  Unicode's last
            raise ValueError(f"there is no sign with the number {code:#x}")
        return code

    def _class(self) -> str:
        """``[…]`` as ranges, so that nothing in it means something else to ``re``."""
        self._at += 1
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while first or not self._text.startswith("]", self._at):
            if self._at >= len(self._text):
                raise ValueError("a class [ has no end")
            ranges += self._member()
            first = False
        self._at += 1
        if negated and "i" not in self._flags:
            return written(inverted(ranges))
        return self._in_case(written(ranges, negated=negated))

    def _in_case(self, text: str) -> str:
        return f"(?i:{text})" if "i" in self._flags else text

    def _member(self) -> Ranges:
        """One sign, range or class inside of ``[…]``."""
        if self._text.startswith("[:", self._at) and ":]" in self._text[self._at + 2 :]:
            name, _, _ = self._text[self._at + 2 :].partition(":]")
            self._at += len(name) + 4
            return posix(name)
        if self._text[self._at] == "\\":
            self._at += 1
            if self._at >= len(self._text):
                raise ValueError("the pattern ends in a backslash")
            ranges = self._class_escape()
            if ranges is not None:
                return ranges
            self._at -= 1
        low = self._sign()
        if self._text[self._at : self._at + 1] != "-" or self._text[self._at + 1 : self._at + 2] in {"]", ""}:
            return [(low, low)]
        self._at += 1
        high = self._sign()
        if high < low:
            raise ValueError(f'the range "{chr(low)}-{chr(high)}" runs backwards')
        return [(low, high)]

    def _sign(self) -> int:
        if self._take("\\"):
            return self._code()
        self._at += 1
        return ord(self._text[self._at - 1])
