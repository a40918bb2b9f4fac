"""JSON of a stranger: held against a bound on its bytes before anything is made of it.

A value costs many times the bytes it is written in: 1 MiB of ``[],`` makes 350,000 lists, of 20 MiB. Texts are as long
as they are written, however long, so only what stands between them is counted.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

MARKS: Final = 1_000_000
"""Of the signs between values, in one document; what a million make has about 100 MiB."""

_SIGNS: Final = (b",", b":", b"[", b"{")
_TEXT: Final = re.compile(rb'"[^"]*"?')


class TooManyValuesError(ValueError):
    """The text is as it should be, as far as is known, and holds more than anybody asked for."""


def loads(data: bytes, *, marks: int = MARKS) -> Any:
    """The document that the UTF-8 text ``data`` holds.

    Raises:
        TooManyValuesError: More than ``marks`` signs stand between its values, or it is nested too deeply.
        ValueError: It is no JSON, or in another encoding: RFC 8259 8.1 knows none.
    """
    _count(data, marks)
    try:
        return json.loads(data.decode("utf-8-sig", "surrogatepass"))
    except RecursionError as error:
        raise TooManyValuesError("its values are nested too deeply") from error


def _count(data: bytes, marks: int) -> None:
    r"""NB: behind a ``\`` between texts this may count wrongly, and no JSON goes on there."""
    if b"\\" in data:
        data = data.replace(rb"\\", b"").replace(rb"\"", b"")
    texts = data.count(b'"') // 2
    if texts + _signs(data, 0, len(data)) > marks and (texts > marks or not _fits(data, marks)):
        raise TooManyValuesError(f"it holds more than {marks} values")


def _fits(data: bytes, marks: int) -> bool:
    """Whether it is within the bound without the signs that stand in texts."""
    begin = 0
    for text in _TEXT.finditer(data):
        marks -= 1 + _signs(data, begin, text.start())
        begin = text.end()
        if marks < 0:
            return False
    return _signs(data, begin, len(data)) <= marks


def _signs(data: bytes, begin: int, end: int) -> int:
    return sum(data.count(sign, begin, end) for sign in _SIGNS)
