"""What a statement says that it renames.

Two catalogs tell a rename from a drop and an addition by nothing. A statement with the word RENAME (or MySQL's
CHANGE) says it, so its words decide, and only about objects that were found to be gone and found to be new.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.schema import flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema import Key, Realm

_WORDS = re.compile(
    r"\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|[^\W\d][\w$]*|--[^\n]*|[^\s\w]"
)
_SAYS_SO = re.compile(r"\b(RENAME|CHANGE)\b", re.IGNORECASE)

_OTHER_WORDS = frozenset({"TO", "TABLE", "COLUMN", "INDEX", "KEY", "CONSTRAINT", "VALUE", "ATTRIBUTE"})


def says_renames(text: str) -> bool:
    """Whether ``text`` may rename anything; most statements do not, and then two catalogs need not be compared."""
    return _SAYS_SO.search(text) is not None


def said_renames(text: str, before: Realm, after: Realm) -> tuple[tuple[Key, Key], ...]:
    """Pairs of keys that ``text`` says are one object, the first gone and the second new."""
    if not says_renames(text):
        return ()
    had, has = flatten(before), flatten(after)
    gone = [key for key in had if key not in has]
    new = [key for key in has if key not in had]
    words = _words(text)
    pairs: list[tuple[Key, Key]] = []
    for current_name, desired_name in _said(words):
        for current in gone:
            if current_name not in ("", current.name) or (not current_name and current.name not in words):
                continue
            pairs += [
                (current, desired)
                for desired in new
                if desired.name == desired_name and _may_be_one(current, desired)
            ]
    return tuple(dict.fromkeys(pairs))


def _may_be_one(current: Key, desired: Key) -> bool:
    return (current.kind, current.schema, current.relation) == (
        desired.kind,
        desired.schema,
        desired.relation,
    )


def _words(text: str) -> list[str]:
    found = (match[0] for match in _WORDS.finditer(text))
    return [_unquoted(word) for word in found if not word.startswith(("--", "'"))]


def _unquoted(word: str) -> str:
    if word[0] in '"`' and len(word) > 1:
        return word[1:-1].replace(word[0] * 2, word[0])
    return word[1:-1] if word[0] == "[" and len(word) > 1 else word


def _said(words: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names: ``a TO b``, ``CHANGE a b``; '' before a name that only says what is new (``RENAME TO b``)."""
    upper = [word.upper() for word in words]
    for index, word in enumerate(upper):
        if word == "TO" and index + 1 < len(words):
            desired = _last_of_name(words, index + 1)
            yield ("" if upper[index - 1] == "RENAME" else words[index - 1]), desired
        elif word == "RENAME" and index + 1 < len(words):
            yield from _bare(words, upper, index + 1)
        elif word == "CHANGE":
            start = index + (2 if upper[index + 1 : index + 2] == ["COLUMN"] else 1)
            if start + 1 < len(words):
                yield words[start], words[start + 1]


def _bare(words: list[str], upper: list[str], start: int) -> Iterator[tuple[str, str]]:
    """MySQL's ``ALTER TABLE a RENAME b`` and ``RENAME AS b``."""
    start += upper[start] == "AS"
    end = start
    while end + 2 < len(words) and words[end + 1] == ".":
        end += 2
    if start < len(words) and upper[start] not in _OTHER_WORDS and "TO" not in upper[end + 1 : end + 2]:
        yield "", words[end]


def _last_of_name(words: list[str], start: int) -> str:
    """The last part of a name that may be qualified."""
    while start + 2 < len(words) and words[start + 1] == ".":
        start += 2
    return words[start] if start < len(words) else ""
