"""What a database says to a question that wants one true value: the answer as a word, never the values of rows."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRUE = frozenset({"1", "t", "true"})
_FALSE = frozenset({"0", "f", "false"})


class Answer(Enum):
    """The values are the words of messages: ``… returned false``."""

    TRUE = "true"
    FALSE = "false"
    NULL = "NULL"
    NO_ROW = "no row"
    SEVERAL = "more than one value"
    OTHER = "a value that is neither true nor false"


def answer_of(results: Sequence[Sequence[Sequence[str | None]]]) -> Answer:
    """Read the rows of each result of one statement, values as the server writes them.

    True are ``1``, ``t`` and ``true``, as the Go tools read a column into a bool; a count of 2 is not.
    """
    match [row for rows in results for row in rows]:
        case []:
            return Answer.NO_ROW
        case [[value]]:
            return _answer(value)
        case _:
            return Answer.SEVERAL


def _answer(value: str | None) -> Answer:
    if value is None:
        return Answer.NULL
    if value.lower() in _TRUE:
        return Answer.TRUE
    return Answer.FALSE if value.lower() in _FALSE else Answer.OTHER
