"""One SQL statement as it stands in a file."""

from __future__ import annotations

from typing import Final

from atlas.engine.scan.directive import directive
from atlas.record import dataclass

_PREFIXES: Final = ("#", "--", "-- ")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's text, trimmed, with its ``;`` but without a custom delimiter.

    ``position`` counts bytes from the start of the file, or of its second line where the first one is an
    ``atlas:delimiter`` directive. ``comments`` stand directly before the statement, each with its line end.
    """

    position: int
    text: str
    comments: tuple[str, ...] = ()

    def directives(self, name: str) -> tuple[str, ...]:
        """Return the values of every ``atlas:name`` comment of this statement, in order."""
        values = (value for comment in self.comments for value in _values(comment, name))
        return tuple(values)


def _values(comment: str, name: str) -> list[str]:
    if comment.startswith("/*") and "\n" not in comment:
        found = [directive(comment.removesuffix("*/"), name, prefix="/*")]
    else:
        found = [directive(comment, name, prefix=prefix) for prefix in _PREFIXES]
    return [value for value in found if value is not None]
