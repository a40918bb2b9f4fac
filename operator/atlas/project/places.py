"""Errors of a project file with the line that they are about, and a caret under the place."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import AtlasError
from atlas.hcl.positions import Range, error_in_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def in_front(place: Range, error: AtlasError) -> AtlasError:
    """The same error, its message behind a place; one that has a place of the same file keeps it."""
    text = str(error)
    if not text.startswith(f"{place.file_name}:"):
        error.args = (f"{place}: {text}",)
    return error


class Texts:
    """The files of a project by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Give errors of the block that begin with a place in one of the files the line and the caret."""
        try:
            yield
        except AtlasError as error:
            error.args = (self._with_line(str(error)),)
            raise

    def _with_line(self, message: str) -> str:
        for name, text in self._texts.items():
            found = re.match(rf"{re.escape(name)}:(\d+):(\d+): ", message)
            if found and not message.endswith("^"):
                line, column = int(found[1]), int(found[2])
                place = Range(name, line, column, line, column)
                return str(error_in_text(place, message[found.end() :], text))
        return message
