"""What a log says of an error that nobody foresaw: where it came from, in what, and none of its words.

What a library or the interpreter says of a value may be the value itself. Only errors raised on purpose keep their words.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from atlas.engine.mask import mask_text
from atlas.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterator


def told_traceback(error: BaseException | None) -> str:
    """The frames of an error and of all that led to it, the first one first."""
    return mask_text("".join(map(_told, _chain(error))))


def told_message(message: str, error: BaseException | None) -> str:
    """A message that may quote the error, as asyncio's of a lost task does."""
    for each in _chain(error):
        for said in (repr(each), str(each)):
            if not isinstance(each, AtlasError) and said:
                message = message.replace(said, type(each).__name__)
    return mask_text(message)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    met: list[BaseException] = []
    while error is not None and error not in met:
        met.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return reversed(met)


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    words = str(error) if isinstance(error, AtlasError) else getattr(error, "strerror", None) or "…"
    return f"{frames}{type(error).__name__}: {words}\n"
