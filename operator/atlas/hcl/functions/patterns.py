"""Functions of regular expressions: the syntax of RE2, and Go's order of matches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.hcl.functions.re2 import translated
from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.hcl.values import Function

_REFERENCE: Final = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))")
_META: Final = re.compile(r"([\\.+*?()|\[\]{}^$])")


class _Pattern(NamedTuple):
    compiled: re.Pattern[str]
    names: tuple[str, ...]

    def of_one_kind(self) -> _Pattern:
        """This pattern, if its groups have names all or none."""
        if any(self.names) and not all(self.names):
            raise ValueError(
                "groups with names and groups without are mixed: use (?:…) for those that capture nothing"
            )
        return self

    def result(self, found: re.Match[str]) -> object:
        """The match; the groups where there are some, by their names if they have names."""
        if any(self.names):
            return dict(zip(self.names, found.groups(), strict=True))
        return list(found.groups()) if self.names else found[0]


def _pattern(pattern: object) -> _Pattern:
    text, names = translated(to_text(pattern))
    try:
        return _Pattern(re.compile(text), names)
    except re.error as error:
        message = f"the pattern cannot be read: {error}"
        raise ValueError(message) from error


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches from left to right; an empty one directly behind another is none (Go, ``regexp``, All)."""
    at, last = 0, -1
    while at <= len(text) and (found := pattern.search(text, at)):
        empty = found.end() == found.start()
        if not empty or found.start() != last:
            yield found
        last = found.end()
        at = found.end() + 1 if empty else found.end()


def _regex(pattern: object, text: object) -> object:
    wanted = _pattern(pattern).of_one_kind()
    found = wanted.compiled.search(to_text(text))
    if found is None:
        raise ValueError("the pattern matches no part of the string")
    return wanted.result(found)


def _regexall(pattern: object, text: object) -> list[object]:
    wanted = _pattern(pattern).of_one_kind()
    return [wanted.result(found) for found in _matches(wanted.compiled, to_text(text))]


def _regexmatch(pattern: object, text: object) -> bool:
    return _pattern(pattern).compiled.search(to_text(text)) is not None


def _regexreplace(text: object, pattern: object, replacement: object) -> str:
    """``$1``, ``${1}`` and ``$name`` stand for groups; one that is not there for nothing, ``$$`` for a dollar."""
    whole, template, wanted = to_text(text), to_text(replacement), _pattern(pattern)
    out: list[str] = []
    at = 0
    for found in _matches(wanted.compiled, whole):
        groups = {"0": found[0], **{str(number): each or "" for number, each in enumerate(found.groups(), 1)}}
        groups |= {name: each or "" for name, each in zip(wanted.names, found.groups(), strict=True) if name}
        out += (whole[at : found.start()], _filled(template, groups))
        at = found.end()
    return "".join((*out, whole[at:]))


def _filled(template: str, groups: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda each: "$" if each[1] else groups.get(each[2] or each[3], ""), template)


FUNCTIONS: Final[dict[str, Function]] = {
    "regex": _regex,
    "regexall": _regexall,
    "regexmatch": _regexmatch,
    "regexpescape": lambda text: _META.sub(r"\\\1", to_text(text)),
    "regexreplace": _regexreplace,
}
