"""Patterns of objects, as ``--exclude`` and ``--include`` take them: ``public.audit_*``, ``*.*.*[type=index|fk]``.

A pattern has a part for each level: schema, object, child; where a URL is bound to one schema, the first is left
out. A part is a glob of Go's ``filepath.Match``, may stand in double quotes, and may end in ``[type=…]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.errors import UsageError
from atlas.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DEPTH: Final = 3
_SELECTOR: Final = re.compile(r"\[type=([^\]]*)\]$")
_ALIASES: Final = {
    Kind.FOREIGN_KEY: ("fk",),
    Kind.MATERIALIZED: ("materialized_view",),
    Kind.PRIMARY_KEY: ("pk",),
    Kind.UNIQUE: ("index",),
}
_HOLDERS: Final = frozenset({Kind.SCHEMA.value, Kind.TABLE.value, Kind.VIEW.value, Kind.MATERIALIZED.value})
_UNMODELLED: Final = frozenset(
    {"cast", "collation", "event_trigger", "foreign_table", "operator", "permission", "publication"}
    | {"role", "rule", "server", "statistics", "subscription", "user", "virtual_table"}
)
_KNOWN: Final = (
    frozenset(kind.value for kind in Kind)
    | {word for words in _ALIASES.values() for word in words}
    | _UNMODELLED
)


def words_of(kind: Kind) -> frozenset[str]:
    """What ``[type=…]`` may call a kind of object."""
    return frozenset({kind.value, *_ALIASES.get(kind, ())})


class Level(NamedTuple):
    """One step of the way to an object: its names (a routine has one with and one without arguments) and words."""

    names: tuple[str, ...]
    words: frozenset[str]


class _Part(NamedTuple):
    names: re.Pattern[str]
    words: frozenset[str]

    def matches(self, level: Level) -> bool:
        is_kind = not self.words or bool(self.words & level.words)
        return is_kind and any(self.names.fullmatch(name) for name in level.names)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read."""

    parts: tuple[_Part, ...]

    def matches(self, way: Sequence[Level]) -> bool:
        """Whether this names the object at the end of ``way``, or something that it is in."""
        return len(self.parts) <= len(way) and all(
            part.matches(level) for part, level in zip(self.parts, way, strict=False)
        )

    def leads_to(self, way: Sequence[Level]) -> bool:
        """Whether this names something in the object at the end of ``way``."""
        holds_others = not way or bool(way[-1].words & _HOLDERS)
        return (
            holds_others
            and len(self.parts) > len(way)
            and all(part.matches(level) for part, level in zip(self.parts, way, strict=False))
        )

    @property
    def names_only_columns(self) -> bool:
        """``[type=column]``: what uses a column stays."""
        return self.parts[-1].words == {Kind.COLUMN.value}


def parse_patterns(texts: Iterable[str], *, is_bound: bool) -> tuple[Pattern, ...]:
    """Read patterns; empty ones are left out.

    Raises:
        UsageError: A glob that does not end, an unknown type, or more parts than there are levels.
    """
    return tuple(_pattern(text, _DEPTH - int(is_bound)) for text in texts if text.strip())


def _pattern(text: str, depth: int) -> Pattern:
    parts = tuple(_part(part, text) for part in _split(text))
    if len(parts) > depth:
        form = "schema.table.child" if depth == _DEPTH else "table.child, for the URL names the schema"
        raise UsageError(f'too many parts in pattern: "{text}": expected {form}')
    return Pattern(parts)


def _split(text: str) -> list[str]:
    """The parts between dots; dots in quotes, brackets and behind a backslash part nothing."""
    parts, start, position, closing = [], 0, 0, ""
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 1
        elif closing:
            closing = "" if sign == closing else closing
        elif sign in '"[':
            closing = '"' if sign == '"' else "]"
        elif sign == ".":
            parts.append(text[start:position])
            start = position + 1
        position += 1
    if closing == '"':
        raise UsageError(f'pattern {text}: a quoted name has no closing "')
    return [*parts, text[start:]]


def _part(text: str, pattern: str) -> _Part:
    selector = _SELECTOR.search(text)
    words = frozenset(selector[1].split("|")) if selector else frozenset()
    unknown = sorted(words - _KNOWN)
    if unknown:
        known = ", ".join(sorted(_KNOWN))
        raise UsageError(f'unknown type "{unknown[0]}" in pattern "{pattern}": expected one of {known}')
    glob = text[: selector.start()] if selector else text
    is_quoted = len(glob) > 1 and glob[0] == glob[-1] == '"'
    return _Part(_compiled(glob[1:-1] if is_quoted else glob, pattern), words)


def _compiled(glob: str, pattern: str) -> re.Pattern[str]:
    pieces: list[str] = []
    rest = glob
    while rest:
        sign, rest = rest[0], rest[1:]
        if sign == "*":
            pieces.append(".*")
        elif sign == "?":
            pieces.append(".")
        elif sign == "[":
            found = re.match(r"(\^?)((?:\\.|[^\]\\])+)\]", rest, re.DOTALL)
            if found is None:
                raise _malformed(pattern)
            pieces.append(f"[{found[1]}{_class(found[2])}]")
            rest = rest[found.end() :]
        elif sign == "\\":
            if not rest:
                raise _malformed(pattern)
            pieces.append(re.escape(rest[0]))
            rest = rest[1:]
        else:
            pieces.append(re.escape(sign))
    try:
        return re.compile("".join(pieces), re.DOTALL)
    except re.error:  # a range the wrong way round
        raise _malformed(pattern) from None


def _class(text: str) -> str:
    return "".join(
        sign if sign.isalnum() or sign == "-" else re.escape(sign) for sign in re.sub(r"\\(.)", r"\1", text)
    )


def _malformed(pattern: str) -> UsageError:
    return UsageError(f'syntax error in pattern "{pattern}": expected *, ?, [a-z] or \\ before a sign')
