"""Functions of regular expressions: the syntax of RE2, and Go's order of matches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.re2 import translated
from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.hcl.values import Function

_REFERENCE: Final = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))")
_META: Final = re.compile(r"([\\.+*?()|\[\]{}^$])")


def _compiled(pattern: object) -> re.Pattern[str]:
    text = to_text(pattern)
    try:
        return re.compile(translated(text))
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


def _result(found: re.Match[str]) -> object:
    """The match; the groups where there are some, by their names if they have names."""
    names = found.re.groupindex
    if names:
        return {name: found[name] for name in names}
    return list(found.groups()) if found.re.groups else found[0]


def _of_one_kind(pattern: object) -> re.Pattern[str]:
    compiled = _compiled(pattern)
    if compiled.groupindex and len(compiled.groupindex) < compiled.groups:
        raise ValueError(
            "groups with names and groups without are mixed: use (?:…) for those that capture nothing"
        )
    return compiled


def _regex(pattern: object, text: object) -> object:
    found = _of_one_kind(pattern).search(to_text(text))
    if found is None:
        raise ValueError("the pattern matches no part of the string")
    return _result(found)


def _regexall(pattern: object, text: object) -> list[object]:
    return [_result(found) for found in _matches(_of_one_kind(pattern), to_text(text))]


def _regexmatch(pattern: object, text: object) -> bool:
    return _compiled(pattern).search(to_text(text)) is not None


def _regexreplace(text: object, pattern: object, replacement: object) -> str:
    """``$1``, ``${1}`` and ``$name`` stand for groups; one that is not there for nothing, ``$$`` for a dollar."""
    whole, template = to_text(text), to_text(replacement)
    out: list[str] = []
    at = 0
    for found in _matches(_compiled(pattern), whole):
        out += (whole[at : found.start()], _REFERENCE.sub(lambda each: _group(found, each), template))  # noqa: B023  used at once
        at = found.end()
    return "".join((*out, whole[at:]))


def _group(found: re.Match[str], reference: re.Match[str]) -> str:
    if reference[1]:
        return "$"
    name = reference[2] or reference[3]
    if name.isdigit() and name.isascii():
        return (found[int(name)] or "") if int(name) <= found.re.groups else ""
    return (found[name] or "") if name in found.re.groupindex else ""


FUNCTIONS: Final[dict[str, Function]] = {
    "regex": _regex,
    "regexall": _regexall,
    "regexmatch": _regexmatch,
    "regexpescape": lambda text: _META.sub(r"\\\1", to_text(text)),
    "regexreplace": _regexreplace,
}
