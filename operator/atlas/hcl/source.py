"""One text under the parser: tree-sitter's nodes to texts and ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.hcl.positions import Range, error_in_text

if TYPE_CHECKING:
    from tree_sitter import Node

    from atlas.errors import ParseError


class Source:
    """A file's name and text. tree-sitter counts bytes; everything that leaves this class counts characters."""

    def __init__(self, text: str, file_name: str) -> None:
        self.text = text
        self.file_name = file_name
        self.content = text.encode()
        self._lines = None if text.isascii() else self.content.split(b"\n")

    def range(self, first: Node, last: Node | None = None) -> Range:
        """From the start of ``first`` to the end of ``last`` (of itself when left out)."""
        start, end = first.start_point, (last or first).end_point
        return Range(
            self.file_name,
            start.row + 1,
            self._column(start.row, start.column),
            end.row + 1,
            self._column(end.row, end.column),
        )

    def slice(self, start: int, end: int) -> str:
        """The text between two byte offsets."""
        return self.content[start:end].decode()

    def text_of(self, node: Node) -> str:
        return self.slice(node.start_byte, node.end_byte)

    def error(self, node: Node, message: str) -> ParseError:
        """An error at ``node`` that shows its line."""
        return error_in_text(self.range(node), message, self.text)

    def _column(self, row: int, column: int) -> int:
        if self._lines is None:
            return column + 1
        return len(self._lines[row][:column].decode("utf-8", "replace")) + 1
