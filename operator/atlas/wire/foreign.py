"""What somebody else's server says: whether an answer has the shape that was asked for, and its words on one line.

An answer is held against the text of its question: what selects fields is an object or a list of them, all else is a
value. Whatever was not asked for is never looked at, however deep it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.wire.operations import Operation

_Fields = dict[str, "_Fields"]

_TOKEN: Final = re.compile(r'"(?:\\.|[^"\\])*"|[{}()]|\w+')
_LISTS: Final = frozenset(
    {
        "dirs",
        "repos.repos",
        "databases.databases",
        "deployments.deployments",
        "describeRepo",
        "describeDatabase",
        "describeDeployment.targets",
        "DeclarativePlanByHashes",
        "DeclarativePlans",
    }
)
_NUMBERS: Final = frozenset(
    {"page", "pageSize", "total", "synced", "failed", "pending", "planned", "succeeded"}
)
_WHOLE: Final = frozenset({"content", "hcl", "index", "migration", "error"})
"""Texts that may be as long as an answer: files, and what each of thousands of databases said."""
_NAME_LIMIT: Final = 4096
_NUMBER_LIMIT: Final = 1 << 63
_ID: Final = "id"
_TRUTHS: Final = frozenset({"success", "migrateDown"})


def fault_of(operation: Operation, answer: object) -> str:
    """What of an answer is not as expected, in words; '' where all is. What is left out or null is as expected."""
    fields = _selected(operation.text).get(operation.field, {})
    return next(_faults(answer, fields, operation.field), "")


def is_long(operation: Operation) -> bool:
    """Whether the answer to a question may be as long as what people push, or report."""
    return _holds_whole(_selected(operation.text).get(operation.field, {}))


def _holds_whole(fields: _Fields) -> bool:
    return any(name in _WHOLE or _holds_whole(below) for name, below in fields.items())


def one_line(text: str) -> str:
    r"""The text with all that would move a cursor, or stand beside a line, written as ``\n`` or ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


def _faults(value: object, fields: _Fields, path: str) -> Iterator[str]:
    if value is None:
        return
    if not fields:
        yield from _of_value(value, path)
    elif re.sub(r"\[\d+\]", "", path) not in _LISTS:
        yield from _of_object(value, fields, path)
    elif not isinstance(value, list):
        yield f"{path} is {_kind(value)}: expected a list"
    else:
        for place, item in enumerate(value):
            yield from _of_object(item, fields, f"{path}[{place}]")


def _of_object(value: object, fields: _Fields, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is {_kind(value)}: expected an object"
        return
    for name, below in fields.items():
        yield from _faults(value.get(name), below, f"{path}.{name}")


def _of_value(value: Any, path: str) -> Iterator[str]:
    name = path.rpartition(".")[2]
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _NUMBER_LIMIT
    if name in _NUMBERS or (name == _ID and not isinstance(value, str)):
        if not is_number:
            yield f"{path} is {_kind(value)}: expected a whole number"
    elif name in _TRUTHS:
        if not isinstance(value, bool):
            yield f"{path} is {_kind(value)}: expected true or false"
    elif not isinstance(value, str):
        yield f"{path} is {_kind(value)}: expected text"
    elif name not in _WHOLE and len(value) > _NAME_LIMIT:
        yield f"{path} has {len(value)} characters: expected at most {_NAME_LIMIT}"
    elif not _is_text(value):
        yield f"{path} holds half of a character: expected text"


def _is_text(value: str) -> bool:
    """Half of a surrogate pair is a string to JSON, and no text."""
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number" if abs(value) < _NUMBER_LIMIT else "a number that is too large"
        case str():
            return "a text"
        case list():
            return "a list"
        case None:
            return "null"
        case _:
            return "an object"


@lru_cache(maxsize=64)
def _selected(text: str) -> _Fields:
    """The fields that the text of a question selects, by name; what has none below is a value."""
    root: _Fields = {}
    around: list[_Fields] = []
    last, depth = root, 0
    for sign in _TOKEN.findall(text):
        if sign in {"(", ")"}:
            depth += 1 if sign == "(" else -1
        elif depth:  # variables and input
            continue
        elif sign == "{":
            around.append(last if around else root)
        elif sign == "}":
            around.pop()
        elif around:  # else the kind and name of the question
            last = around[-1].setdefault(sign, {})
    return root
