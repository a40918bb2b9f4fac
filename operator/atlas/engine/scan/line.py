"""Where a statement stands, for a person."""

from __future__ import annotations

from atlas.engine.scan.directive import directive


def line_at(text: str, position: int) -> int:
    """The line of a position in bytes, as statements have it: counted from the second line where the first sets a delimiter."""
    first, newline, _ = text.partition("\n")
    is_delimiter = directive(first, "delimiter") is not None
    skipped = len((first + newline).encode("utf-8", "surrogateescape")) if is_delimiter else 0
    return 1 + text.encode("utf-8", "surrogateescape").count(b"\n", 0, position + skipped)
